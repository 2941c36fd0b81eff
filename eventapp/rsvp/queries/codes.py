"""The codes by which somebody proves an answer, or finishes one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.account.queries import code_by_form
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute, sign, signed
from eventapp.model import Event, MailedCode, Rsvp


def code_of(event: Event, page: str) -> MailedCode | None:
    """The code of this page, if it was mailed for an answer to this event and is still kept."""
    return db.session.scalar(
        select(MailedCode).join(Rsvp).where(MailedCode.page == page, Rsvp.event_id == event.id)
    )


def corrected_code(code: MailedCode) -> MailedCode | None:
    """The code of the address that was corrected on a code's page, or on one that followed it."""
    newest: MailedCode | None = code
    while newest and (form_key := newest.typed.get("next")):
        newest = code_by_form(str(form_key))
    is_corrected = newest and text.email_key(newest.email) != text.email_key(code.email)
    return newest if is_corrected else None


FINISH = "finish"  # the purpose of the token in a walk-in's QR code
FINISH_VALID = timedelta(days=2)


def rsvp_to_finish(token: str) -> Rsvp:
    """The RSVP of the walk-in who scanned this token. Raises NotFound."""
    rsvp_id = signed(FINISH, token, valid=FINISH_VALID)
    rsvp = rsvp_id and db.session.get(Rsvp, rsvp_id, options=[joinedload(Rsvp.event)])
    if not rsvp:
        raise NotFound
    return rsvp


def finish_address(rsvp_id: int) -> str:
    """The address at which a walk-in without an e-mail address says who they are."""
    return absolute("rsvp.finish", token=sign(FINISH, rsvp_id))

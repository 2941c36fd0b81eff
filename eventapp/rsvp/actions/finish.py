"""A walk-in who gave only a name says on their own phone who they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from eventapp.account.actions import Visitor, meet_person
from eventapp.account.queries import code_by_form
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import MailedCode, Rsvp
from eventapp.rsvp import queries
from eventapp.rsvp.actions.entry import give_to
from eventapp.rsvp.actions.notify import ALREADY, ANSWERED
from eventapp.rsvp.actions.proof import mail_code
from eventapp.rsvp.actions.seats import lock_rsvp
from eventapp.rsvp.actions.typed import Answer


class AlreadyFinished(Refusal):
    code = "finished"
    message = _l("Somebody has already told us who this is. Check your inbox.")


def finish(
    rsvp: Rsvp,
    typed: Answer,
    *,
    at: datetime,
    by: Visitor,
    form_id: str | None = None,
) -> MailedCode:
    """Give an RSVP without a person its address. The rest of the form applies once the digits
    prove that address; until then the guest keeps the name that the door was told.

    Returns the code whose page comes next; it looks the same whether or not the address was known.
    If the address has an RSVP of its own, that one is neither shown nor changed, and its owner is
    told by mail. Idempotent by `form_id`. Raises AlreadyFinished.
    """
    lock_rsvp(rsvp)
    if form_id and (same := code_by_form(form_id)):
        return same
    if rsvp.person_id is not None:
        raise AlreadyFinished
    person = meet_person(typed.email, name=typed.name, language=by.language, at=at)
    there = queries.rsvp_of(rsvp.event, person)
    if there is None:
        give_to(rsvp, person)
        rsvp.changed_at = at
    return mail_code(
        there or rsvp,
        replace(typed, companions=None),
        "in",
        template=ALREADY if there else ANSWERED,
        at=at,
        by=by,
        form_id=form_id,
        made_rsvp=there is None,
    )

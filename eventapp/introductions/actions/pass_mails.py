"""The mails about a contact that is passed on: one that asks whoever it is, and one that tells
whoever passes it on of a yes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.communities.queries import letterhead
from eventapp.core.db import db
from eventapp.core.due import Once
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.introductions.queries import Passed, State, passed_by, passed_with
from eventapp.model import OutboxMail, PassedContact

MAY_I = "introductions/mail/pass_asked"
YOU_MAY = "introductions/mail/pass_agreed"

# Also those of which nobody is asked: whoever passes one on waits as long either way.
_TO_MAIL = Once(PassedContact.mailed_at, PassedContact.created_at, "ix_passed_contact_to_mail")


def _may_i(passed: Passed) -> dict[str, Any]:
    row = passed.row
    return {
        **{"passed_id": row.id, "passer": passed.passer, "to_name": row.to_name},
        **{"to_line": row.to_line, "purpose": row.purpose.split("\n"), "fields": row.fields},
        "url": absolute("introductions.passing", key=row.key),
        "unsubscribe_url": absolute("introductions.mail_page", key=row.key),
        **letterhead(row.event),
    }


def _asks(row: PassedContact, at: datetime) -> dict[str, Any] | None:
    """The values of that mail. None once it is answered or over, if they want to be asked nothing,
    or if it is not theirs to see.
    """
    if row.person.introductions_ended_at:
        return None
    try:
        passed = passed_with(row.key)
    except NotFound:
        return None
    return _may_i(passed) if passed.seen_by_person(at) == State.ASKED else None


def _ask(row: PassedContact, at: datetime) -> None:
    if values := _asks(row, at):
        to = row.person
        queue(MAY_I, to=to.email, language=to.language, at=at, values=values)


ask_to_pass_by_mail = _TO_MAIL.due("mails that ask whether to pass a contact on", _ask)


def may_i_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if there is nothing to ask."""
    row = db.session.get(PassedContact, mail.values["passed_id"])
    return _asks(row, at) if row and row.person.email == mail.to_email else None


def mail_agreed(passed: Passed, at: datetime) -> None:
    to, values = passed.row.passer, _you_may(passed)
    queue(YOU_MAY, to=to.email, language=to.language, at=at, values=values)


def _you_may(passed: Passed) -> dict[str, Any]:
    """Without the link, which opens the contact: the reader's page has it."""
    return {
        **{"passed_id": passed.row.id, "name": passed.name, "to_name": passed.row.to_name},
        "url": absolute("introductions.introductions", _anchor="passed"),
        **letterhead(passed.row.event),
    }


def you_may_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The same. Returns None if it has ended."""
    row = db.session.get(PassedContact, mail.values["passed_id"])
    if row is None or row.passer.email != mail.to_email:
        return None
    found = (one for one in passed_by(row.passer) if one.row.id == row.id)
    passed = next(found, None)
    is_open = passed is not None and passed.seen_by_passer(at) == State.ACCEPTED
    return _you_may(passed) if passed and is_open else None

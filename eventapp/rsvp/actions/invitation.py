"""The event in a guest's calendar, by the mails that give, change and end their place (iTIP).

Mail programs add it by themselves, move it and take it out again. It is the entry of the calendar
files, by its UID, so that nobody has it twice.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from eventapp.core.db import db
from eventapp.events.queries import CalendarMethod, calendar_text
from eventapp.model import OutboxMail, Person, Rsvp


def invitation(rsvp: Rsvp, *, at: datetime) -> dict[str, str] | None:
    """The value `calendar` of a mail about this RSVP as it stands: an entry for who has a place,
    its end for who has none any more, or whose event is off, if a mail has brought the entry;
    nothing for anybody else.
    """
    is_on = rsvp.holds_a_seat and not rsvp.event.called_off_at
    if not is_on and rsvp.in_calendar_since is None:
        return None
    method = CalendarMethod.REQUEST if is_on else CalendarMethod.CANCEL
    text = calendar_text(rsvp.event, at=at, rsvp=rsvp, method=method)
    return {"method": method.value, "text": text}


def note_in_calendar(mail: OutboxMail, *, at: datetime) -> None:
    """Note what a mail that is sent does to its reader's calendar."""
    calendar = mail.values.get("calendar")
    if calendar:
        theirs = select(Person.id).where(Person.email == mail.to_email).scalar_subquery()
        about = update(Rsvp).where(Rsvp.id == mail.about_id, Rsvp.person_id == theirs)
        is_in = calendar["method"] == CalendarMethod.REQUEST
        db.session.execute(about.values(in_calendar_since=at if is_in else None))

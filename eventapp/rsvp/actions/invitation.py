"""The event in a guest's calendar, by the mails that give, change and end their place (iTIP).

Mail programs add it by themselves, move it and take it out again. It is the entry of the calendar
files, by its UID, so that nobody has it twice.
"""

from __future__ import annotations

from datetime import datetime

from eventapp.events.queries import CalendarMethod, calendar_text
from eventapp.model import Rsvp, Status


def invitation(rsvp: Rsvp, *, at: datetime) -> dict[str, str] | None:
    """The value `calendar` of a mail about this RSVP as it stands: an entry for who has a place,
    its end for who cancelled or whose event was called off; nothing for who only waits.
    """
    if rsvp.status != Status.CANCELLED and not rsvp.holds_a_seat:
        return None
    is_on = rsvp.holds_a_seat and not rsvp.event.called_off_at
    method = CalendarMethod.REQUEST if is_on else CalendarMethod.CANCEL
    text = calendar_text(rsvp.event, at=at, rsvp=rsvp, method=method)
    return {"method": method.value, "text": text}

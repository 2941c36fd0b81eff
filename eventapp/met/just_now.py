"""What a guest said, declined or took back just now: the page says so, and offers to undo it.

Kept in their browser's own cookie for a few seconds, for the page that shows it without JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from flask import session

from eventapp.core import clock
from eventapp.met import queries
from eventapp.met.queries import Attendee, Meeting
from eventapp.ui.note_form import NOTE_FIELDS

UNDO_SECONDS = 10
NOTE_MOST_KEPT = 2000  # bytes: a cookie holds 4096


@dataclass(frozen=True)
class Before:
    """A meeting as it was before an act, which changes its encounters."""

    state: str
    note: Mapping[str, str] | None  # None if it is too long to be kept

    @staticmethod
    def of(meeting: Meeting) -> Before:
        return Before(meeting.state, _note_of(meeting))


@dataclass(frozen=True)
class JustNow:
    act: str  # `say`, `decline` or `forget`
    by: int  # the guest's RSVP
    rsvp_id: int  # of the other
    name: str
    state: str  # of their meeting since
    note: Mapping[str, str] | None  # that went with it

    def can_be_undone_by(self, guest: Attendee) -> bool:
        """A guest who took it back cannot say so again of somebody who is not listed."""
        if self.act != "forget":
            return True
        return self.note is not None and bool(queries.meeting_if_seen(guest, self.rsvp_id))


def remember(act: str, guest: Attendee, before: Before, after: Meeting) -> None:
    """Keep what was done; nothing, where the two are to each other what they were."""
    forget()
    if before.state == after.state:
        return
    them, note = after.them, before.note if act == "forget" else {}
    done = JustNow(act, guest.rsvp.id, them.id, them.name, after.state, note)
    session["just_now"] = [clock.now().timestamp(), asdict(done)]


def forget() -> None:
    session.pop("just_now", None)


def done_just_now(guest: Attendee) -> JustNow | None:
    """What this guest did within UNDO_SECONDS."""
    if "just_now" not in session:
        return None
    at, kept = session["just_now"]
    if clock.now().timestamp() - at > UNDO_SECONDS:
        forget()
        return None
    done = JustNow(**kept)
    return done if done.by == guest.rsvp.id else None


def _note_of(meeting: Meeting) -> dict[str, str] | None:
    mine = meeting.mine
    if mine is None:
        return {}
    day = mine.follow_up_on.isoformat() if mine.follow_up_on else ""
    values = zip(NOTE_FIELDS, (mine.note, ", ".join(mine.tags), day), strict=True)
    note = {name: value for name, value in values if value}
    return note if sum(len(value.encode()) for value in note.values()) <= NOTE_MOST_KEPT else None

"""What a guest said, declined or took back just now: the page says so, and offers to undo it.

A page that is loaded anew within UNDO_FOR knows it from a cookie, which the browser itself
deletes then: with a note that was taken back, it is the only copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from flask import Response, request

from eventapp.account.gate import JUST_NOW, cookie_name, delete_cookie, set_cookie
from eventapp.attendees.queries import is_apart_from
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import sign_values, signed_values
from eventapp.met.forms import NoteForm
from eventapp.met.queries import Attendee, Meeting
from eventapp.ui.note_form import NOTE_FIELDS

UNDO_FOR = timedelta(seconds=10)
NOTE_MOST_KEPT = 2000  # bytes: a cookie holds 4096


class Act(NamedTuple):
    undone_by: str  # another act
    words: Any  # lazy


ACTS = {
    "say": Act("forget", _l("You met %(name)s.")),
    "agree": Act("forget", _l("You and %(name)s both said so.")),
    "decline": Act("undo_decline", _l("%(name)s is left for later. They aren't told.")),
    "forget": Act("say", _l("Forgotten: %(name)s.")),
}


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
    act: str  # of ACTS
    by: int  # the guest's RSVP
    rsvp_id: int  # of the other
    name: str
    sends: Mapping[str, str] | None  # with the act that undoes it; None if nothing can

    @property
    def undone_by(self) -> str:
        return ACTS[self.act].undone_by

    @property
    def words(self) -> str:
        return str(ACTS[self.act].words) % {"name": self.name}


def what_was_done(act: str, guest: Attendee, before: Before, after: Meeting) -> JustNow | None:
    """Returns None where the two are to each other what they were."""
    if before.state == after.state:
        return None
    if act == "say" and after.state == "mutual":
        act = "agree"
    them = after.them
    return JustNow(act, guest.rsvp.id, them.id, them.name, _sent_to_undo(act, before, after))


def _sent_to_undo(act: str, before: Before, after: Meeting) -> Mapping[str, str] | None:
    """With it goes what the act left, so that nothing is lost that was written since."""
    if before.state == "unsure":  # what hosts said of them cannot be said again
        return None
    if act != "forget":
        return {"seen": after.fingerprint}
    if before.note is None:
        return None
    left = NoteForm(after.them.id, after.mine, formdata=None)
    return {**before.note, "made_from": left.made_from.data}


def keep(response: Response, done: JustNow | None) -> Response:
    """Have the browser know it for UNDO_FOR, in place of what was done before."""
    if done is None:
        return delete_cookie(response, JUST_NOW)
    set_cookie(response, JUST_NOW, sign_values(JUST_NOW, [asdict(done)]), valid=UNDO_FOR)
    return response


def kept(guest: Attendee) -> JustNow | None:
    """What this guest did within UNDO_FOR; nothing about somebody whom they don't see any more, as
    one of the two blocked the other.
    """
    token = request.cookies.get(cookie_name(JUST_NOW), "")
    for values in signed_values(JUST_NOW, token, valid=UNDO_FOR) or []:
        done = JustNow(**values)
        is_shown = done.by == guest.rsvp.id and not is_apart_from(guest.person, done.rsvp_id)
        return done if is_shown else None
    return None


def _note_of(meeting: Meeting) -> dict[str, str] | None:
    mine = meeting.mine
    if mine is None:
        return {}
    day = mine.follow_up_on.isoformat() if mine.follow_up_on else ""
    values = zip(NOTE_FIELDS, (mine.note, ", ".join(mine.tags), day), strict=True)
    note = {name: value for name, value in values if value}
    return note if sum(len(value.encode()) for value in note.values()) <= NOTE_MOST_KEPT else None

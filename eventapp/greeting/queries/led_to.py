"""Whom a guest is led to. Each time it is read, `attendees` is asked whether both still agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from eventapp.attendees.queries import Interests, greeted_by, led_to_them, lines_to_led
from eventapp.attendees.queries.topics import Reason, Why
from eventapp.core.db import db
from eventapp.greeting.queries.visits import visits_of
from eventapp.model import CheckIn, Rsvp, Suggestion

Said = list[tuple[str, str]]  # which line, and what somebody wrote there
Saying = Callable[[Rsvp, Reason | None], Said]

# The line of theirs in which a reason has its topics.
_QUOTES = {
    Why.OFFERS: "ask_me_about",
    Why.OFFERS_SOUGHT: "ask_me_about",
    Why.SEEKS: "looking_for",
    Why.SEEKS_TOO: "looking_for",
    Why.WANTS: "want_to_learn",
    Why.WANTS_TOO: "want_to_learn",
}


@dataclass(frozen=True)
class Shown:
    """Another guest, and why to look for them: a topic of both, or else what they wrote; and how
    often they have been here.
    """

    them: Rsvp
    reason: Reason | None
    said: Said
    visits: int
    is_in: bool

    def told(self) -> dict[str, Any]:
        """In values of a mail."""
        reason = {"why": self.reason.why, "topics": self.reason.topics} if self.reason else {}
        return {"name": self.them.name, "said": self.said, "visits": self.visits, **reason}


@dataclass(frozen=True)
class LedTo:
    host: Shown | None = None  # who greets this guest
    greets: Sequence[Shown] = ()  # newcomers whom this guest said they would greet
    people: Sequence[Shown] = ()  # whom else to look for

    def __bool__(self) -> bool:
        return bool(self.host or self.greets or self.people)


def led_to(rsvp: Rsvp, *, at: datetime) -> LedTo:
    """Whom this guest is led to now."""
    if at >= rsvp.event.ends_at or rsvp.event.called_off_at or not _has_ticked(rsvp):
        return LedTo()
    to_them = _read(rsvp, Suggestion.whom_id, led_to_them(rsvp))
    to_me = _read(rsvp, Suggestion.rsvp_id, greeted_by(rsvp))
    return LedTo(
        host=next((one for as_host, one in to_them if as_host), None),
        greets=[one for _, one in to_me],
        people=[one for as_host, one in to_them if not as_host],
    )


def _has_ticked(rsvp: Rsvp) -> bool:
    return rsvp.may_be_suggested or rsvp.wants_a_host or rsvp.hosts_since is not None


def _read(rsvp: Rsvp, them: Any, agreed: ColumnElement[bool]) -> list[tuple[bool, Shown]]:
    """Those at the other end of suggestions of this guest: whether as a host, and what is shown of
    them.
    """
    is_in = exists().where(CheckIn.rsvp_id == Rsvp.id)
    rows = db.session.execute(
        select(Rsvp, Suggestion.as_host, is_in)
        .join(Suggestion, them == Rsvp.id)
        .where(agreed)
        .order_by(Suggestion.id)
    ).all()
    is_greeted = them is Suggestion.rsvp_id
    shown = _shown(
        rsvp, [(row[0], row[2]) for row in rows], _all_said if is_greeted else _first_said
    )
    return [(row[1], one) for row, one in zip(rows, shown, strict=True)]


def _first_said(them: Rsvp, reason: Reason | None) -> Said:
    """What to talk about with somebody with whom nothing is shared."""
    written = _written(them, "ask_me_about", "want_to_learn", "looking_for")
    return [] if reason else written[:1]


def _all_said(them: Rsvp, reason: Reason | None) -> Said:
    """What else a newcomer wrote, for who greets them."""
    quoted = _QUOTES[reason.why] if reason else None
    written = _written(them, "want_to_learn", "looking_for", "ask_me_about")
    return [(line, wrote) for line, wrote in written if line != quoted]


def _written(them: Rsvp, *lines: str) -> Said:
    wrote = lines_to_led(them)
    return [(line, wrote[line]) for line in lines if wrote[line]]


def _shown(rsvp: Rsvp, rows: Iterable[tuple[Rsvp, bool]], said: Saying) -> list[Shown]:
    them = list(rows)
    if not them:
        return []
    visits = visits_of(rsvp.event, [one.person_id for one, _ in them if one.person_id])
    synonyms = rsvp.event.community.synonyms
    own = Interests.of(rsvp, synonyms)
    shown = []
    for one, is_in in them:
        reason = own.reason_to_meet(Interests.of(one, synonyms))
        often = visits.get(one.person_id or 0, 0)
        shown.append(Shown(one, reason, said(one, reason), often, is_in))
    return shown


def host_and_newcomer(host_id: int, newcomer_id: int, *, at: datetime) -> tuple[Rsvp, Shown] | None:
    """A host's RSVP, and the newcomer whom they said they would greet, if both still agree."""
    host = db.session.get(Rsvp, host_id)
    if host is None or host.person is None:
        return None
    greets = led_to(host, at=at).greets
    return next(((host, one) for one in greets if one.them.id == newcomer_id), None)

"""Whom a guest likely met: those who were there, the likeliest first, and those who are searched.

Rows are ranked by a few columns, and only those of one page are loaded whole: thousands may have
been there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, or_, select

from eventapp.attendees.queries import Interests, card_fields_for, ids_by_name
from eventapp.core import text
from eventapp.core.db import db
from eventapp.met.queries import Attendee, Meeting, meetings_with, noted_with
from eventapp.model import LINES, CheckIn, Rsvp

RANKED_MAX = 1000  # of more, only those who came in at about the same time; a search finds anybody
FOUND_MAX = 500
TOGETHER = timedelta(minutes=2)


def others_there(guest: Attendee, *, limit: int, offset: int) -> list[Meeting]:
    """Other guests without an encounter yet: first those with whom the guest shares topics, then
    those who came in at about the same time.
    """
    entry = _entry_of(guest)
    interests = _interests_of(guest, guest.rsvp)
    there: Any = select(*(Rsvp.id, Rsvp.name_key, *LINES, CheckIn.at)).outerjoin(
        CheckIn, CheckIn.rsvp_id == Rsvp.id
    )
    rows = _nearest(there.where(guest.may_meet, ~noted_with(guest)), entry)
    ranked = sorted(
        rows,
        key=lambda row: (-len(_shared(guest, interests, row)), _apart(row.at, entry), row.name_key),
    )
    return _meetings(guest, [row.id for row in ranked[offset : offset + limit]])


def find_meetings(guest: Attendee, typed: str, *, limit: int, offset: int) -> list[Meeting]:
    """Guests whom the guest may have met, or with whom there is an encounter, and who are called
    so; then those who wrote it of their topics, or whose company it is, if their card shows it.
    """
    may_be_found = or_(guest.may_meet, noted_with(guest))
    named = ids_by_name(guest.event.id, typed, may_be_found, limit=FOUND_MAX)
    begun = text.words(typed)
    more = [*_ids_by_topic(guest, begun), *_ids_by_company(guest, begun)] if begun else []
    ids = list(dict.fromkeys([*named, *more]))
    return _meetings(guest, ids[offset : offset + limit])


def _ids_by_topic(guest: Attendee, begun: Sequence[str]) -> list[int]:
    wrote = or_(*(line != "" for line in LINES))
    found = select(Rsvp.id, *LINES).where(guest.may_meet, wrote).order_by(Rsvp.name_key)
    rows = db.session.execute(found.limit(FOUND_MAX * 10))
    return [row.id for row in rows if _begins(" ".join(row[1:]), begun)]


def _ids_by_company(guest: Attendee, begun: Sequence[str]) -> list[int]:
    """By what others share with this person on their cards; a key alone shows no card."""
    if guest.key:
        return []
    met = select(Rsvp.id, Rsvp.person_id).where(
        Rsvp.event_id == guest.event.id, noted_with(guest), Rsvp.person_id.is_not(None)
    )
    rsvp_of = {row.person_id: row.id for row in db.session.execute(met)}
    cards = card_fields_for(guest.person, list(rsvp_of)) if rsvp_of else {}
    return [rsvp_of[one] for one, card in cards.items() if _begins(card.get("company", ""), begun)]


def _begins(words: str, begun: Sequence[str]) -> bool:
    """Whether each of the typed words begins one of these."""
    folded = text.words(words)
    return all(any(word.startswith(typed) for word in folded) for typed in begun)


def _meetings(guest: Attendee, rsvp_ids: Sequence[int]) -> list[Meeting]:
    """The meetings with these guests, in their order, whether anything was noted or not."""
    noted = meetings_with(guest, rsvp_ids)
    unsaid = [id_ for id_ in rsvp_ids if id_ not in noted]
    rows = db.session.execute(
        select(Rsvp, CheckIn.at)
        .outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .where(Rsvp.id.in_(unsaid))
    )
    interests, entry = _interests_of(guest, guest.rsvp), _entry_of(guest)
    new = {
        them.id: Meeting(
            them,
            topics=_shared(guest, interests, them),
            came_together=entry is not None and at is not None and _apart(at, entry) <= TOGETHER,
        )
        for them, at in rows
    }
    return [(noted | new)[id_] for id_ in rsvp_ids if id_ in noted or id_ in new]


def _interests_of(guest: Attendee, wrote: Any) -> Interests:
    return Interests.of(wrote, guest.event.community.synonyms)


def _shared(guest: Attendee, interests: Interests, wrote: Any) -> tuple[str, ...]:
    """The topics that the guest shares with one who wrote these lines."""
    asks = wrote.want_to_learn or wrote.looking_for
    may_match = (interests.asked and wrote.ask_me_about) or (interests.offered and asks)
    return interests.shared_with(_interests_of(guest, wrote)) if may_match else ()


def _entry_of(guest: Attendee) -> datetime | None:
    return db.session.scalar(select(CheckIn.at).where(CheckIn.rsvp_id == guest.rsvp.id))


def _nearest(there: Select[Any], at: datetime | None) -> Sequence[Row[Any]]:
    if at is None:
        return db.session.execute(there.order_by(Rsvp.id).limit(RANKED_MAX)).all()
    before = there.where(CheckIn.at < at).order_by(CheckIn.at.desc()).limit(RANKED_MAX // 2)
    after = there.where(CheckIn.at >= at).order_by(CheckIn.at).limit(RANKED_MAX // 2)
    return [*db.session.execute(before), *db.session.execute(after)]


def _apart(one: datetime | None, other: datetime | None) -> timedelta:
    return abs(one - other) if one and other else timedelta(0)

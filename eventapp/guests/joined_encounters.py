"""Whom two guests met who turn out to be one, and who met them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, or_, select

from eventapp.core.db import db
from eventapp.model import Encounter, NotedName, Rsvp
from eventapp.model.limits import NOTE_MOST


@dataclass(frozen=True)
class Said:
    """That one guest met another, as an `Encounter` has it."""

    noted_at: datetime
    note: str = ""
    tags: tuple[str, ...] = ()
    follow_up_on: date | None = None
    declined_at: datetime | None = None
    taken_back_at: datetime | None = None
    tell_at: datetime | None = None


def one_of(first: Said, second: Said) -> Said:
    """What somebody said of the same guest twice. Who was told of one of the two is told no more;
    and a no stays, as does what was taken back later than it was said.
    """
    declined = [one.declined_at for one in (first, second) if one.declined_at]
    both = replace(
        first,
        noted_at=min(first.noted_at, second.noted_at),
        note="\n".join(dict.fromkeys(filter(None, (first.note, second.note))))[:NOTE_MOST],
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        follow_up_on=min(filter(None, (first.follow_up_on, second.follow_up_on)), default=None),
        declined_at=max(declined, default=None),
        taken_back_at=_taken_back(first, second),
        tell_at=min(first.tell_at, second.tell_at) if first.tell_at and second.tell_at else None,
    )
    return replace(both, note="", tags=(), follow_up_on=None) if both.taken_back_at else both


def _taken_back(first: Said, second: Said) -> datetime | None:
    """The last word counts."""
    taken = max(filter(None, (first.taken_back_at, second.taken_back_at)), default=None)
    stands = max((one.noted_at for one in (first, second) if not one.taken_back_at), default=None)
    return None if taken is None or (stands and stands > taken) else taken


def answered(said: Said, back: Said | None) -> Said | None:
    """The same once the one met said so too: later than they declined it, that undoes it. Returns
    None where only a no that is undone kept it.
    """
    if said.declined_at and back and not back.taken_back_at and back.noted_at > said.declined_at:
        said = replace(said, declined_at=None)
    return None if said.taken_back_at and not said.declined_at else said


def join_encounters(kept: Rsvp, gone: Rsvp) -> None:
    """Have the guest who is kept be the one who met, and was met by, whom either did; but not
    themselves. Names that they noted of people on no list are theirs, too.
    """
    rows = _rows(kept, gone)
    pairs: dict[tuple[int, int], list[Encounter]] = defaultdict(list)
    for row in rows:
        noter, met = (kept.id if one == gone.id else one for one in (row.noter_id, row.met_id))
        if noter != met:
            pairs[noter, met].append(row)
    joined = {pair: _joined(two) for pair, two in pairs.items()}
    event_id = kept.event_id
    db.session.execute(delete(Encounter).where(Encounter.id.in_([row.id for row in rows])))
    for row in rows:
        db.session.expunge(row)
    for (noter, met), said in joined.items():
        if (stays := answered(said, joined.get((met, noter)))) is not None:
            values = {**vars(stays), "tags": list(stays.tags)}
            db.session.add(Encounter(event_id=event_id, noter_id=noter, met_id=met, **values))
    _join_names(kept, gone)


def _rows(kept: Rsvp, gone: Rsvp) -> Sequence[Encounter]:
    two = [kept.id, gone.id]
    of_two = or_(Encounter.noter_id.in_(two), Encounter.met_id.in_(two))
    found = select(Encounter).where(of_two).order_by(Encounter.id).with_for_update(key_share=True)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def _joined(rows: Sequence[Encounter]) -> Said:
    said = [_said(row) for row in rows]
    return said[0] if len(said) == 1 else one_of(*said)


def _said(row: Encounter) -> Said:
    values = {name: getattr(row, name) for name in Said.__dataclass_fields__}
    return Said(**{**values, "tags": tuple(row.tags)})


def _join_names(kept: Rsvp, gone: Rsvp) -> None:
    there = {name.name_key: name for name in _names(kept)}
    for name in _names(gone):
        if same := there.get(name.name_key):
            notes = dict.fromkeys(filter(None, (same.note, name.note)))
            same.note = "\n".join(notes)[:NOTE_MOST]
            db.session.delete(name)
        else:
            name.rsvp_id = kept.id


def _names(rsvp: Rsvp) -> Sequence[NotedName]:
    own = select(NotedName).where(NotedName.rsvp_id == rsvp.id)
    return db.session.scalars(own.order_by(NotedName.id)).all()

"""Whom two guests met who turn out to be one, and who met them.

Nobody is shown a person or a field by it that they were not shown before. Hosts say that two guests
are one human, and may be wrong: so what an account said stays with that account, and what somebody
said of a guest is said of another only once they say so themselves. See docs/decisions.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, exists, or_, select, update

from eventapp.attendees.queries import rsvps_apart_from
from eventapp.core.db import db
from eventapp.model import Encounter, NotedName, Rsvp


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
    unsure_since: datetime | None = None

    @property
    def stands(self) -> bool:
        return not (self.taken_back_at or self.unsure_since)


def one_of(first: Said, second: Said) -> Said:
    """What somebody said of the same guest twice. Who was told of one of the two is told no more;
    and a no stays, as does what was taken back later than it was said.
    """
    both = replace(
        _with_notes_of_both(first, second),
        noted_at=min(first.noted_at, second.noted_at),
        taken_back_at=_taken_back(first, second),
        tell_at=min(first.tell_at, second.tell_at) if first.tell_at and second.tell_at else None,
    )
    return replace(both, note="", tags=(), follow_up_on=None) if both.taken_back_at else both


def _with_notes_of_both(first: Said, second: Said) -> Said:
    unsure = [one.unsure_since for one in (first, second) if one.unsure_since]
    return replace(
        first,
        note=_both_notes(first.note, second.note),
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        follow_up_on=min(filter(None, (first.follow_up_on, second.follow_up_on)), default=None),
        declined_at=_later_no(first, second),
        unsure_since=None if first.stands or second.stands else max(unsure, default=None),
    )


def _both_notes(first: str, second: str) -> str:
    """Whole: who edits it next may have to make it shorter."""
    return "\n".join(dict.fromkeys(filter(None, (first, second))))


def _later_no(first: Said, second: Said) -> datetime | None:
    return max(filter(None, (first.declined_at, second.declined_at)), default=None)


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


def unsure(there: Said | None, said: Said, *, at: datetime) -> Said:
    """What somebody said of one guest, once hosts say that it is another: theirs alone, with its
    note, until they say so. What they said of the other, if anything, stands as it did.
    """
    said = replace(said, tell_at=None, unsure_since=said.unsure_since or at)
    if there is None:
        return said
    if there.stands:
        return _with_notes_of_both(there, said)
    if said.taken_back_at:
        return replace(there, declined_at=_later_no(there, said))
    return _with_notes_of_both(said, there)


def is_in_contacts(rsvp: Rsvp) -> bool:
    """Whether they said whom they met, or somebody met them."""
    met = or_(Encounter.noter_id == rsvp.id, Encounter.met_id == rsvp.id)
    noted = exists().where(NotedName.rsvp_id == rsvp.id)
    return bool(db.session.scalar(select(or_(exists().where(met), noted))))


def join_encounters(kept: Rsvp, gone: Rsvp, own: Rsvp | None, *, at: datetime) -> set[int]:
    """Have the guest who is kept be the one whom others met, and who met whom either did; but not
    themselves. Where the one who is kept has an address, what the other said stays with the `own`
    answer of the other's account, if there is one, as does what that account answered. Returns the
    RSVP ids of those with whom it stays so.
    """
    rows = _rows(kept, gone)
    if kept.person_id is None:
        _join_all(rows, kept, gone)
        _join_names(kept, gone)
        return set()
    if own:
        names = update(NotedName).where(NotedName.rsvp_id == gone.id)
        db.session.execute(names.values(rsvp_id=own.id))
    return _keep_accounts_apart(rows, kept, gone, own, at=at)


def _keep_accounts_apart(
    rows: Sequence[Encounter], kept: Rsvp, gone: Rsvp, own: Rsvp | None, *, at: datetime
) -> set[int]:
    of_kept = {row.noter_id: row for row in rows if row.met_id == kept.id}
    of_gone = [row for row in rows if row.met_id == gone.id and row.noter_id != kept.id]
    by_gone = [row for row in rows if row.noter_id == gone.id and row.met_id != kept.id]
    apart = _apart_from(own or gone)
    with_own = _acted_on(by_gone, of_gone) | apart if own else set()
    for row in by_gone:
        if own:
            row.noter_id = own.id
    for row in of_gone:
        if own and row.noter_id in with_own:
            row.met_id = own.id
        elif row.noter_id in apart:
            continue
        elif there := of_kept.get(row.noter_id):
            _write(there, unsure(_said(there), _said(row), at=at))
        else:
            row.met_id = kept.id
            _write(row, unsure(None, _said(row), at=at))
    db.session.flush()  # what still refers to who goes is deleted with them
    return with_own


def _acted_on(by_gone: Sequence[Encounter], of_gone: Sequence[Encounter]) -> set[int]:
    """Of whom an account said that they met, or did not: RSVP ids."""
    return {row.met_id for row in by_gone} | {row.noter_id for row in of_gone if row.declined_at}


def _apart_from(rsvp: Rsvp) -> set[int]:
    """Of whom a block keeps this guest's account apart. What is hidden by it must not come to
    light as being about another account; which a block is not about.
    """
    here = Rsvp.event_id == rsvp.event_id
    return set(db.session.scalars(rsvps_apart_from(rsvp.person_id).where(here)))


def _join_all(rows: Sequence[Encounter], kept: Rsvp, gone: Rsvp) -> None:
    """Of guests whom nobody but the hosts acts for."""
    pairs: dict[tuple[int, int], list[Encounter]] = defaultdict(list)
    for row in rows:
        noter, met = (kept.id if one == gone.id else one for one in (row.noter_id, row.met_id))
        if noter != met:
            pairs[noter, met].append(row)
    joined = {pair: _joined(two) for pair, two in pairs.items()}
    db.session.execute(delete(Encounter).where(Encounter.id.in_([row.id for row in rows])))
    for row in rows:
        db.session.expunge(row)
    for (noter, met), said in joined.items():
        if (stays := answered(said, joined.get((met, noter)))) is not None:
            values = {**vars(stays), "tags": list(stays.tags)}
            pair = {"event_id": kept.event_id, "noter_id": noter, "met_id": met}
            db.session.add(Encounter(**pair, **values))


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


def _write(row: Encounter, said: Said) -> None:
    for name, value in vars(said).items():
        setattr(row, name, list(value) if name == "tags" else value)


def _join_names(kept: Rsvp, gone: Rsvp) -> None:
    there = {name.name_key: name for name in _names(kept)}
    for name in _names(gone):
        if same := there.get(name.name_key):
            same.note = _both_notes(same.note, name.note)
            db.session.delete(name)
        else:
            name.rsvp_id = kept.id


def _names(rsvp: Rsvp) -> Sequence[NotedName]:
    own = select(NotedName).where(NotedName.rsvp_id == rsvp.id)
    return db.session.scalars(own.order_by(NotedName.id)).all()

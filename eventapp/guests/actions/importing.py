"""Bring the guest list of another tool into an event: once, and again when it has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventapp.core.db import db, in_portions
from eventapp.door.actions.imported import admit_imported
from eventapp.guests.actions.known import meet_guests
from eventapp.guests.actions.places import Places
from eventapp.guests.actions.said import (
    answers_of,
    arrived_at,
    digest_of,
    source_ref,
    status_said_before,
)
from eventapp.guests.guest_file import GuestFile, SkippedRow
from eventapp.guests.guest_row import GuestRow
from eventapp.guests.refusals import PartyDoesNotFit
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions import enter_all, give_to, lock_seats, promote, rename
from eventapp.rsvp.queries import count_who_would_fit

PORTION_ROWS = 500  # entered by the same few statements


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in rows of the list."""

    added: int
    updated: int
    unchanged: int
    waitlisted: int  # of those added or updated, for lack of places
    fit: int  # of all who wait, parties for whom there are places
    arrived: int  # of all, let in by what the list says
    skipped: list[SkippedRow]  # in the order of the list


def import_guests(
    event: Event,
    file: GuestFile,
    *,
    at: datetime,
    progress: Callable[[Sequence[GuestRow]], Iterable[GuestRow]] = iter,
) -> ImportReport:
    """Put everybody of a guest list on the event's list; who is there, as the list says now.

    A row that was imported before and has not changed changes nothing. Who answered here, or
    changed or confirmed what was imported, keeps it. A party that does not fit is waitlisted
    whole, unless it came. Nobody is mailed, except who waited and gets a place that this frees.
    `progress` hands the rows on and shows how far they are.
    """
    lock_seats(event)
    importing = _Import(event, file, at)
    for rows in in_portions(progress(file.rows), PORTION_ROWS):
        importing.bring(rows)
    let_in = admit_imported(event, importing.arrivals, at=at)
    if importing.places.freed and event.capacity is not None:
        promote(event, at=at)
    db.session.flush()  # what the database refuses, a rehearsal hears of too
    fit = count_who_would_fit(event) if event.takes_rsvps(at) else 0
    return importing.report(let_in, fit)


class _Import:
    """An import under way, into an event whose seats are locked."""

    def __init__(self, event: Event, file: GuestFile, at: datetime) -> None:
        self.event, self.file, self.at = event, file, at
        self.places = Places(event)
        self.known = meet_guests(event, file.rows, at=at)
        self.skipped = {row.number: row for row in [*file.skipped, *self.known.repeated]}
        self.added: set[int] = set()  # ids of RSVPs, as in the next two
        self.updated: set[int] = set()
        self.unchanged: set[int] = set()
        self.arrivals: dict[int, datetime] = {}

    def bring(self, portion: Sequence[GuestRow]) -> None:
        there, new = [], []
        for row in portion:
            if rsvp := self.known.rsvps.get(row.number):
                there.append((rsvp, row))
                self._bring_up_to_date(rsvp, row)
            elif row.number not in self.skipped:
                new.append(row)
        entered = enter_all(self.event, list(map(self._columns, new)), at=self.at)
        self.added |= {rsvp.id for rsvp in entered}
        for rsvp, row in [*there, *zip(entered, new, strict=True)]:
            if arrived := arrived_at(row, self.event, at=self.at):
                self.arrivals[rsvp.id] = arrived

    def report(self, let_in: set[int], fit: int) -> ImportReport:
        updated = self.updated | (let_in & self.unchanged)
        return ImportReport(
            added=len(self.added),
            updated=len(updated),
            unchanged=len(self.unchanged - updated),
            waitlisted=self.places.waitlisted,
            fit=fit,
            arrived=len(let_in),
            skipped=[self.skipped[number] for number in sorted(self.skipped)],
        )

    def _columns(self, row: GuestRow) -> dict[str, Any]:
        person, answers = self.known.people.get(row.number), answers_of(row, self.file)
        return {
            "name": row.name,
            "status": self.places.status_of_new(row),
            "person": person,
            "companions": row.companions,
            "language": person.language if person else self.event.community.language,
            "source": "import",
            "source_ref": source_ref(row),
            "source_digest": digest_of(row, answers),
            "answers": answers,
            "ask_me_about": row.ask_me_about,
            "want_to_learn": row.want_to_learn,
        }

    def _bring_up_to_date(self, rsvp: Rsvp, row: GuestRow) -> None:
        answers = answers_of(row, self.file)
        if _is_the_guests_own(rsvp):
            rsvp.answers = rsvp.answers or answers
        elif rsvp.source_digest != (digest := digest_of(row, answers)):
            try:
                changed = self._renew(rsvp, row, answers)
            except PartyDoesNotFit as no:
                self.skipped[row.number] = SkippedRow(row.number, no)
                return
            rsvp.source_digest = digest
            if changed:
                self.updated.add(rsvp.id)
                return
        self.unchanged.add(rsvp.id)

    def _renew(self, rsvp: Rsvp, row: GuestRow, answers: dict[str, str]) -> bool:
        """Have the RSVP say what the row says. What the list has no column for stays."""
        before = _facts(rsvp)
        is_said_anew = row.status != status_said_before(rsvp)
        says_party = not self.file.columns.keys().isdisjoint(("companions", "people"))
        self.places.change(
            rsvp,
            row,
            status=row.status if is_said_anew else rsvp.status,
            companions=row.companions if says_party else rsvp.companions,
            at=self.at,
        )
        if person := self.known.people.get(row.number):
            give_to(rsvp, person)
        rename(rsvp, row.name)
        rsvp.answers = {**rsvp.answers, **answers}
        rsvp.ask_me_about = row.ask_me_about or rsvp.ask_me_about
        rsvp.want_to_learn = row.want_to_learn or rsvp.want_to_learn
        return _facts(rsvp) != before


def _is_the_guests_own(rsvp: Rsvp) -> bool:
    return rsvp.source != "import" or bool(rsvp.changed_at) or rsvp.is_confirmed


def _facts(rsvp: Rsvp) -> tuple[Any, ...]:
    return (
        *(rsvp.person, rsvp.name, rsvp.status, rsvp.companions),
        *(rsvp.answers, rsvp.ask_me_about, rsvp.want_to_learn),
    )

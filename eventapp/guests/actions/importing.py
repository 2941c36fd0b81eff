"""Bring the guest list of another tool into an event: once, and again when it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from eventapp.core.db import db
from eventapp.door.import_check_ins import import_check_ins
from eventapp.guests.actions.known import KnownGuests, claims_of, meet_guests
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
from eventapp.model import Event, Rsvp, Source
from eventapp.rsvp.actions import enter_all, give_to, lock_seats, promote, rename
from eventapp.rsvp.queries import count_who_would_fit


@dataclass
class ImportReport:
    """What an import did, in rows of the list."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    waitlisted: int = 0  # of those added or updated, for lack of places
    fit: int = 0  # of all who wait, parties for whom there are places
    arrived: int = 0  # of all, let in by what the list says
    skipped: list[SkippedRow] = field(default_factory=list)  # in the order of the list

    def add(self, other: ImportReport) -> None:
        """Have it tell of another part of the list, too."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.skipped.sort(key=lambda row: row.number)


class Import:
    """A guest list on its way into an event, portion by portion, each in a transaction of its
    own.

    A row that was imported before and has not changed changes nothing, so that an import that
    was cut short is run again. Who answered here, or changed or confirmed what was imported,
    keeps it. A party that does not fit is waitlisted whole, unless it came. Nobody is mailed,
    except who waited and gets a place that this frees.
    """

    def __init__(self, event: Event, file: GuestFile, *, at: datetime) -> None:
        self.event, self.file, self.at = event, file, at
        self.report = ImportReport(skipped=list(file.skipped))
        self._claims = claims_of(event, file.rows)

    def bring(self, rows: Sequence[GuestRow]) -> ImportReport:
        """Put these on the event's list; who is there, as the list says now. What became of them
        is for the report, once it is committed.
        """
        lock_seats(self.event)
        known = meet_guests(self.event, rows, self._claims, at=self.at)
        return _Portion(self.event, self.file, self.at, known).bring(rows)

    def count_who_fit(self) -> int:
        return count_who_would_fit(self.event) if self.event.takes_rsvps(self.at) else 0


class _Portion:
    """Some rows on their way into an event whose seats are locked."""

    def __init__(self, event: Event, file: GuestFile, at: datetime, known: KnownGuests) -> None:
        self.event, self.file, self.at, self.known = event, file, at, known
        self.places = Places(event)
        self.skipped = dict(known.repeated)
        self.rows: dict[int, GuestRow] = {}  # by the id of their RSVP
        self.new: list[tuple[GuestRow, str]] = []  # with the status they get; not yet entered
        self.added: set[int] = set()  # ids of RSVPs, as in the next two
        self.updated: set[int] = set()
        self.unchanged: set[int] = set()

    def bring(self, rows: Sequence[GuestRow]) -> ImportReport:
        for row in rows:
            if row.number in self.skipped:
                continue
            if rsvp := self.known.rsvps.get(row.number):
                self.rows[rsvp.id] = row
                self._bring_up_to_date(rsvp, row)
            else:
                self.new.append((row, self.places.status_of_new(row)))
            if self.places.freed:
                self._let_in_who_waits()
        self._enter_new()
        return self._report(self._admit())

    def _let_in_who_waits(self) -> None:
        """At once, and not those of the rows to come: it must not matter where a portion ends."""
        self.places.freed = False
        if self.event.capacity is not None:
            self._enter_new()
            promote(self.event, at=self.at)

    def _enter_new(self) -> None:
        new, self.new = self.new, []
        entered = enter_all(self.event, [self._columns(*each) for each in new], at=self.at)
        self.added |= {rsvp.id for rsvp in entered}
        self.rows |= {rsvp.id: row for rsvp, (row, _) in zip(entered, new, strict=True)}

    def _admit(self) -> set[int]:
        """The ids of those who are in by what the list says."""
        said = {
            rsvp_id: arrived_at(row, self.event, at=self.at) for rsvp_id, row in self.rows.items()
        }
        db.session.flush()
        return import_check_ins(
            self.event, {rsvp_id: at for rsvp_id, at in said.items() if at}, at=self.at
        )

    def _report(self, let_in: set[int]) -> ImportReport:
        updated = self.updated | (let_in & self.unchanged)
        return ImportReport(
            added=len(self.added),
            updated=len(updated),
            unchanged=len(self.unchanged - updated),
            waitlisted=self.places.waitlisted,
            arrived=len(let_in),
            skipped=list(self.skipped.values()),
        )

    def _columns(self, row: GuestRow, status: str) -> dict[str, Any]:
        person, answers = self.known.people.get(row.number), answers_of(row, self.file)
        return {
            "name": row.name,
            "status": status,
            "person": person,
            "companions": row.companions,
            "language": person.language if person else self.event.community.language,
            "source": Source.IMPORT,
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
    return rsvp.source != Source.IMPORT or bool(rsvp.changed_at) or rsvp.is_confirmed


def _facts(rsvp: Rsvp) -> tuple[Any, ...]:
    return (
        *(rsvp.person, rsvp.name, rsvp.status, rsvp.companions),
        *(rsvp.answers, rsvp.ask_me_about, rsvp.want_to_learn),
    )

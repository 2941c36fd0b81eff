"""Reads each row of a list by itself: who, whether they come, with whom. All of them: people.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import tzinfo

from eventapp.guests.reading.addresses import (
    Addresses,
    holds_address,
    name_beside,
    read_addresses,
    spells_whole_address,
)
from eventapp.guests.reading.arrivals import has_come, moment_of
from eventapp.guests.reading.columns import ANSWER, Column, of
from eventapp.guests.reading.entry import Entry
from eventapp.guests.reading.guesses import (
    NameTurned,
    NoUsableAddress,
    SeveralAddresses,
    UnclearArrival,
)
from eventapp.guests.reading.names import full_name, is_unnamed, read_name
from eventapp.guests.reading.names_of_two import (
    CompanionsInName,
    TwoPeople,
    may_be_two,
    without_companions,
)
from eventapp.guests.reading.not_guests import is_about_nobody
from eventapp.guests.reading.parties import PartyReader
from eventapp.guests.reading.phones import PhoneInName, without_phones
from eventapp.guests.reading.refusals import (
    CellTooLong,
    NameTooLong,
    NoAddress,
    NobodyThere,
    NotAGuest,
    RowRefused,
    SpelledAddress,
)
from eventapp.guests.reading.sheet import CELL_MOST
from eventapp.guests.reading.shifted import ShiftReader
from eventapp.guests.reading.status_columns import StatusReader
from eventapp.guests.reading.statuses import Meanings
from eventapp.guests.reading.ticket_codes import codes_in
from eventapp.guests.reading.titles import NAMES, Whose
from eventapp.guests.reading.vocabulary import key
from eventapp.model.limits import NAME_MOST, SOURCE_REF_MOST

_SAID = ("ask_me_about", "want_to_learn", "looking_for", "note")
_PLAIN = ("phone", "order", "ticket_code", "answered_at", *_SAID)
_LINES = (*_SAID, "order", "companion_of")


class RowReader:
    """Reads the rows of one list. Times without an offset are taken in `zone`; rows that are
    `too_wide` have more cells than there are columns.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        zone: tzinfo,
        meanings: Meanings,
        too_wide: Collection[int] = (),
    ) -> None:
        self.columns, self.zone = columns, zone
        self.titles = [one.title for one in columns]
        self.statuses = StatusReader(columns, meanings)
        self.parties = PartyReader(columns)
        self._shifts = ShiftReader(columns, meanings, too_wide)
        self._of = {what: of(columns, what) for what in (*_PLAIN, "ref", "email", "companion_of")}
        self._arrivals = of(columns, "checked_in_at", "checked_in")
        self._answers = [(one.heading, one) for one in of(columns, ANSWER) if one.title]
        self._names = _names_by_whose(columns)
        self._own = _whose_own(self._names, self._of["email"])
        self._addresses = _by_own(self._of["email"], self._own)

    def read(self, number: int, cells: Sequence[str]) -> Entry:
        """What a row that is not blank says. Raises the RowRefused that says why it is skipped."""
        if is_about_nobody(cells, self.titles):
            self.statuses.go_below(cells)
            raise NotAGuest
        entry = Entry(number)
        self._read_who(entry, cells)
        entry.standing, is_in = self.statuses.read(entry, cells)
        self.parties.read(entry, cells)
        self._read_arrival(entry, cells, is_in=is_in)
        for what in _LINES:
            setattr(entry, what, self._first(cells, self._of[what]))
        codes = (code for one in self._of["ticket_code"] for code in codes_in(cells[one.index]))
        entry.ticket_codes = tuple(dict.fromkeys(codes))
        entry.phone = self._first(cells, self._of["phone"]) or None
        entry.answered = self._first(cells, self._of["answered_at"])
        entry.answered_at = moment_of(entry.answered, self.zone)
        entry.answers |= self._read_answers(cells)
        return entry

    def name_in(self, cells: Sequence[str]) -> str:
        """The name of a row that is skipped, as far as there is one."""
        try:
            return self._name(cells, self._own)[0][:NAME_MOST]
        except RowRefused:
            return ""

    def _read_who(self, entry: Entry, cells: Sequence[str]) -> None:
        entry.name, turned = self._name(cells, self._own)
        if turned:
            entry.guesses.append(NameTurned(name=turned))
        entry.name, phones = without_phones(entry.name)
        entry.guesses += [PhoneInName(phone=phone) for phone in phones]
        said = entry.name
        entry.name, entry.along = without_companions(said)
        if entry.along:
            entry.guesses.append(CompanionsInName(name=said))
        elif may_be_two(said):
            entry.guesses.append(TwoPeople(name=said))
        if len(entry.name) > NAME_MOST:
            raise NameTooLong(length=len(entry.name), most=NAME_MOST)
        if Whose.BUYER in self._names and self._own != Whose.BUYER:
            entry.buyer = self._name(cells, Whose.BUYER)[0]
        self._read_address(entry, cells)
        entry.identifier = self._identifier(cells)

    def _read_address(self, entry: Entry, cells: Sequence[str]) -> None:
        own, buyers = self._addresses
        found, cell = self._address(cells, own)
        entry.name = entry.name or name_beside(cell)[:NAME_MOST]
        if found.broken:
            if spells_whole_address(found.broken):  # theirs, and needs no more than its sign
                raise SpelledAddress(address=found.broken)
            if self._shifts.is_shifted(entry, cells, address=cell):
                raise NoAddress(address=found.broken)
            entry.guesses.append(NoUsableAddress(address=found.broken))
        if found.others:
            entry.guesses.append(SeveralAddresses(address=found.email))
        entry.email = found.email or self._address_in_name(cells)
        entry.buyer_email = self._address(cells, buyers)[0].email
        if not (entry.name or entry.email or entry.buyer or entry.buyer_email):
            raise NoAddress(address=found.broken) if found.broken else NobodyThere

    def _address_in_name(self, cells: Sequence[str]) -> str | None:
        """The address that stands where the name should be, or beside it."""
        there = [
            one
            for one in self._names.get(self._own or Whose.HOLDER, [])
            if holds_address(cells[one.index])
        ]
        return self._address(cells, there)[0].email

    def _name(self, cells: Sequence[str], whose: Whose | None) -> tuple[str, str]:
        """The name in the columns of one kind of people, and how its cell had it, if turned."""
        parts, turned = defaultdict[str, str](str), ""
        for column in self._names.get(whose, ()) if whose is not None else ():
            what = "name" if column.meaning == "surname_first" else column.meaning
            line = self._line(cells, column)
            if parts[what] or not line or is_unnamed(line):
                continue
            if what == "name":
                name = read_name(line, surname_first=column.meaning == "surname_first")
                parts[what], turned = name.text, name.turned
            else:
                parts[what] = read_name(line).text if "," not in line else line
        return full_name(parts), turned

    def _address(self, cells: Sequence[str], columns: Iterable[Column]) -> tuple[Addresses, str]:
        """The first address that can be one, and its cell; else what stands in the first column."""
        first: tuple[Addresses, str] | None = None
        for column in columns:
            if not (cell := self._line(cells, column)):
                continue
            found = read_addresses(cell)
            if found.email:
                return found, cell
            if first is None or (found.broken and not first[0].broken):
                first = (found, cell)
        return first or (Addresses(), "")

    def _read_arrival(self, entry: Entry, cells: Sequence[str], *, is_in: bool) -> None:
        there = [line for one in self._arrivals if (line := self._line(cells, one))]
        came = [has_come(line) for line in there]
        entry.checked_in = is_in or True in came
        moments = (
            moment_of(line, self.zone) for line, is_so in zip(there, came, strict=True) if is_so
        )
        entry.arrived_at = next(filter(None, moments), None)
        if None in came and not entry.checked_in:
            entry.guesses.append(UnclearArrival(words=there[came.index(None)][:40]))

    def _identifier(self, cells: Sequence[str]) -> str:
        for column in self._of["ref"]:
            if line := self._line(cells, column):
                if len(line) > SOURCE_REF_MOST:
                    raise CellTooLong(column=column.title[:40], most=SOURCE_REF_MOST)
                return f"{key(column.title).replace(' ', '_')}:{line}"
        return ""

    def _read_answers(self, cells: Sequence[str]) -> dict[str, str]:
        answers = ((heading, self._line(cells, one)) for heading, one in self._answers)
        return {heading: line for heading, line in answers if line}

    def _first(self, cells: Sequence[str], columns: Iterable[Column]) -> str:
        for one in columns:
            if line := self._line(cells, one):
                return line
        return ""

    def _line(self, cells: Sequence[str], column: Column) -> str:
        """The text of a cell. Raises CellTooLong before anything else reads it."""
        cell = cells[column.index]
        if len(cell) > CELL_MOST:
            raise CellTooLong(column=column.title[:40], most=CELL_MOST)
        return cell


def _names_by_whose(columns: Sequence[Column]) -> dict[Whose, list[Column]]:
    names: dict[Whose, list[Column]] = {}
    for column in of(columns, *NAMES):
        names.setdefault(column.whose, []).append(column)
    return names


def _whose_own(names: dict[Whose, list[Column]], addresses: Sequence[Column]) -> Whose | None:
    """Whose names are the guests': the ticket holders', if there are any. A buyer's name is not
    that of the ticket holder whose address stands beside it.
    """
    own = min(names, default=None)
    has_holders_address = any(one.whose < Whose.UNSAID for one in addresses)
    return None if own == Whose.BUYER and has_holders_address else own


def _by_own(addresses: Sequence[Column], own: Whose | None) -> tuple[list[Column], list[Column]]:
    """The columns with the guests' own addresses, and those with the buyers'."""
    best = min((one.whose for one in addresses), default=Whose.UNSAID)
    is_buyers = own is not None and own < Whose.UNSAID and best == Whose.BUYER
    mine = [] if is_buyers else [one for one in addresses if one.whose == best]
    return mine, [one for one in addresses if one not in mine]

"""Read a guest list of another tool: bytes in, guests and all that was understood of it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from itertools import islice
from types import MappingProxyType

from eventapp.guests.reading.column_choice import choose_columns
from eventapp.guests.reading.columns import Column, of
from eventapp.guests.reading.entry import Entry
from eventapp.guests.reading.guesses import BigParty, LettersGuessed, QuotesMended
from eventapp.guests.reading.guest_row import GuestRow, RowNote
from eventapp.guests.reading.people import People, refs_of
from eventapp.guests.reading.refusals import NoColumns, RowRefused
from eventapp.guests.reading.remembered import Remembered, Said, titles_key
from eventapp.guests.reading.rows import RowReader
from eventapp.guests.reading.sheet import Row, Sheet
from eventapp.guests.reading.statuses import as_meanings
from eventapp.guests.reading.tables import Table, open_table
from eventapp.guests.reading.titles import Whose
from eventapp.model.limits import COMPANIONS_MOST

SAMPLE_ROWS, SAMPLE_CELLS, SAMPLE_LETTERS = 200, 3, 60


@dataclass(frozen=True, slots=True)
class OpenWord:
    """A word in a status column of which somebody has to say what it means here."""

    word: str
    rows: list[int]  # their numbers

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class GuestFile:
    rows: list[GuestRow]  # one per guest, in the order of the file
    skipped: list[RowNote]  # rows that are not on the list
    flagged: list[RowNote]  # rows that are, in which something was guessed
    columns: list[Column]  # each of the file, in its order
    samples: list[list[str]]  # of the cells of each column
    header: int  # the number of the row with the titles
    open_words: list[OpenWord] = field(default_factory=list)
    meanings: Mapping[str, str] = field(default_factory=dict)  # that somebody said of words
    titles_key: str = ""
    remembered: Said = field(default_factory=Said)  # what counted of it
    encoding: str = ""  # of a text file
    is_sure_of_encoding: bool = True
    sheet: str = ""  # of a spreadsheet, the one that was read
    other_sheets: list[str] = field(default_factory=list)

    def title_of(self, meaning: str) -> str:
        """The title of the column with a meaning; "" without one."""
        return next((one.title for one in of(self.columns, meaning)), "")

    def has(self, *meanings: str) -> bool:
        return bool(of(self.columns, *meanings))


def read(
    data: bytes,
    *,
    zone: tzinfo = UTC,
    questions: Sequence[str] = (),
    mapping: Mapping[str, str] | None = None,
    meanings: Mapping[str, str] | None = None,
    encoding: str | None = None,
    remembered: Remembered = MappingProxyType({}),
) -> GuestFile:
    """Read the bytes of a guest list. Nothing is looked up or written.

    Times without an offset are taken in `zone`. A column titled like one of the event's `questions`
    has its answers. `mapping` says what a column means, by its title, or "" to drop it; `meanings`
    which `Status` a word of a status column is, or "" to leave its guests out. What is `remembered`
    of a list with the same titles counts unless these say otherwise.
    Each row is a guest, or is skipped or counted with another, with its reason. Raises FileRefused.
    """
    table = _open_table(data, encoding, mapping or {}, remembered)
    before = remembered.get(titles_key(table.titles), Said())
    columns = choose_columns(table, questions, mapping or {}, before.mapping)
    meanings = {**before.meanings, **(meanings or {})}
    reader = RowReader(columns, zone, as_meanings(meanings), table.too_wide)
    people, skipped = _read_people(reader, table.rows)
    return GuestFile(
        rows=list(_guest_rows(people.guests)),
        skipped=_in_order([*skipped, *people.skipped]),
        flagged=_in_order([*people.counted, *_guesses(people.guests, table.sheet)]),
        columns=columns,
        samples=[_sample(table.rows, column.index) for column in columns],
        header=table.header,
        open_words=[OpenWord(word, rows) for word, rows in reader.statuses.open_words.items()],
        meanings=meanings,
        titles_key=titles_key(table.titles),
        remembered=before,
        encoding=table.sheet.encoding,
        is_sure_of_encoding=table.sheet.is_sure,
        sheet=table.sheet.name,
        other_sheets=table.others,
    )


def _open_table(
    data: bytes, encoding: str | None, mapping: Mapping[str, str], remembered: Remembered
) -> Table:
    """Where no row has titles that are known, it may have those of an earlier list."""
    try:
        return open_table(data, encoding, mapping)
    except NoColumns:
        titles = {title: "" for said in remembered.values() for title in said.mapping}
        table = open_table(data, encoding, {**titles, **mapping})
        if titles_key(table.titles) not in remembered:
            raise
        return table


def _read_people(
    reader: RowReader, rows: Iterable[tuple[int, list[str]]]
) -> tuple[People, list[RowNote]]:
    """Whom the rows that can be read are about, and the reasons why others are skipped."""
    entries, skipped = [], []
    for number, cells in rows:
        try:
            entries.append(reader.read(number, cells))
        except RowRefused as no:
            skipped.append(RowNote(number, no, reader.name_in(cells)))
    return People(entries, are_tickets=_are_tickets(reader.columns)), skipped


def _sample(rows: Iterable[Row], index: int) -> list[str]:
    """The first cells of a column that say something, each once."""
    there = (cells[index][:SAMPLE_LETTERS] for _, cells in islice(rows, SAMPLE_ROWS))
    return list(islice(dict.fromkeys(filter(None, there)), SAMPLE_CELLS))


def _are_tickets(columns: Sequence[Column]) -> bool:
    """Whether a row is a ticket, of which one person may have several: it has an order, or an id or
    a code of the ticket and none of the guest.
    """
    ids = of(columns, "ref")
    is_tickets = any(one.whose == Whose.HOLDER for one in ids)
    return bool(of(columns, "order") or is_tickets or (not ids and of(columns, "ticket_code")))


def _guest_rows(guests: Sequence[Entry]) -> Iterable[GuestRow]:
    refs = refs_of(guests)
    for one in guests:
        yield GuestRow(
            number=one.number,
            name=one.name,
            email=one.email,
            status=one.standing,
            companions=one.along,
            phone=one.phone,
            arrived_at=one.arrived_at,
            checked_in=one.checked_in,
            ref=refs[one.number],
            answers=one.answers,
            ask_me_about=one.ask_me_about,
            want_to_learn=one.want_to_learn,
            looking_for=one.looking_for,
            note=one.note,
            companion_names=one.companion_names,
            ticket_codes=one.ticket_codes,
        )


def _guesses(guests: Iterable[Entry], sheet: Sheet) -> Iterable[RowNote]:
    for one in guests:
        guesses = list(one.guesses)
        if one.along > COMPANIONS_MOST:
            guesses.append(BigParty(people=one.people))
        if not sheet.is_sure and not one.name.isascii():
            guesses.append(LettersGuessed(encoding=sheet.encoding))
        if one.number in sheet.mended:
            guesses.append(QuotesMended())
        for guess in guesses:
            yield RowNote(one.number, guess, one.name)


def _in_order(notes: Iterable[RowNote]) -> list[RowNote]:
    return sorted(notes, key=lambda note: note.number)

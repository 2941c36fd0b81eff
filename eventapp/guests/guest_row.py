"""One row of a guest list, read as a guest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from eventapp.core.text import clean_line, fold, normal_email, words
from eventapp.guests import columns
from eventapp.guests.cells import count_of, has_come, moment_of, says_checked_in, status_of
from eventapp.guests.refusals import CellTooLong, NameTooLong, NobodyThere, TooManyCompanions
from eventapp.guests.table import CELL_MOST
from eventapp.model.limits import COMPANIONS_MOST, NAME_MOST, SOURCE_REF_MOST


@dataclass(frozen=True, slots=True)
class GuestRow:
    number: int  # as a spreadsheet shows it; the header is 1
    name: str
    email: str | None  # normalised, to send to
    status: str  # a `Status`
    companions: int  # not counting the guest
    phone: str | None  # as written
    arrived_at: datetime | None  # UTC
    checked_in: bool  # with or without a time
    ref: str  # identifies the guest in the list it comes from, also in its next export
    answers: dict[str, str]  # other columns: title => cell, without empty ones
    ask_me_about: str
    want_to_learn: str
    note: str

    @property
    def mailbox(self) -> str:
        """Their address as in `Person.email_key`; "" without one."""
        return self.email.casefold() if self.email else ""


class RowReader:
    """Reads the rows of one guest list, in their order.

    Times without an offset are taken in `zone`. Columns titled like one of the event's `questions`
    are the answers to it. Namesakes without e-mail or id are numbered in
    their order, so that reading a list twice gives everybody the same `ref`.
    """

    def __init__(self, header: Sequence[str], zone: tzinfo, questions: Sequence[str] = ()) -> None:
        asked = columns.answers_asked(header, questions)
        others = ["" if i in asked.values() else title for i, title in enumerate(header)]
        self.header = header
        self.columns = columns.recognise(others)
        self._others = _other_columns(others, self.columns) | asked
        self._zone = zone
        self._namesakes: Counter[str] = Counter()

    def read(self, number: int, cells: Sequence[str]) -> GuestRow:
        """The guest of a row that is not blank. Raises the Refusal that says why it is skipped."""
        row = defaultdict(str, {what: self._line(cells, i) for what, i in self.columns.items()})
        email = normal_email(cells[self.columns["email"]]) if row["email"] else None
        name = _checked(_full_name(row) or (email or "").rpartition("@")[0])
        entrance = row["checked_in_at"] or row["checked_in"]
        return GuestRow(
            number=number,
            name=name,
            email=email,
            ref=self._ref(row["ref"], email, name),
            status=status_of(row["status"]),
            companions=_companions(row),
            phone=row["phone"] or None,
            arrived_at=moment_of(entrance, self._zone),
            checked_in=says_checked_in(row["status"]) or has_come(entrance),
            answers=self._answers(cells),
            ask_me_about=row["ask_me_about"],
            want_to_learn=row["want_to_learn"],
            note=row["note"],
        )

    def _line(self, cells: Sequence[str], index: int) -> str:
        """The text of a cell. Raises CellTooLong before anything else reads it."""
        if len(cells[index]) > CELL_MOST:
            raise CellTooLong(column=self.header[index][:40], most=CELL_MOST)
        return clean_line(cells[index])

    def _ref(self, identifier: str, email: str | None, name: str) -> str:
        """The guest's `ref`: "api_id:gst-1", "email:ana@example.org", or "name:ana gil#1"."""
        if identifier:
            title = self.header[self.columns["ref"]]
            if len(identifier) > SOURCE_REF_MOST:
                raise CellTooLong(column=title[:40], most=SOURCE_REF_MOST)
            return f"{columns.key(title).replace(' ', '_')}:{identifier}"
        if email:
            return f"email:{email.casefold()}"
        namesake = fold(name) or name
        self._namesakes[namesake] += 1
        return f"name:{namesake}#{self._namesakes[namesake]}"

    def _answers(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of the other columns, and a number of companions that is not a number."""
        asked = self._others | {
            self.header[i]: i
            for meaning, i in self.columns.items()
            if meaning in ("companions", "people") and count_of(cells[i].strip()) is None
        }
        answers = {title: self._line(cells, i) for title, i in asked.items() if cells[i]}
        return {title: answer for title, answer in answers.items() if answer}


def _other_columns(header: Sequence[str], understood: Mapping[str, int]) -> dict[str, int]:
    return {
        columns.heading_of(title): i
        for i, title in enumerate(header)
        if title and i not in understood.values() and not columns.is_bookkeeping(title)
    }


def _full_name(row: Mapping[str, str]) -> str:
    """The name from one column or from its parts. "Nombre" beside "Apellidos" is a part."""
    last = f"{row['last_name']} {row['second_last_name']}".strip()
    whole = row["name"] or row["first_name"]
    has_last = row["name"] and (row["first_name"] or set(words(last)) <= set(words(whole)))
    return whole if has_last else f"{whole} {last}".strip()


def _checked(name: str) -> str:
    if not name:
        raise NobodyThere
    if len(name) > NAME_MOST:
        raise NameTooLong(length=len(name), most=NAME_MOST)
    return name


def _companions(row: Mapping[str, str]) -> int:
    companions = count_of(row["companions"])
    if companions is None:
        companions = max((count_of(row["people"]) or 1) - 1, 0)
    if companions > COMPANIONS_MOST:
        raise TooManyCompanions(companions=companions, most=COMPANIONS_MOST)
    return companions

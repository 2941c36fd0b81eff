"""What one row of a guest list says about one guest."""

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
    status: str  # as `Rsvp.status` has it, of the words `going` … `cancelled`
    companions: int  # beside the guest
    phone: str | None  # as written
    arrived_at: datetime | None  # UTC
    checked_in: bool  # also without a time
    ref: str  # who this is in the list it comes from, the same in its next export
    answers: dict[str, str]  # other columns: header to value, without empty ones
    ask_me_about: str
    want_to_learn: str

    @property
    def mailbox(self) -> str:
        """What tells their address from others, as `Person.email_key` has it; "" without one."""
        return self.email.casefold() if self.email else ""


class RowReader:
    """Reads the rows of one guest list, from the first to the last.

    Times without an offset are in `zone`. Namesakes without e-mail or id are told apart by
    their order, so that reading a list twice gives everybody the same `ref`.
    """

    def __init__(self, header: Sequence[str], zone: tzinfo) -> None:
        self.header = header
        self.columns = columns.recognise(header)
        self._others = _other_columns(header, self.columns)
        self._zone = zone
        self._namesakes: Counter[str] = Counter()

    def read(self, number: int, cells: Sequence[str]) -> GuestRow:
        """The guest of a row that is not blank. Raises the Refusal that says why it is skipped."""
        said = defaultdict(str, {what: self._line(cells, i) for what, i in self.columns.items()})
        email = normal_email(cells[self.columns["email"]]) if said["email"] else None
        name = _checked(_full_name(said) or (email or "").rpartition("@")[0])
        entrance = said["checked_in_at"] or said["checked_in"]
        return GuestRow(
            number=number,
            name=name,
            email=email,
            ref=self._ref(said["ref"], email, name),
            status=status_of(said["status"]),
            companions=_companions(said),
            phone=said["phone"] or None,
            arrived_at=moment_of(entrance, self._zone),
            checked_in=says_checked_in(said["status"]) or has_come(entrance),
            answers=self._answers(cells),
            ask_me_about=said["ask_me_about"],
            want_to_learn=said["want_to_learn"],
        )

    def _line(self, cells: Sequence[str], index: int) -> str:
        """What a cell says. Raises CellTooLong, before anything reads it."""
        if len(cells[index]) > CELL_MOST:
            raise CellTooLong(column=self.header[index][:40], most=CELL_MOST)
        return clean_line(cells[index])

    def _ref(self, identifier: str, email: str | None, name: str) -> str:
        """Who this is: "api_id:gst-1", "email:ana@example.org", or "name:ana gil#1"."""
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
        """What the other columns say, and a number of companions that is no number."""
        asked = self._others | {
            self.header[i]: i
            for meaning, i in self.columns.items()
            if meaning in ("companions", "people") and count_of(cells[i].strip()) is None
        }
        answers = {title: self._line(cells, i) for title, i in asked.items() if cells[i]}
        return {title: answer for title, answer in answers.items() if answer}


def _other_columns(header: Sequence[str], understood: Mapping[str, int]) -> dict[str, int]:
    return {
        title: i
        for i, title in enumerate(header)
        if title and i not in understood.values() and not columns.is_bookkeeping(title)
    }


def _full_name(said: Mapping[str, str]) -> str:
    """The name in one column, or its parts. "Nombre" beside "Apellidos" is a part."""
    last = f"{said['last_name']} {said['second_last_name']}".strip()
    whole = said["name"] or said["first_name"]
    has_last = said["name"] and (said["first_name"] or set(words(last)) <= set(words(whole)))
    return whole if has_last else f"{whole} {last}".strip()


def _checked(name: str) -> str:
    if not name:
        raise NobodyThere
    if len(name) > NAME_MOST:
        raise NameTooLong(length=len(name), most=NAME_MOST)
    return name


def _companions(said: Mapping[str, str]) -> int:
    beside = count_of(said["companions"])
    if beside is None:
        beside = max((count_of(said["people"]) or 1) - 1, 0)
    if beside > COMPANIONS_MOST:
        raise TooManyCompanions(companions=beside, most=COMPANIONS_MOST)
    return beside

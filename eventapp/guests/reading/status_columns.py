"""What the columns about a row's status say together: of the answer, the order, a cancellation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from eventapp.guests.reading.arrivals import has_happened, is_unpaid
from eventapp.guests.reading.columns import Column, of
from eventapp.guests.reading.entry import Entry
from eventapp.guests.reading.guesses import NoAnswer, StatusOfHeading, UnclearStatus
from eventapp.guests.reading.not_guests import heading_status, without_count
from eventapp.guests.reading.refusals import HasNotAnswered, LeftOut, SaidMaybe, UnknownStatus
from eventapp.guests.reading.statuses import (
    ARRIVED,
    BLANK,
    INVITED,
    LEFT_OUT,
    NO_SHOW,
    STATUS_MOST,
    UNKNOWN,
    Meanings,
    is_said,
    read_status,
    status_of,
    strongest,
)
from eventapp.model import Status

_WORD_MOST = 40  # characters of a word, in a reason
_HAPPENED = {"cancelled": Status.CANCELLED, "no_show": NO_SHOW}


class StatusReader:
    """Reads the status of each row, and collects the words that somebody has to say a meaning of:
    those nobody knows, and a maybe.
    """

    def __init__(self, columns: Sequence[Column], said: Meanings) -> None:
        self.said = said
        self.open_words: defaultdict[str, list[int]] = defaultdict(list)
        self._heading = ""  # of the part of the list in which the rows stand
        self._words = of(columns, "status")
        self._happened = of(columns, *_HAPPENED)
        self._paid = of(columns, "paid")

    def read(self, entry: Entry, cells: Sequence[str]) -> tuple[str, bool]:
        """The `Status`, and whether it says that they came. Raises the RowRefused of a row without.

        An empty cell means going.
        """
        lines = [cells[one.index][:STATUS_MOST] for one in self._words]
        read = [read_status(line, self.said) for line in lines]
        meaning = strongest((*read, *self._happenings(cells)))
        if meaning == BLANK and self._heading:
            meaning = read_status(self._heading, self.said)
            entry.guesses.append(StatusOfHeading(heading=self._heading[:_WORD_MOST]))
        for line, one in zip(lines, read, strict=True):
            if one == UNKNOWN:
                self._note_unknown(entry, line, is_clear=meaning not in (UNKNOWN, BLANK))
            elif one == Status.MAYBE == meaning and not is_said(line, self.said):
                self.open_words[line].append(entry.number)
                raise SaidMaybe(word=line[:_WORD_MOST])
            elif one == meaning == LEFT_OUT:
                raise LeftOut(word=line[:_WORD_MOST])
        if meaning == INVITED:
            raise HasNotAnswered
        if meaning == BLANK and self._words:
            entry.guesses.append(NoAnswer(column=self._words[0].title[:_WORD_MOST]))
        return status_of(meaning), meaning == ARRIVED

    def go_below(self, cells: Sequence[str]) -> None:
        """Note a row that is no guest: it may be the heading of those that follow."""
        if heading_status(cells) not in (BLANK, UNKNOWN):
            self._heading = without_count(next(filter(None, cells)))

    def _happenings(self, cells: Sequence[str]) -> list[str]:
        found = [_HAPPENED[one.meaning] for one in self._happened if has_happened(cells[one.index])]
        is_open = any(is_unpaid(cells[one.index]) for one in self._paid)
        return [*found, Status.PENDING] if is_open else found

    def _note_unknown(self, entry: Entry, line: str, *, is_clear: bool) -> None:
        word = line[:_WORD_MOST]
        self.open_words[line].append(entry.number)
        if not is_clear:
            raise UnknownStatus(word=word)
        entry.guesses.append(UnclearStatus(word=word))

"""How many come along, as people write it: a number, "+1", "two", a yes, one name or several."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from eventapp.core.text import clean_line
from eventapp.guests.reading.names import may_be_name
from eventapp.guests.reading.statuses import is_blank, read_status, says_no, says_yes
from eventapp.guests.reading.vocabulary import entries, key, load, words
from eventapp.model import Status

COUNTED_MOST = 300  # characters of a cell that are looked at
_NUMBER = re.compile(r"(?<![\w.,])[+x×]?\s?([0-9]{1,9})(?:[.,]0+)?(?=x?(?:[^\w.,]|[.,]\s|[.,]?$))")
_MINUS = re.compile(r"[-−–]\s?[0-9]+(?:[.,]0+)?")
_RANGE = re.compile(r"([0-9]{1,4})\s?(?:[-–]|o|or|to|a|bis|ou|oder)\s?([0-9]{1,4})")
_AMOUNT = re.compile(r"[+x×]?\s?[0-9]{1,9}(?:[.,]0+)?\s?x?")
_BETWEEN = re.compile(r"\s*[,;:&+/|]\s*")
_COUNT_WORDS_MOST = 3  # of "two good friends"; a longer line says more than how many
_PARENTHESES = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Companions:
    count: int = 0
    names: tuple[str, ...] = ()
    is_clear: bool = True


@lru_cache(4096)
def read_companions(cell: str) -> Companions:
    """What a cell says of who comes along, the guest not counted."""
    line = clean_line(cell[:COUNTED_MOST])
    if is_blank(line) or says_no(line) or _MINUS.fullmatch(line):
        return Companions()
    if (number := _in_words(line)) is not None:
        return Companions(number)
    if says_yes(line):
        return Companions(1)
    if counted := _counted(line):
        return counted
    if read_status(line, {}) == Status.MAYBE:
        return Companions(is_clear=False)
    return _named(line)


@lru_cache(4096)
def read_people(cell: str) -> Companions | None:
    """What a cell says of who comes in all, as companions. Returns None if it says nothing."""
    line = clean_line(cell[:COUNTED_MOST])
    if is_blank(line):
        return None
    number = _in_words(line)
    counted = Companions(number) if number is not None else _counted(line)
    if counted is None or not counted.count:
        return Companions(is_clear=False)
    return counted if line.startswith("+") else replace(counted, count=counted.count - 1)


def says_all(line: str, read: Companions) -> bool:
    """Whether all of a line is in what was read of it: a number, a yes or a no, the names."""
    if not read.is_clear:
        return False
    said = key(line).split()
    if not read.names:
        return len(said) <= _COUNT_WORDS_MOST
    named = {word for name in read.names for word in key(name).split()}
    return all(one in named or one.isdecimal() or one in words("and") for one in said)


def is_amount(cell: str) -> bool:
    """Whether a cell is a number of people and nothing else."""
    line = clean_line(cell[:COUNTED_MOST])
    return bool(_AMOUNT.fullmatch(line) or _MINUS.fullmatch(line))


def is_count(cell: str) -> bool:
    """Whether a cell says a number of people, in words too: "two", "2 adults", not "Table 2"."""
    read = None if is_amount(cell) else read_people(cell)
    is_first = cell.strip()[:1].isdecimal()
    return is_amount(cell) or (read is not None and read.is_clear and (is_first or not read.names))


def _in_words(line: str) -> int | None:
    if (number := _numbers().get(key(line))) is not None:
        return number
    first, _, rest = line.partition(" ")
    if (number := _numbers().get(key(first))) is not None and rest.islower():
        return number
    parts = [_numbers().get(part) for part in _people(line)]
    return sum(filter(None, parts)) if len(parts) > 1 and None not in parts else None


def _counted(line: str) -> Companions | None:
    """By the numbers in it, and the name that may stand beside one."""
    if between := _RANGE.fullmatch(line):
        return Companions(max(map(int, between.groups())), is_clear=False)
    numbers = [int(number) for number in _NUMBER.findall(line)]
    if not numbers:
        return None
    rest = clean_line(_NUMBER.sub(" ", line)).strip(" :,-()x+")
    names = tuple(filter(_is_name, _BETWEEN.split(rest))) if len(numbers) == 1 else ()
    is_clear = len(numbers) == 1 and numbers[0] >= len(names)
    return Companions(max(sum(numbers), len(names)), names, is_clear)


def _named(line: str) -> Companions:
    """By their names; other words are somebody too."""
    parts = _split(_PARENTHESES.sub(" ", line))
    there = [part for part in parts if key(part) and not says_yes(part)]
    names = tuple(part for part in there if _is_name(part))
    known = sum(1 for part in there if key(part) in _numbers())
    return Companions(max(len(there), 1), names, is_clear=len(names) + known == len(there) > 0)


def _people(line: str) -> list[str]:
    return [key(part) for part in _split(line)]


def _split(line: str) -> list[str]:
    """Between people: at a comma, at "and"."""
    parts: list[list[str]] = []
    for piece in _BETWEEN.split(line):
        parts.append([])
        for word in piece.split():
            if parts[-1] and key(word) in words("and"):
                parts.append([])
            else:
                parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _is_name(part: str) -> bool:
    return (
        may_be_name(part)
        and not part[:1].islower()
        and key(part) not in _numbers()
        and not says_yes(part)
    )


@cache
def _numbers() -> dict[str, int]:
    sections = load("cells.toml")["numbers"]
    return {word: int(number) for number, text in sections.items() for word in entries({"": text})}

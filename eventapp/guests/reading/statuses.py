"""What the words in a status column mean. The words themselves: statuses.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from eventapp.core.text import clean_line
from eventapp.guests.reading.refusals import NoSuchStatus
from eventapp.guests.reading.vocabulary import SIGNS, key, load, meanings, words
from eventapp.model import Status

FILE = "statuses.toml"
ARRIVED, NO_SHOW, INVITED = "arrived", "no_show", "invited"  # beside those of `Status`
BLANK, UNKNOWN, LEFT_OUT = "", "unknown", "left_out"

Meanings = Mapping[str, str]
"""What somebody said that a word means, a `Status` or LEFT_OUT, by its key."""

# Of several status columns, or of several words in one, the first of these that is there counts:
# an order that was cancelled has no ticket that is valid, and who came is in whatever is unpaid.
_STRONGEST = (
    *(Status.CANCELLED, Status.NOT_GOING, LEFT_OUT, ARRIVED, NO_SHOW),
    *(Status.WAITLISTED, Status.PENDING, INVITED, Status.MAYBE, Status.GOING),
)
_OURS = frozenset(map(str, Status))  # as our own export writes them
_MEANS_GOING = {ARRIVED: Status.GOING, NO_SHOW: Status.GOING}

# Answers as forms offer them: "Yes, I'll be there", "Sorry, can't make it". Not "si puedo".
_SENTENCE = re.compile(
    r"\W*(?:(?P<going>(?:yes|yep|yeah|sí|ja|oui|sim|sì)\b|si\s*[,.;:!])"
    r"|(?P<maybe>(?:maybe|perhaps|quizás?|tal vez|vielleicht|peut-être|talvez|potser|forse"
    r"|misschien)\b)"
    r"|(?P<not_going>(?:nein|nee|não|sorry|leider|helaas|désolé|unfortunately)\b"
    r"|(?:no|non|lo siento)\s*[,.;:!]))",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_BETWEEN = re.compile(r"\s*[/|;,·•–—]\s*|\s+-\s+|\s*\+\s+")
_NOTHING = re.compile(r"[-–—_/.,*'\"()\[\]{}|]+")
_NOT_NOTHING = ("no", "x", "tbc")  # in a status column
_PARTS_MOST = 4
STATUS_MOST = 200  # characters that are looked at


def as_meanings(said: Mapping[str, str]) -> Meanings:
    """What somebody said that words mean, by their keys. Raises NoSuchStatus."""
    for status in said.values():
        if status not in (*Status, "", LEFT_OUT):
            raise NoSuchStatus(status=status, statuses=", ".join(map(str, Status)))
    return {_key(word): status or LEFT_OUT for word, status in said.items()}


def read_status(cell: str, said: Meanings) -> str:
    """What a cell means: a `Status`, ARRIVED, NO_SHOW, INVITED, LEFT_OUT, BLANK or UNKNOWN."""
    line = clean_line(cell[:STATUS_MOST])
    if said and (mine := said.get(_key(line))) is not None:
        return mine
    return line if line in _OURS else _meaning(line)


def is_said(cell: str, said: Meanings) -> bool:
    """Whether somebody said what this word means: in `said`, or by our own name of a status."""
    line = clean_line(cell[:STATUS_MOST])
    return _key(line) in said or line in _OURS


def is_distinct(cell: str) -> bool:
    """Whether a cell says a status by a word that answers no other question, as yes and no do."""
    is_known = _meaning(clean_line(cell[:STATUS_MOST])) not in (BLANK, UNKNOWN)
    return is_known and not says_yes(cell) and not says_no(cell)


def says_yes(cell: str) -> bool:
    text = clean_line(cell[:STATUS_MOST])
    return key(text) in words("yes") or _signs().get(text) == Status.GOING


def says_no(cell: str) -> bool:
    text = clean_line(cell[:STATUS_MOST])
    return key(text) in words("no") or _signs().get(text) == Status.NOT_GOING


def strongest(statuses: Iterable[str]) -> str:
    """The one that counts of what several columns say."""
    there = set(statuses)
    return next((one for one in _STRONGEST if one in there), UNKNOWN if UNKNOWN in there else BLANK)


def status_of(meaning: str) -> str:
    """The `Status` of a guest whose status column means this."""
    return _MEANS_GOING.get(meaning, meaning) or Status.GOING


@lru_cache(4096)
def _meaning(line: str) -> str:
    if is_blank(line):
        return BLANK
    if found := _word(line) or _word(_PARENTHESES.sub("", line)):
        return found
    parts = [part for part in _BETWEEN.split(_PARENTHESES.sub("", line)) if part]
    read = [_word(part) for part in parts]
    if 2 <= len(parts) <= _PARTS_MOST and all(read):
        return strongest(filter(None, read))
    if sentence := _SENTENCE.match(line):
        return str(sentence.lastgroup)
    return UNKNOWN


def is_blank(line: str) -> bool:
    """Whether nothing stands there, or words that say so."""
    if not line or _NOTHING.fullmatch(line):
        return True
    return _key(line) in words("nothing") and line.casefold() not in _NOT_NOTHING


def _word(text: str) -> str | None:
    return _signs().get(text.strip()) or meanings(FILE).get(key(text))


def _key(text: str) -> str:
    return key(text) or text.strip()


@cache
def _signs() -> dict[str, str]:
    return {
        sign.strip(): meaning
        for meaning, languages in load(FILE).items()
        for sign in languages.get(SIGNS, "").split(",")
        if sign.strip()
    }

"""What a door shows of a guest's answers: those that organisers ticked, without contact details."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eventapp.core.text import normalize

_DIGITS_TOGETHER = re.compile(r"\d(?:(?:[^\w:;,]|_|,(?!\s))*\d)*")  # with what groups them
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE = re.compile(rf"{_YEAR}-{_MONTH}-{_DAY}|{_DAY}([./-]){_MONTH}\1{_YEAR}")
_PHONE_DIGITS_LEAST = 7
_AT_IN_WORDS = re.compile(
    r"[\[({<]\s*(?:at|arroba)\s*[\])}>]"
    r"|\b(?:at|arroba)\s+[\w-]+(?:\.|\s+(?:dot|punto)\s+)\w{2,}",
    re.IGNORECASE,
)


def shown_answers(ticked: Sequence[str], answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The answers under these headings that a door may see, with their headings."""
    given = ((heading, answers.get(heading, "")) for heading in ticked)
    return [line for line in given if line[1] and not has_contact_details(line[1])]


def has_contact_details(words: str) -> bool:
    """Whether an address or a phone number seems to be among these words: helpers never see one,
    whatever it was typed into.
    """
    plain = normalize("NFKC", words)
    if "@" in plain or _AT_IN_WORDS.search(plain):
        return True
    return any(map(_may_be_phone_number, _DIGITS_TOGETHER.findall(plain)))


def _may_be_phone_number(digits: str) -> bool:
    """A date is none, if it is whole and no digit stands beside it."""
    count = sum(char.isdigit() for char in digits)
    return count >= _PHONE_DIGITS_LEAST and not _DATE.fullmatch(digits)

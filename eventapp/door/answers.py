"""What a door shows of a guest's answers: those that organisers ticked, if they reach nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eventapp.core.text import normalize

_DATE = re.compile(r"\b(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d))\b")
_SEVEN_DIGITS = re.compile(r"\d(?:[\s()./·–-]*\d){6}")  # as people group those of a number


def shown_answers(ticked: Sequence[str], answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The answers under these headings that a door may see, with their headings."""
    given = ((heading, answers.get(heading, "")) for heading in ticked)
    return [(heading, words) for heading, words in given if words and not reaches_somebody(words)]


def reaches_somebody(words: str) -> bool:
    """Whether an address or a phone number seems to be among these words: helpers never see one,
    whatever it was typed into.
    """
    plain = normalize("NFKC", words)
    return "@" in plain or _SEVEN_DIGITS.search(_DATE.sub(" ", plain)) is not None

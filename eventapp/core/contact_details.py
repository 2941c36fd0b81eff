"""Whether a text says how to reach somebody: an email or a postal address, or a phone number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

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
_NAME = r"(?:[^\W\d]+\W+){0,5}?"  # of a street, after a blank
_STREET = re.compile(
    # calle Mayor 5, Rue de la Paix 12, C/ Mayor, 5
    r"\b(?:calle|avenida|avda|plaza|pza|paseo|carrer|camino|ronda|travesía|rue|boulevard|via|viale"
    rf"|piazza|rua|praça|avenue)\b\W+{_NAME}(?:n[º°.]?\s*)?\d|\bc/\s*{_NAME}\d"
    # 10 Downing Street, 221b Baker St.
    rf"|\b\d+[a-z]?\s+{_NAME}(?:street|st|road|rd|avenue|ave|lane|drive|square|court)\b(?=\W*$|[,.;])"
    # Lange Straße 7, Hauptstr. 7, Marktplatz 7
    r"|\w(?:straße|strasse|str\.|platz|gasse|allee)\s+\d|\bstra(?:ß|ss)e\s+\d"
    # 28013 Madrid, 1017 AB Amsterdam, SW1A 2AA
    r"|(?-i:\b\d{5}\s+[A-ZÀ-Þ][^\W\d_]{2,}|\b\d{4}\s?[A-Z]{2}\s+[A-Z][a-z]{2,})"
    r"|(?-i:\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b)",
    re.IGNORECASE,
)


def has_contact_details(words: str) -> bool:
    """Whether an address or a phone number seems to be among these words: door helpers never see
    one, whatever it was typed into.
    """
    plain = normalize("NFKC", words)
    if "@" in plain or _AT_IN_WORDS.search(plain) or _STREET.search(plain):
        return True
    return any(map(_may_be_phone_number, _DIGITS_TOGETHER.findall(plain)))


def _may_be_phone_number(digits: str) -> bool:
    """A date is none, if it is whole and no digit stands beside it."""
    count = sum(char.isdigit() for char in digits)
    return count >= _PHONE_DIGITS_LEAST and not _DATE.fullmatch(digits)


LOOKED_AT_MOST = 100  # answers to one question


def titles_of_contacts(answers: Iterable[Mapping[str, str]]) -> set[str]:
    """The titles under which at least half of the answers are contact details."""
    filled: Counter[str] = Counter()
    contacts: Counter[str] = Counter()
    for given in answers:
        for title, words in given.items():
            if words and filled[title] < LOOKED_AT_MOST:
                filled[title] += 1
                contacts[title] += has_contact_details(words)
    return {title for title, count in contacts.items() if 0 < filled[title] <= 2 * count}

"""What somebody is called by: the large line of their badge. The rest of the name is below it."""

from __future__ import annotations

import re

from eventapp.core.person_name import PersonName, split_name

_IN_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")


def called_and_rest(name: str) -> tuple[str, str]:
    """`Ana` and `Ruiz Gil`: the given name, and the rest, in which titles and suffixes are; emoji
    stay with what they are beside.

    The whole name, and nothing, where nobody is called by a part of it: where the family name
    comes first, as in Han and Hangul, where there is no other, or the given name is an initial.
    """
    parts = split_name(_IN_BRACKETS.sub(" ", name))
    called = _called(name, parts)
    if not called:
        return name, ""
    before, _, after = name.partition(called)
    if not _has_letters(after):
        called, after = called + after, ""
    if not _has_letters(before):
        called, before = before + called, ""
    return called, f"{before.rstrip(', ')} {after.lstrip(', ')}".strip()


def _called(name: str, parts: PersonName) -> str:
    """A part of the name as it is written; empty if it is the whole."""
    given, family = name.find(parts.given), name.find(parts.family)
    if not parts.family or given < 0 or not _is_word(parts.given):
        return ""
    begins = family if 0 <= family < given and "," not in name[family:given] else given
    return name[begins : given + len(parts.given)]


def _is_word(given: str) -> bool:
    return any(len(word.rstrip(".")) > 1 for word in given.split())


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)

"""Text that people type: to show on one line, to search, to compare as an address."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l

_APOSTROPHES = "'’‘‛ʼʻʹ`´′＇"  # they join letters: O'Brien is one word
_FOLDED = (
    str.maketrans("łøđðħıŋŧ", "loddhint", _APOSTROPHES)  # what Unicode does not decompose
    | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})
)
_FOLDED_ASCII = str.maketrans(
    {
        char: char.lower() if char.isalnum() else "" if char in _APOSTROPHES else " "
        for char in map(chr, range(128))
    }
)
_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols that are invisible
_VARIATION_SELECTORS = "".join(map(chr, range(0xFE00, 0xFE10)))
MARKS_MOST = 30  # on one letter: all that any language writes (UAX 15, Stream-Safe Text Format)
EMAIL_MOST = 254  # characters of an address (RFC 5321)
_PASTED_ALONG = " \t\r\n\u00a0\u200b\u200e\u200f\u202a\u202c\u2060\u2066\u2068\u2069\ufeff"
_ALIKE_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})


def normalize(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """A Unicode normal form, in linear time: ordering the combining marks of one letter takes
    quadratic time in their number, so those after MARKS_MOST are dropped.
    """
    if text.isascii():
        return text
    if sum(map(_marks_in, text)) <= MARKS_MOST:
        return unicodedata.normalize(form, text)
    kept, marks = [], 0
    for char in text:
        more = _marks_in(char)
        marks = marks + more if more else 0
        if marks <= MARKS_MOST:
            kept.append(char)
    return unicodedata.normalize(form, "".join(kept))


@lru_cache(4096)
def _marks_in(char: str) -> int:
    """How many combining marks this is, decomposed; 0 if it begins with a letter."""
    decomposed = unicodedata.normalize("NFKD", char)
    return len(decomposed) if unicodedata.combining(decomposed[0]) else 0


def clean_line(text: str) -> str:
    """The visible text on one line: NFC, single spaces, no invisible characters.

    Removes control and format characters (bidirectional overrides, zero-width spaces) and blank
    letters. Keeps the joiners that emoji and several scripts need.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = normalize("NFC", text)
    kept = "".join(_visible(char, before) for before, char in pairwise(" " + composed))
    return " ".join(normalize("NFC", kept).split())


def _visible(char: str, before: str) -> str:
    if char.isspace():
        return " "
    if char in _ZERO_WIDTH_JOINERS:
        return char if _may_be_joined(before) else ""
    if char in _BLANK_LETTERS or unicodedata.category(char) in ("Cc", "Cf", "Cs"):
        return ""
    return char


def _may_be_joined(char: str) -> bool:
    """Whether a joiner has a meaning after it: emoji, Arabic, Indic; not Latin."""
    category = unicodedata.category(char)
    return category in ("Lo", "Mc", "So", "Sk") or (category == "Mn" and not _is_accent(char))


def fold(text: str) -> str:
    """The search key of a text: "Núria O'Brien-Łuk" is `nuria obrien luk`.

    Case, accents and apostrophes are dropped; everything else that is no letter or digit becomes
    one space. Scripts other than Latin keep their letters, and the signs that form them.
    Idempotent.
    """
    if text.isascii():
        return " ".join(text.translate(_FOLDED_ASCII).split())
    folded = text.translate(_FOLDED)
    for _ in range(2):  # a case-folded letter may decompose once more
        folded = normalize("NFKD", folded).casefold().translate(_FOLDED)
    return " ".join(normalize("NFC", folded.translate(_SEARCHED)).split())


def fold_but_signs(text: str) -> str:
    """As `fold`, but signs tell two texts apart: `C`, `C++` and `C#`."""
    line = clean_line(text).translate(_FOLDED)
    signs = "".join(char for char in line if _searched(char) == " " and not char.isspace())
    return f"{fold(text)} {signs}".strip()


def words(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    return fold(text).split()


def _searched(char: str) -> str:
    if char.isalnum():
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Me") or _is_accent(char) or char in _VARIATION_SELECTORS:
        return ""
    return char if category in ("Mn", "Mc") else " "


class _Searched(dict[int, str]):
    """The same of each character that was asked, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = _searched(chr(code))
        return self[code]


_SEARCHED = _Searched()


def _is_accent(char: str) -> bool:
    """Whether a mark is only an accent, by its Canonical_Combining_Class: not the vowel signs of
    Indic scripts (0), their nuktas and viramas (7, 9) or the voicing of kana (8).
    """
    return unicodedata.combining(char) not in (0, 7, 8, 9)


class InvalidEmail(Refusal):
    code = "email"
    message = _l("“%(address)s” isn't an address that email can reach.")


class LookAlikeEmail(InvalidEmail):
    message = _l("“%(address)s” mixes letters that look alike. Please type it again.")


def normal_email(address: str) -> str:
    """The address as it is stored and shown: trimmed, its domain in lower case and Unicode.

    Nothing is looked up. Raises InvalidEmail for what RFC 5321/6531 or the registries of
    special-use domains rule out, and for what could be mistaken for another address: full-width
    forms, ligatures, mixed alphabets before or after the @.
    """
    typed = address.strip(_PASTED_ALONG)
    try:
        if len(typed) > EMAIL_MOST:
            raise EmailNotValidError
        found = validate_email(typed, check_deliverability=False)
    except EmailNotValidError as no:
        raise InvalidEmail(address=clean_line(address[:EMAIL_MOST])[:80]) from no
    if _is_look_alike(typed, found.local_part, found.domain):
        raise LookAlikeEmail(address=clean_line(address)[:80])
    return found.normalized


def email_on_the_wire(address: str) -> str:
    """A normal address as every mail server takes it: its domain in ASCII (IDNA, RFC 5891).

    The part before the @ stays: if it is not ASCII, it needs SMTPUTF8 (RFC 6531).
    """
    local_part, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    found = validate_email(address, check_deliverability=False)
    return f"{local_part}@{found.ascii_domain}"


def email_key(address: str) -> str:
    """The identity of a mailbox: the normal address, case-folded.

    Dots and plus signs count: only the mailbox's own host knows their meaning. Raises InvalidEmail.
    """
    return normal_email(address).casefold()


def _is_look_alike(typed: str, local_part: str, domain: str) -> bool:
    composed = normalize("NFC", typed)
    has_compatibility_forms = normalize("NFKC", composed) != composed
    return has_compatibility_forms or _mixes_scripts(local_part) or _mixes_scripts(domain)


def _mixes_scripts(text: str) -> bool:
    """Whether it mixes letters of several alphabets with similar shapes (UTS 39)."""
    scripts = {unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha()}
    return len(scripts & _ALIKE_SCRIPTS) > 1

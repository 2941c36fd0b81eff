"""What an address book wants of a name, which it sorts by family name: the rules, in their order.

0. Who set the two on their card is right: they may go by another name.
1. Symbols, such as emoji, are no part of it; the whole name keeps them.
2. Titles before it and suffixes after it are apart: Dr., Dña., Mme; Jr., III, PhD.
3. With a comma, the family name is before it: `Gil Ruiz, Ana`.
4. In Han, kana or Hangul the family name is first, with a space or without. Without one it is one
   character, or two of a known surname; a name that is only kana is a given name.
5. Else the first word is given, with the next if both are a usual pair (José Luis, María del Mar),
   and at most two surnames remain, as in Spanish. A particle stays with the word after it (de la
   Fuente, van der Berg, al-Rashid), and a conjunction joins two surnames (Puig i Soler). Abdul
   and Abu are half a given name.
6. One word is a given name.

One cannot do better without asking: so they may say it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from eventapp.core.text import clean_line, fold

_TITLES = re.compile(
    r"(?:dra?|prof|mr|mrs|ms|mx|sra?|srta|dna|mme|mlle|rev)\.?|(?:ing|lic|arq)\."
    "|professor|profesora?|herr|frau|sir|dame"
)
_SUFFIXES = re.compile("jr|sr|junior|senior|i{2,3}|iv|vi{0,3}|ph ?d|md|msc|mba|esq|dds|rn|hijo")
_PARTICLES = re.compile(
    "de|del|della|di|du|des|da|das|do|dos|la|las|los|le|el|al|ap|van|von|vom|vander|vanden|zu|zur"
    "|der|den|ten|ter|het|t|bin|bint|ibn|ben|abu|abd|mc|mac|st|san|santa"
)
_SERVANT_OR_FATHER = re.compile("abd|abd[aeu]l|abu|عبد|[اأ]بو")  # of whom the next word names
_CONJUNCTIONS = re.compile("y|i|e")
_SECOND_GIVEN_NAMES = re.compile(
    "alberto|angel|angeles|antonia|antonio|carlos|carmen|cristina|enrique|fernando|francisco"
    "|ignacio|isabel|javier|jesus|jose|juan|luis|luisa|manuel|maria|miguel|pedro|pilar|rosa"
    "|teresa|victoria"
)
_EASTERN = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff・ ]+")
_HAN_OR_HANGUL = re.compile("[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]{2,5}")
_HAN_SURNAMES = (
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐"
    " 宇文 长孙 長孫 司徒 司空 夏侯 端木 轩辕 軒轅 独孤 獨孤 南宫 南宮 西门 西門"
)
_HANGUL_SURNAMES = "남궁 황보 제갈 사공 선우 서문 독고 동방"
_TWO_CHARACTERS = frozenset(f"{_HAN_SURNAMES} {_HANGUL_SURNAMES}".split())


class PersonName(NamedTuple):
    """The parts of a vCard's N, and of the columns of address books."""

    given: str
    family: str = ""
    prefix: str = ""
    suffix: str = ""


def split_name(name: str, *, given: str = "", family: str = "") -> PersonName:
    """The parts of a name; with `given` and `family`, as its owner says."""
    words = _without_symbols(name).split()
    before, words = _titles(words)
    words, after = _suffixes(words)
    if given or family:
        return PersonName(given, family, " ".join(before), " ".join(after))
    family, _, given = (part.strip() for part in " ".join(words).partition(","))
    if family and given:
        more, words = _titles(given.split())
        before, given = [*before, *more], " ".join(words)
    else:
        given, family = _given_and_family(" ".join(words))
    return PersonName(given, family, " ".join(before), " ".join(after))


def are_parts_of(name: str, given: str, family: str) -> bool:
    """Whether these two are the whole name, but for titles and suffixes, in either order."""
    _, words = _titles(_without_symbols(name).split())
    whole = _letters("".join(_suffixes(words)[0]))
    return whole != "" and whole in (_letters(given + family), _letters(family + given))


def _letters(text: str) -> str:
    return fold(text).translate({ord(" "): None, ord(","): None})


def _without_symbols(name: str) -> str:
    """The name without emoji and what joins and varies them."""
    if name.isascii():
        return name
    kept = "".join(
        " " if unicodedata.category(char) in ("So", "Sk", "Cn") and not char.isascii() else char
        for char in name
        if char not in "\ufe0e\ufe0f\u20e3"
    )
    return clean_line(kept)


def _titles(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles, and the rest: a title alone is a name."""
    end = 0
    while end < len(words) - 1 and _TITLES.fullmatch(_title(words[end])):
        end += 1
    return words[:end], words[end:]


def _title(word: str) -> str:
    return fold(word) + "." * word.endswith(".")


def _suffixes(words: list[str]) -> tuple[list[str], list[str]]:
    """The rest, and the suffixes, with the comma before them left out."""
    start = len(words)
    while start > 2 and _SUFFIXES.fullmatch(fold(words[start - 1])):
        start -= 1
    rest, after = words[:start], words[start:]
    if after and rest[-1].endswith(","):
        rest = [*rest[:-1], rest[-1].rstrip(",")]
    return rest, [word.rstrip(",") for word in after]


def _given_and_family(name: str) -> tuple[str, str]:
    if _EASTERN.fullmatch(name):
        return _eastern(name)
    parts = _parts(name)
    has_two = len(parts) > 2 and _is_second_given_name(parts[0], parts[1])
    count = max(2 if has_two else 1, len(parts) - 2)
    return " ".join(parts[:count]), " ".join(parts[count:])


def _eastern(name: str) -> tuple[str, str]:
    family, _, given = name.partition(" ")
    if given:
        return given, family
    if not _HAN_OR_HANGUL.fullmatch(name):
        return name, ""
    length = 2 if name[:2] in _TWO_CHARACTERS and len(name) > 2 else 1
    return name[length:], name[:length]


def _parts(name: str) -> list[str]:
    parts: list[str] = []
    is_open = False  # the last part waits for the word it belongs to
    words = name.split()
    for word in words:
        key = fold(word)
        ties = _CONJUNCTIONS.fullmatch(key)
        is_first = not parts
        if is_open or (ties and len(parts) > 1):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        is_open = bool(ties or _PARTICLES.fullmatch(key))
        if is_first:
            is_open = _begins_a_compound(word, key, len(words))
    return parts


def _begins_a_compound(word: str, key: str, count: int) -> bool:
    """عبد الله is one name; Abdul Khan are two, as Latin letters do not say."""
    return bool(_SERVANT_OR_FATHER.fullmatch(key)) and (count > 2 or not word.isascii())


def _is_second_given_name(first: str, second: str) -> bool:
    is_devotion = fold(first) in ("maria", "ma") and re.match("del? ", fold(second))
    return bool(is_devotion or _SECOND_GIVEN_NAMES.fullmatch(fold(second)))

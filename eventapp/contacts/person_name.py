"""Split a name for address books, which sort by family name."""

from __future__ import annotations

import re

from eventapp.core.text import fold

_PARTICLES = re.compile("de|del|la|las|los|el|da|das|do|dos|di|du|van|von|der|den|ter|bin|ibn|al")
_CONJUNCTIONS = re.compile("y|i|e")
_SECOND_GIVEN_NAMES = re.compile(
    "alberto|angel|angeles|antonia|antonio|carlos|carmen|cristina|enrique|fernando|francisco"
    "|ignacio|isabel|javier|jesus|jose|juan|luis|luisa|manuel|maria|miguel|pedro|pilar|rosa"
    "|teresa|victoria"
)


def split_name(name: str) -> tuple[str, str]:
    """Given and family name, which joined are the name again. One word is a given name.

    A particle stays with the word after it (de la Fuente), and a conjunction joins two surnames
    (Puig i Soler). The first word is the given name, with the next if both are a usual pair (José
    Luis, María del Mar), and at most two surnames remain, as in Spanish. One cannot do better
    without asking: the whole name is kept as well.
    """
    parts = _parts(name)
    has_two = len(parts) > 2 and _is_second_given_name(parts[0], parts[1])
    given = max(2 if has_two else 1, len(parts) - 2)
    return " ".join(parts[:given]), " ".join(parts[given:])


def _parts(name: str) -> list[str]:
    parts: list[str] = []
    is_open = False  # the last part waits for the word it belongs to
    for word in name.split():
        key = word.casefold()
        ties = _CONJUNCTIONS.fullmatch(key)
        is_first = not parts
        if is_open or (ties and len(parts) > 1):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        is_open = not is_first and bool(ties or _PARTICLES.fullmatch(key))
    return parts


def _is_second_given_name(first: str, second: str) -> bool:
    is_devotion = fold(first) in ("maria", "ma") and re.match("del? ", fold(second))
    return bool(is_devotion or _SECOND_GIVEN_NAMES.fullmatch(fold(second)))

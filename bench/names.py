"""Names as guests have them, from six countries; the same ones on every machine."""

from __future__ import annotations

import random

from bench.countries import COUNTRIES, Country


def names(count: int, seed: int = 42) -> list[str]:
    """So many whole names, from all countries alike: some with two surnames or two first names,
    some with "de la".
    """
    chance = random.Random(seed)
    return [_name(chance, chance.choice(COUNTRIES)) for _ in range(count)]


def _name(chance: random.Random, country: Country) -> str:
    first = chance.sample(country.first, 2 if chance.random() < country.has_two_first_names else 1)
    last = chance.sample(country.last, 2 if chance.random() < country.has_two_surnames else 1)
    if chance.random() < country.has_particle:
        last[0] = f"{chance.choice(country.particles)} {last[0]}".replace("’ ", "’")
    return " ".join((*first, *last))

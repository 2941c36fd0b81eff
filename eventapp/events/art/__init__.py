"""Art for an event without a cover: a table at an evening out, seen from above. Glasses that
overlap, ice, a slice of citrus, a speech bubble: the motif of our own share picture.

A design is a seed and a palette. `table` makes shapes of it; `svg` and `raster` draw them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from eventapp.events.art.palette import PALETTES

_NAME = re.compile(r"([0-9a-f]{8})([0-9])")


@dataclass(frozen=True)
class Design:
    seed: int
    palette: int

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.seed:08x}{self.palette}"


def design_of(slug: str, palette: int) -> Design:
    return Design(int.from_bytes(hashlib.sha256(slug.encode()).digest()[:4]), palette)


def design_named(name: str) -> Design | None:
    """The design that stands in an address."""
    found = _NAME.fullmatch(name)
    if not found or int(found[2]) >= len(PALETTES):
        return None
    return Design(int(found[1], 16), int(found[2]))

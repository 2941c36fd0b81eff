"""The colours of art, and which events have which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

NEIGHBOURS = 3  # before it in a list: a card's row, and the card above it


class Palette(NamedTuple):
    ground: str
    beer: str  # the two large glasses
    wine: str
    spritz: str  # the two smaller ones
    tonic: str
    light: str  # where the two large glasses overlap
    bubble: str
    peel: str
    pith: str


PALETTES = tuple(
    Palette(*row.split())
    for row in (
        "#3f1647 #ffab2e #d92f6d #8c3a8f #ff7a4d #fff3e0 #ff7a4d #ffab2e #fff3e0",  # plum
        "#ffc857 #e4572e #7b1e4b #fff1d0 #f29e4c #ff9f6b #fffaf0 #5f9e4a #f3f7c9",  # amber
        "#12656b #ffb83d #f2675c #6cc3a8 #2b8d8a #fff0d4 #f7dfbd #ffd23f #fff8dc",  # teal
        "#ff8f70 #ffd97a #8a2253 #fff0e0 #e2496b #ffb65c #fff6ea #ffb000 #fff3c4",  # coral
        "#bfe0f2 #2f55a4 #ff8b5c #ffffff #f2557d #ffd0a8 #1f3b78 #ff9d2e #fff0cf",  # sky
        "#2c3285 #ff9fb5 #ffc24b #6c79e6 #45c4b4 #fff0dc #45c4b4 #ffd84d #fffbe0",  # indigo
        "#cfe2a4 #2f7d55 #ffb53a #fbf7dc #e85d4c #e9efa0 #e85d4c #6fa83a #f6f9d6",  # lime
        "#ffccd5 #c2185b #ff8f45 #7b3294 #fff4e8 #ffd3a6 #7b3294 #ff7f50 #fff1e2",  # rose
    )
)


def palette_of(event_id: int) -> int:
    """Events that were made one after another have different ones."""
    return event_id * 3 % len(PALETTES)


def palettes_beside(event_ids: Iterable[int]) -> dict[int, int]:
    """A palette for each event of a list, in its order: the event's own, or the next one that none
    of its NEIGHBOURS has.
    """
    chosen: dict[int, int] = {}
    for event_id in event_ids:
        palette, taken = palette_of(event_id), list(chosen.values())[-NEIGHBOURS:]
        while palette in taken:
            palette = (palette + 1) % len(PALETTES)
        chosen[event_id] = palette
    return chosen


def mixed(one: str, other: str) -> str:
    """Two drinks in one: a little darker than halfway between their colours."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round((a + b) / 2 * 0.94):02x}" for a, b in pairs)


def channels(colour: str) -> list[int]:
    """Red, green and blue, from 0 to 255."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def is_pale(colour: str) -> bool:
    return min(channels(colour)) >= 200


def readable_on(colour: str) -> str:
    """Cream or plum, whichever stands out."""
    red, green, blue = channels(colour)
    return "#fff3e0" if 0.299 * red + 0.587 * green + 0.114 * blue < 150 else "#3f1647"

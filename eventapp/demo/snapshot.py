"""Draws what a guest's phone might have kept of an evening: people around a table, below a string
of lights, out of focus.
"""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 640
WALLS = ("#2d1b33", "#1f2a3d", "#33231c", "#20302a")
CLOTHES = ("#7b2d43", "#2f5d62", "#8a5a2b", "#4b3f72", "#5c6b3c", "#a3485a")
SKIN = ("#f1c7a5", "#d9a07a", "#a96f4b", "#7a4a30", "#e8b592")
HAIR = ("#1d1513", "#4a2c1a", "#8b5a2b", "#c9a15d", "#55504f")
LIGHTS = ("#ffd27a", "#ffb84d", "#fff0c2")
WOOD, SHADE, BEER, WINE, FOAM = "#9c6335", "#6f4322", "#f0a830", "#8c1f3f", "#fff4dc"
TABLE_AT = 470  # from the top

Box = tuple[float, float, float, float]


def snapshot(seed: int) -> Image.Image:
    """The same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  no secret
    picture = Image.new("RGB", (WIDTH, HEIGHT), chance.choice(WALLS))
    _lights(picture, chance)
    picture = picture.filter(ImageFilter.GaussianBlur(7))
    pen = ImageDraw.Draw(picture)
    people = chance.randint(4, 6)
    for place in range(people):
        _person(pen, (place + 0.5) * WIDTH / people + chance.randint(-25, 25), chance)
    picture = picture.filter(ImageFilter.GaussianBlur(3))
    _table(ImageDraw.Draw(picture), chance)
    return picture.filter(ImageFilter.GaussianBlur(1))


def _lights(picture: Image.Image, chance: random.Random) -> None:
    """Two strings of them, that hang through."""
    pen = ImageDraw.Draw(picture)
    for top in (30, 95):
        sags, begins = chance.randint(40, 90), chance.randint(0, 60)
        for x in range(begins, WIDTH, 62):
            y = top + sags * math.sin(math.pi * x / WIDTH)
            pen.ellipse(_round(x, y, chance.randint(9, 19)), fill=chance.choice(LIGHTS))


def _person(pen: ImageDraw.ImageDraw, x: float, chance: random.Random) -> None:
    """Hair, a face, and shoulders that the table cuts off."""
    head, wide = chance.randint(44, 54), chance.randint(84, 104)
    y = TABLE_AT - chance.randint(190, 235)
    pen.ellipse(_round(x, y - 10, head * 1.12), fill=chance.choice(HAIR))
    shoulders = (x - wide, y + head * 0.9, x + wide, TABLE_AT + 80)
    pen.rounded_rectangle(shoulders, radius=60, fill=chance.choice(CLOTHES))
    pen.ellipse(_round(x + chance.randint(-6, 6), y + 8, head * 0.9), fill=chance.choice(SKIN))


def _table(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    pen.rectangle((0, TABLE_AT, WIDTH, HEIGHT), fill=WOOD)
    pen.rectangle((0, TABLE_AT, WIDTH, TABLE_AT + 8), fill=SHADE)
    for x in range(70, WIDTH, 130):
        _glass(pen, x + chance.randint(-30, 30), chance)


def _glass(pen: ImageDraw.ImageDraw, x: float, chance: random.Random) -> None:
    foot, tall = TABLE_AT + chance.randint(50, 110), chance.randint(85, 110)
    pen.ellipse((x - 30, foot - 9, x + 34, foot + 11), fill=SHADE)
    is_beer = chance.random() < 0.7
    fill = BEER if is_beer else WINE
    pen.rounded_rectangle((x - 24, foot - tall, x + 24, foot), radius=9, fill=fill)
    if is_beer:
        foam = (x - 26, foot - tall - 10, x + 26, foot - tall + 18)
        pen.rounded_rectangle(foam, radius=12, fill=FOAM)


def _round(x: float, y: float, radius: float) -> Box:
    return (x - radius, y - radius, x + radius, y + radius)

"""The picture that a shared link unfolds with: above the event's cover or its art, below it what,
when and where.

Some chats show all of it, others the square in its middle: all words stand in that.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageDraw, ImageOps

from eventapp.events.art import Design
from eventapp.events.art.raster import picture_of
from eventapp.model import Focus
from eventapp.ui.lettering import LEADING, Face, face, fitted

WIDTH, HEIGHT = 1200, 630  # what chats and networks ask for
BAND = 316  # the height of the picture
MARGIN = 14  # above and below the words
TEXT_WIDTH = HEIGHT - 2 * 26  # within the square
BYTES_MOST = 300_000  # WhatsApp shows none that is larger
PAPER, INK, SOFT, ACCENT = "#fff8ef", "#2b1630", "#6b5570", "#a3124f"
TITLE_SIZES = range(94, 38, -6)
COLOURS = (256, 96, 48)  # fewer until it is small enough
PALETTE_FROM = 4  # the colours are chosen from so many times fewer pixels a side
KEPT_MOST = 64  # 100 kB each, in each process

SHARES = {  # how much of what does not fit is cut off at the left, and at the top
    focus: (column / 2, row / 2)
    for (row, column), focus in zip(
        ((r, c) for r in range(3) for c in range(3)), Focus, strict=True
    )
}


@dataclass(frozen=True)
class Words:
    title: str
    when: str
    where: str
    community: str


@dataclass(frozen=True)
class Line:
    letters: Face
    text: str
    colour: str
    leading: float

    @property
    def height(self) -> float:
        return self.letters.size * self.leading


def drawn_with_art(words: Words, design: Design) -> bytes:
    whole = picture_of(design, WIDTH)
    top = (whole.height - BAND) // 2
    return _drawn(words, whole.crop((0, top, WIDTH, top + BAND)), Image.Dither.NONE)


def drawn_with_cover(words: Words, file: bytes, focus: str) -> bytes:
    with Image.open(BytesIO(file)) as cover:
        band = ImageOps.fit(cover.convert("RGB"), (WIDTH, BAND), centering=SHARES[Focus(focus)])
    return _drawn(words, band, Image.Dither.FLOYDSTEINBERG)


def _drawn(words: Words, band: Image.Image, dither: Image.Dither) -> bytes:
    canvas = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas.paste(band)
    pencil = ImageDraw.Draw(canvas)
    lines = _lines(words)
    y = BAND + (HEIGHT - BAND - sum(line.height for line in lines)) / 2
    for line in lines:
        y += line.height
        baseline = y - line.letters.size * (line.leading - 0.72) / 2
        left = (WIDTH - line.letters.width(line.text)) / 2
        line.letters.draw(pencil, line.text, (left, baseline), line.colour)
    return _png(canvas, dither)


def _lines(words: Words) -> list[Line]:
    """Without those of which no letter can be drawn. The title gets the room that they leave it."""
    when = _small(face(600, 27), words.when, ACCENT)
    where = _small(face(500, 25), words.where, SOFT, rows=2)
    community = _small(face(500, 25), words.community, SOFT)
    room = HEIGHT - BAND - 2 * MARGIN
    room_left = room - sum(line.height for line in (*when, *where, *community))
    letters, lines = fitted(words.title, 800, sizes=TITLE_SIZES, width=TEXT_WIDTH, height=room_left)
    title = (Line(letters, line, INK, LEADING) for line in lines)
    return [*when, *title, *where, *community]


def _small(letters: Face, text: str, colour: str, *, rows: int = 1) -> list[Line]:
    wrapped = letters.wrapped(letters.drawable(text), TEXT_WIDTH)
    lines = letters.cut(wrapped, rows, TEXT_WIDTH)
    return [Line(letters, line, colour, 1.4) for line in lines]


def _png(canvas: Image.Image, dither: Image.Dither) -> bytes:
    few = canvas.reduce(PALETTE_FROM)
    for colours in COLOURS:
        file = BytesIO()
        palette = few.quantize(colours, Image.Quantize.MEDIANCUT)
        canvas.quantize(palette=palette, dither=dither).save(file, "PNG", compress_level=6)
        if file.tell() <= BYTES_MOST:
            break
    return file.getvalue()


_kept: OrderedDict[str, bytes] = OrderedDict()
_one_at_a_time = Lock()


def kept(version: str, draw: Callable[[], bytes]) -> bytes:
    """The picture of this version, drawn at most once in this process while it is among the
    KEPT_MOST that were asked for last. Not in the database: a GET writes nothing.
    """
    with _one_at_a_time:
        if version not in _kept:
            _kept[version] = draw()
        _kept.move_to_end(version)
        if len(_kept) > KEPT_MOST:
            _kept.popitem(last=False)
        return _kept[version]

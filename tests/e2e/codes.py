"""QR codes as a camera sees them at a door: tilted, from the side, dark, small, blurred."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

SIZE = (1280, 720)
FRAMES_A_SECOND = 30  # Chromium plays every MJPEG file at this rate
TABLE = (126, 118, 108)
MARK = 40  # the side of one bit of a frame's number
GAP = 0  # the number of frames between scenes
MARK_BITS = 6


def code(content: str | bytes, *, side: int = 360) -> Image.Image:
    """A QR code with its quiet zone, about `side` pixels wide."""
    made = segno.make(content, error="m", micro=False)
    scale = max(1, side // made.symbol_size(border=4)[0])
    file = io.BytesIO()
    made.save(file, kind="png", scale=scale, border=4)
    return Image.open(file).convert("RGB")


def on_table(picture: Image.Image) -> Image.Image:
    scene = Image.new("RGB", SIZE, TABLE)
    mask = picture.getchannel("A") if picture.mode == "RGBA" else None
    at = ((SIZE[0] - picture.width) // 2, (SIZE[1] - picture.height) // 2)
    scene.paste(picture.convert("RGB"), at, mask)
    return scene


def plain(content: str | bytes) -> Image.Image:
    return on_table(code(content))


def small(content: str | bytes) -> Image.Image:
    return on_table(code(content, side=170))


def tilted(content: str | bytes) -> Image.Image:
    turned = code(content).convert("RGBA").rotate(25, Image.Resampling.BICUBIC, expand=True)
    return on_table(turned)


def upside_down(content: str | bytes) -> Image.Image:
    return on_table(code(content).rotate(180))


def from_the_side(content: str | bytes) -> Image.Image:
    picture = code(content, side=420).convert("RGBA")
    side = picture.width
    # Where the picture's corners come from: its right edge is farther away.
    narrowed = (1.25, 0.05, -20.0, 0.22, 1.18, -55.0, 0.22 / side, 0.05 / side)
    return on_table(
        picture.transform(
            (side, side), Image.Transform.PERSPECTIVE, narrowed, Image.Resampling.BICUBIC
        )
    )


def dark(content: str | bytes) -> Image.Image:
    return with_grain(ImageEnhance.Brightness(plain(content)).enhance(0.16), 6)


def pale(content: str | bytes) -> Image.Image:
    return ImageEnhance.Brightness(ImageEnhance.Contrast(plain(content)).enhance(0.3)).enhance(1.2)


def blurred(content: str | bytes) -> Image.Image:
    return plain(content).filter(ImageFilter.GaussianBlur(3.2))


def inverted(content: str | bytes) -> Image.Image:
    return on_table(ImageOps.invert(code(content)))


def in_a_bad_way(content: str | bytes) -> Image.Image:
    """Tilted, out of focus, and dark, with the grain that a camera has then."""
    dim = ImageEnhance.Brightness(tilted(content)).enhance(0.3)
    return with_grain(dim.filter(ImageFilter.GaussianBlur(2)), 8)


def with_grain(scene: Image.Image, strength: int) -> Image.Image:
    noise = Image.effect_noise(SIZE, strength * 2).convert("RGB")
    return Image.blend(scene, Image.blend(scene, noise, 0.5), 0.2)


WAYS: list[Callable[[str | bytes], Image.Image]] = [
    plain, tilted, small, from_the_side, dark, blurred, inverted, upside_down, pale, in_a_bad_way,
]  # fmt: skip


def shuffled(seed: int, times: int) -> list[Callable[[str | bytes], Image.Image]]:
    """Each of the ways so many times, in an order that looks like none."""
    ways = WAYS * times
    random.Random(seed).shuffle(ways)
    return ways


def write_video(path: Path, scenes: Iterable[Image.Image], *, shown: float, gap: float) -> float:
    """A film of these scenes, the empty table between them; returns how many seconds it lasts.

    An MJPEG file is one JPEG after the other. Each frame carries the number of its scene (0
    for the table) in the upper left corner, where a 4:3 view of it does not look.
    """
    table = Image.new("RGB", SIZE, TABLE)
    frames = 0
    with path.open("wb") as file:
        for number, scene in enumerate(scenes, start=1):
            for picture, mark, seconds in ((table, GAP, gap), (scene, number, shown)):
                times = round(seconds * FRAMES_A_SECOND)
                file.write(_jpeg(picture, mark) * times)
                frames += times
    return frames / FRAMES_A_SECOND


def _jpeg(picture: Image.Image, number: int) -> bytes:
    marked = picture.copy()
    pen = ImageDraw.Draw(marked)
    for bit in range(MARK_BITS):
        colour = "white" if number >> bit & 1 else "black"
        pen.rectangle((0, bit * MARK, MARK - 1, bit * MARK + MARK - 1), fill=colour)
    file = io.BytesIO()
    marked.save(file, "JPEG", quality=80)
    return file.getvalue()

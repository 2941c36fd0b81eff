"""Reading printed badges back, as a guest's phone and eyes do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
import zxingcpp

from eventapp.badges.choice import Choice
from eventapp.badges.formats import FORMATS, Format
from eventapp.badges.layout import Badge
from eventapp.badges.queries import Chosen
from eventapp.model import Event
from tests.browser import Browser

POINT = 25.4 / 72
PIXELS_PER_MM = 6  # 150 dpi: less than any label printer has


@dataclass(frozen=True)
class Page:
    width: float  # in millimetres, as everything here
    height: float
    words: list[str]
    codes: list[tuple[str, tuple[float, float, float, float]]]  # left, top, right, bottom
    texts: list[tuple[float, float, float, float]]


def badges_of(event: Event, *, line: str = "") -> list[Badge]:
    """The badges of everybody who comes, with their answer to `line` below the name."""
    return Choice(FORMATS[0].code, Chosen(), line, first_label=1).badges(event)


@contextmanager
def opened(file: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(file)
    yield document
    document.close()


def pdf_behind(page: Browser) -> bytes:
    """What the page of choices has printed. It opens in the browser, which prints it."""
    [link, *_] = page.page.select("a[href*='badges.pdf']")
    answer = page.client.get(str(link["href"]))
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    return answer.data


def pages_of(file: bytes) -> list[Page]:
    with opened(file) as document:
        return [_read(page) for page in document]


def _read(page: Any) -> Page:
    text, (width, height) = page.get_textpage(), page.get_size()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    picture = page.render(scale=PIXELS_PER_MM * POINT).to_pil().convert("L")
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return Page(
        width * POINT,
        height * POINT,
        words=text.get_text_range().split(),
        codes=[(code.text, _box_of(code.position)) for code in found],
        texts=[
            (left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT)
            for left, bottom, right, top in boxes
        ],
    )


def _box_of(position: Any) -> tuple[float, float, float, float]:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    xs, ys = ([getattr(corner, axis) / PIXELS_PER_MM for corner in corners] for axis in "xy")
    return min(xs), min(ys), max(xs), max(ys)


def label_under(box: tuple[float, float, float, float], label: Format) -> int | None:
    """On which label of a sheet something is printed, whole; None where it is on none."""
    for place in range(label.per_sheet):
        x, y = label.corner(place)
        left, top, right, bottom = box
        if x <= left and right <= x + label.width and y <= top and bottom <= y + label.height:
            return place
    return None


NAMES = (
    "Ana Ruiz",
    "محمد عبد الله",
    "दीपक क्षत्रिय",
    "李小龙",
    "Bo",
    "María de los Ángeles Fernández-Villaverde y López de la Cámara",
    "Wolfeschlegelsteinhausenbergerdorff" * 3,
    "Nguyễn Thị Ễ",
    "Þórður Æ. Łukaszewicz-Čapek",
    "Иван Петров",
    "Γιώργος Ψαράς",
)
ASKS = (
    "",
    "sourdough, tax law, Berlin",
    "How to hire the first ten people in a small town where nobody knows you, and how to grow "
    "vines in Galicia without any help from the rain",
    "x" * 140,
)
LINES = ("", "Ink & Sons", "A company with a name that no label in this world is wide enough for")


def many_badges(count: int = 24) -> list[Badge]:
    """Badges of every kind: names, lines and questions that are long, short and missing."""
    return [
        Badge(
            name=NAMES[number % len(NAMES)],
            address=f"https://eventapp.example.org/m/{number:022d}",
            heading="Beers and balances, the fourth edition",
            line=LINES[number % len(LINES)],
            ask_label="Ask me about",
            ask=ASKS[(number // 2) % len(ASKS)],
            tells=[(), ("First time",), ("First time", "Host")][number % 3],
        )
        for number in range(count)
    ]

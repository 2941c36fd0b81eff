"""What a PDF shows in any script is what it reads as, and its fonts hold no more than that."""

from __future__ import annotations

import pytest
from PIL import ImageChops
from reportlab.lib.units import mm

from eventapp.ui.fonts import FIGTREE
from eventapp.ui.pdf import Pdf
from eventapp.ui.shaping import shape
from tests.badges.reading import opened
from tests.ui.test_shaping import NAMES, in_any_script


def written(*texts: str, weight: str = "bold") -> bytes:
    pdf = Pdf(200, 12 * len(texts) + 10, title="Beers")
    pdf.canvas.translate(0, (12 * len(texts) + 10) * mm)
    pdf.canvas.scale(mm, mm)
    for number, text in enumerate(texts, 1):
        pdf.draw_line(shape(text, weight), 10, 12 * number, 8)
    return pdf.bytes()


def read(file: bytes) -> list[str]:
    with opened(file) as document:
        text: str = document[0].get_textpage().get_text_range()
    return text.splitlines()


@in_any_script
def test_it_reads_as_the_name(name: str) -> None:
    assert read(written(name)) == [name]


def test_all_of_them_read_so_on_one_page() -> None:
    """What a glyph stands for may differ from one name to the next."""
    assert read(written(*NAMES.values())) == list(NAMES.values())


def test_a_glyph_that_stands_for_two_things_reads_as_each() -> None:
    assert read(written("दीपक", "दपक", "हि", "ि")) == ["दीपक", "दपक", "हि", "ि"]


def test_of_a_font_only_what_is_drawn_is_embedded() -> None:
    few, more = len(written("李")), len(written("李小龙王明陈张刘黄周吴"))
    assert 1000 < more - few < 10_000
    assert few < 10_000, "of 18 MB"
    assert len(written("A")) < FIGTREE.stat().st_size / 4


@pytest.mark.parametrize("text", ["Ana", "李", "김"])
def test_bold_is_bold_where_one_file_has_all_weights(text: str) -> None:
    def ink(weight: str) -> float:
        with opened(written(text, weight=weight)) as document:
            picture = document[0].render(scale=3).to_pil().convert("L")
        return sum(ImageChops.invert(picture).histogram()[128:])

    assert ink("bold") > 1.15 * ink("regular")


def test_printers_are_asked_not_to_scale_it() -> None:
    assert b"/PrintScaling /None" in written("Ana")

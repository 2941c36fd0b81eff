"""The PDF, read back: its codes, its words, and that each is on its label."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from eventapp.badges.called import called_and_rest
from eventapp.badges.formats import BY_CODE, FORMATS, Format
from eventapp.badges.layout import Badge, lay_out
from eventapp.badges.marks import Box, Words
from eventapp.badges.pdf import Drawing, lacks_letters
from eventapp.core.text import clean_line
from tests.badges.reading import label_under, many_badges, opened, pages_of
from tests.properties import given, settings, st
from tests.ui.test_shaping import NAMES

every_format = pytest.mark.parametrize("label", FORMATS, ids=lambda label: label.code)
ADDRESS = "https://eventapp.example.org/m/" + "x" * 22


def pdf_of(
    badges: Sequence[Badge], label: Format, *, start: int, title: str, logo: bytes = b""
) -> bytes:
    return Drawing(label, start=start, title=title, logo=logo).file_of(badges)


@every_format
def test_every_code_is_read_and_is_on_its_own_label(label: Format) -> None:
    badges = many_badges(label.per_sheet + 2)
    pages = pages_of(pdf_of(badges, label, start=1, title="Beers"))
    assert len(pages) == label.sheets_for(len(badges), 1)
    for number, page in enumerate(pages):
        assert (page.width, page.height) == pytest.approx(
            (label.paper.width, label.paper.height), abs=0.1
        )
        on_it = badges[number * label.per_sheet :][: label.per_sheet]
        read = {label_under(box, label): text for text, box in page.codes}
        assert read == dict(enumerate(badge.address for badge in on_it))


@every_format
def test_words_are_all_there_and_each_on_a_label(label: Format) -> None:
    badges = many_badges(label.per_sheet)
    pages = pages_of(pdf_of(badges, label, start=1, title="Beers"))
    said = "".join("".join(page.words) for page in pages)
    for badge in badges:
        assert badge.name.split()[0][:10] in said
        assert "".join(badge.ask.split()) in said
    for page in pages:
        assert all(label_under(box, label) is not None for box in page.texts)


def test_a_half_used_sheet_goes_on_at_its_first_free_label() -> None:
    label, badges = FORMATS[0], many_badges(3)
    first, second = pages_of(pdf_of(badges, label, start=9, title="Beers"))
    assert {label_under(box, label) for _, box in first.codes} == {8, 9}
    assert {label_under(box, label) for _, box in second.codes} == {0}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_any_script_is_printed_and_reads_as_it_is(name: str) -> None:
    badge = Badge(name, ADDRESS, line=name, ask=name, ask_label="Ask me about")
    assert not lacks_letters(badge)
    [page] = pages_of(pdf_of([badge], BY_CODE["l7165"], start=1, title="Beers"))
    printed = " ".join(page.words)
    assert printed.count(name) >= 2
    assert all(part in printed for part in called_and_rest(name))


WITHOUT_FONT = "\U0001e922\U0001e923"  # Adlam, which few machines can write


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        (f"Zoë {WITHOUT_FONT}", "Zoë"),
        (f"Zoë{WITHOUT_FONT} Ruiz", "Ruiz"),
        (WITHOUT_FONT, ""),
    ],
)
def test_what_no_font_has_is_left_out_and_said(name: str, drawn: str) -> None:
    badge = Badge(name, ADDRESS)
    [page] = pages_of(pdf_of([badge], FORMATS[0], start=1, title="Beers"))
    assert page.words == drawn.split()
    assert [text for text, _ in page.codes] == [ADDRESS]
    assert lacks_letters(badge)


@pytest.mark.parametrize("field", ["line", "ask", "heading"])
def test_the_other_lines_are_looked_at_too(field: str) -> None:
    said: dict[str, Any] = {field: WITHOUT_FONT}
    assert lacks_letters(Badge("Ana", ADDRESS, **said))


def test_the_logo_and_the_colours_are_printed() -> None:
    badge = Badge("Ana", ADDRESS, tells=("Host",), colour="#a40044", has_logo=True)
    logo = BytesIO()
    Image.new("RGB", (64, 64), (255, 204, 0)).save(logo, "PNG")
    with opened(
        pdf_of([badge], BY_CODE["roll-62"], start=1, title="Beers", logo=logo.getvalue())
    ) as document:
        picture = document[0].render(scale=3).to_pil().convert("RGB")
    colours = {colour for _, colour in picture.getcolors(100_000) or []}
    assert {(255, 204, 0), (0xA4, 0, 0x44), (0, 0, 0), (255, 255, 255)} <= colours


def test_many_badges_share_their_fonts_and_their_logo() -> None:
    few, many = (
        len(pdf_of(many_badges(count), FORMATS[0], start=1, title="B")) for count in (24, 240)
    )
    assert many < few + 216 * 3000, "most of it is the codes"


def test_five_hundred_take_less_than_five_seconds() -> None:
    badges = [
        replace(badge, address=f"{ADDRESS}{number}")
        for number, badge in enumerate(many_badges(500))
    ]
    began = time.process_time()
    pdf_of(badges, FORMATS[0], start=1, title="Beers")
    assert time.process_time() - began < 5


def test_a_page_holds_no_secret_but_the_badge() -> None:
    file = pdf_of([Badge("Ana", ADDRESS)], FORMATS[0], start=1, title="Beers")
    [page] = pages_of(file)
    assert page.codes[0][0] == ADDRESS
    assert page.words == ["Ana"]


@settings(max_examples=60)
@given(name=st.text(max_size=120).map(clean_line), ask=st.text(max_size=140).map(clean_line))
def test_no_name_in_the_world_breaks_a_sheet(name: str, ask: str) -> None:
    badge = Badge(name, ADDRESS, ask=ask, ask_label="Ask me about", heading=name)
    with opened(pdf_of([badge], FORMATS[0], start=1, title=name)) as document:
        said = document[0].get_textpage().get_text_range()
        assert len(document) == 1
    assert "\ufffd" not in said or "\ufffd" in name + ask


@every_format
def test_without_a_code_the_name_has_its_place_too(label: Format) -> None:
    badge = Badge("Wilhelmina", "", line="with Ana Ruiz", heading="Beers")
    [page] = pages_of(pdf_of([badge], label, start=1, title="Beers"))
    assert not page.codes
    assert page.words == ["Beers", "Wilhelmina", "with", "Ana", "Ruiz"]
    assert all(label_under(box, label) == 0 for box in page.texts)
    with_code, without = (
        max(mark.size for mark in lay_out(each, label) if isinstance(mark, Words))
        for each in (replace(badge, address=ADDRESS), badge)
    )
    assert without >= with_code


def test_what_stands_for_a_name_is_the_large_line() -> None:
    badge = Badge("Ana Ruiz", "", called="Guest of")
    sizes = {mark.text: mark.size for mark in lay_out(badge, FORMATS[0]) if isinstance(mark, Words)}
    assert sizes["Guest of"] > sizes["Ana Ruiz"]


@every_format
def test_a_blank_badge_has_a_line_to_write_on(label: Format) -> None:
    [line] = [mark for mark in lay_out(Badge("", ""), label) if isinstance(mark, Box)]
    assert line.width > 0.9 * label.width - 4
    assert line.y > 0.6 * label.height

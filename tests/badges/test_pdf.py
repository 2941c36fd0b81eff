"""The PDF, read back: its codes, its words, and that each is on its label."""

from __future__ import annotations

import pytest

from eventapp.badges.formats import FORMATS, Format
from eventapp.badges.layout import Badge
from eventapp.badges.pdf import lacks_letters, pdf_of
from eventapp.core.text import clean_line
from tests.badges.reading import label_under, many_badges, opened, pages_of
from tests.properties import given, settings, st

every_format = pytest.mark.parametrize("label", FORMATS, ids=lambda label: label.code)
ADDRESS = "https://eventapp.example.org/m/" + "x" * 22


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


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Zoë 🎉", "Zoë"),
        ("Zoë🎉", "Zoë"),
        ("👩🏽‍🚀 Ana 1️⃣", "Ana"),
        ("李 Wei", "Wei"),
        ("李小龙", ""),
        ("محمد عبد الله", ""),
        ("דוד כהן", ""),
        ("दीपक", ""),
        ("🎉!", ""),
    ],
)
def test_what_the_typeface_lacks_is_left_out_and_said(name: str, drawn: str) -> None:
    badge = Badge(name, ADDRESS)
    [page] = pages_of(pdf_of([badge], FORMATS[0], start=1, title="Beers"))
    assert page.words == drawn.split()
    assert [text for text, _ in page.codes] == [ADDRESS]
    assert lacks_letters(badge)


@pytest.mark.parametrize("name", ["Ana Ruiz", "Ñuño Ülle Øst", "Nguyễn Thị Ễ", "Иван", "Γιώργος"])
def test_latin_greek_and_cyrillic_are_whole(name: str) -> None:
    assert not lacks_letters(Badge(name, ADDRESS))
    [page] = pages_of(pdf_of([Badge(name, ADDRESS)], FORMATS[0], start=1, title="Beers"))
    assert page.words == name.split()


@pytest.mark.parametrize(
    "badge",
    [Badge("Ana", ADDRESS, ask="寿司"), Badge("Ana", ADDRESS, line="Café ☕️ GmbH 🎉")],
)
def test_the_other_lines_are_looked_at_too(badge: Badge) -> None:
    assert lacks_letters(badge)


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

"""A name is as big as its label lets it be, and whole."""

from __future__ import annotations

import pytest

from eventapp.badges.face import face
from eventapp.badges.fitting import height_of
from eventapp.badges.formats import FORMATS, Format
from eventapp.badges.layout import NAME_MOST, Badge, Box, Code, Mark, Words, lay_out
from eventapp.core.text import clean_line
from tests.badges.reading import many_badges
from tests.properties import given, st

every_format = pytest.mark.parametrize("label", FORMATS, ids=lambda label: label.code)
ANY_FORMAT = st.sampled_from(FORMATS)
ADDRESS = "https://eventapp.example.org/m/" + "x" * 22


def edges(mark: Mark) -> tuple[float, float, float, float]:
    match mark:
        case Words():  # with a g below it and, all but the accents, an Á above
            right = mark.x + face(mark.weight).width(mark.text, mark.size)
            return mark.x, mark.y - mark.size * 0.8, right, mark.y + mark.size * 0.24
        case Box():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
        case Code():
            return mark.x, mark.y, mark.x + mark.side, mark.y + mark.side


def overlap(one: Mark, other: Mark) -> bool:
    left, top, right, bottom = edges(one)
    other_left, other_top, other_right, other_bottom = edges(other)
    return (
        left < other_right - 0.01
        and other_left < right - 0.01
        and top < other_bottom - 0.01
        and other_top < bottom - 0.01
    )


def name_of(marks: list[Mark]) -> list[Words]:
    return [
        mark
        for mark in marks
        if isinstance(mark, Words) and mark.weight == "bold" and mark.colour == "black"
    ]


@every_format
def test_everything_is_on_its_label_and_nothing_on_the_code(label: Format) -> None:
    for badge in many_badges():
        marks = lay_out(badge, label)
        code = next(mark for mark in marks if isinstance(mark, Code))
        for mark in marks:
            left, top, right, bottom = edges(mark)
            assert left >= 2
            assert top >= 2
            assert right <= label.width - 2 + 0.01
            assert bottom <= label.height - 2 + 0.01
            assert mark is code or not overlap(mark, code), (badge, mark)


@every_format
def test_no_words_are_on_other_words(label: Format) -> None:
    for badge in many_badges():
        words = [mark for mark in lay_out(badge, label) if isinstance(mark, Words)]
        for number, one in enumerate(words):
            assert not any(overlap(one, other) for other in words[number + 1 :]), badge


@given(name=st.text(min_size=1, max_size=120).map(clean_line).filter(bool), label=ANY_FORMAT)
def test_any_name_is_whole_and_on_two_lines_at_most(name: str, label: Format) -> None:
    marks = lay_out(Badge(name, ADDRESS, line="Ink & Sons", ask="x", ask_label="y"), label)
    lines = name_of(marks)
    assert 1 <= len(lines) <= 2
    assert "".join("".join(line.text for line in lines).split()) == "".join(name.split())
    for line in lines:
        assert edges(line)[2] <= label.width - 2.99
        assert line.size <= NAME_MOST


@given(ask=st.text(max_size=140).map(clean_line), label=ANY_FORMAT)
def test_what_to_ask_about_is_whole_too(ask: str, label: Format) -> None:
    marks = lay_out(Badge("Ana", ADDRESS, ask=ask, ask_label="?"), label)
    said = [mark.text for mark in marks if isinstance(mark, Words)]
    assert "".join(ask.split()) in "".join("".join(said).split())


@every_format
def test_a_short_name_is_large(label: Format) -> None:
    for badge in (
        Badge("Ana Ruiz", ADDRESS),
        Badge("Ana Ruiz", ADDRESS, line="Ink & Sons", ask="sourdough", ask_label="Ask me about"),
    ):
        [*lines] = name_of(lay_out(badge, label))
        assert lines[0].size > 6  # 17 points: read from two metres away


def test_a_name_breaks_between_words_where_that_makes_it_bigger() -> None:
    label = next(each for each in FORMATS if each.code == "roll-62")
    lines = name_of(lay_out(Badge("Maximiliano Ruiz", ADDRESS), label))
    assert [line.text for line in lines] == ["Maximiliano", "Ruiz"]


@every_format
def test_without_a_name_there_is_a_line_to_write_on(label: Format) -> None:
    marks = lay_out(Badge("", ADDRESS, line="Ink & Sons"), label)
    assert name_of(marks) == []
    [rule] = [mark for mark in marks if isinstance(mark, Box)]
    assert rule.width > 40


def test_the_code_has_modules_that_any_phone_reads() -> None:
    for label in FORMATS:
        [code] = [mark for mark in lay_out(Badge("A", ADDRESS), label) if isinstance(mark, Code)]
        assert code.module > 0.4


def test_height_grows_by_the_line() -> None:
    assert height_of(1, 10) < height_of(2, 10) < 2 * height_of(1, 10)

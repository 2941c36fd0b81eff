"""A name is as big as its label lets it be, and whole."""

from __future__ import annotations

import pytest

from eventapp.badges.called import called_and_rest
from eventapp.badges.formats import BY_CODE, FORMATS, Format
from eventapp.badges.layout import QUIET, Badge, lay_out
from eventapp.badges.marks import Box, Code, Mark, Picture, Words
from eventapp.core.text import clean_line
from eventapp.ui.face import REGULAR
from eventapp.ui.fitting import fit_line, fit_name, fit_text
from tests.badges.reading import many_badges
from tests.properties import example, given, st
from tests.ui.test_shaping import NAMES

every_format = pytest.mark.parametrize("label", FORMATS, ids=lambda label: label.code)
ANY_FORMAT = st.sampled_from(FORMATS)
ADDRESS = "https://eventapp.example.org/m/" + "x" * 22


def edges(mark: Mark) -> tuple[float, float, float, float]:
    """Of what is drawn: the ink of words, not their line."""
    if isinstance(mark, Words):
        top, bottom = (mark.y - height * mark.size for height in (mark.line.top, mark.line.bottom))
        return mark.x, top, mark.x + mark.line.width * mark.size, bottom
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
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


def words_of(marks: list[Mark], text: str) -> list[Words]:
    """The lines that a text is on."""
    words = [mark for mark in marks if isinstance(mark, Words)]
    for begins in range(len(words)):
        for ends in range(begins + 1, len(words) + 1):
            if squeezed("".join(word.text for word in words[begins:ends])) == squeezed(text):
                return words[begins:ends]
    return []


def squeezed(text: str) -> str:
    return "".join(text.split())


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


def laid_out(name: str, label: Format) -> list[Mark]:
    return lay_out(Badge(name, ADDRESS, line="Ink & Sons", ask="x", ask_label="y"), label)


@given(name=st.text(min_size=1, max_size=120).map(clean_line).filter(bool), label=ANY_FORMAT)
@example(name="Wolfeschlegelsteinhausenbergerdorff" * 3, label=FORMATS[0])
def test_any_name_is_whole_and_each_part_on_two_lines_at_most(name: str, label: Format) -> None:
    marks = laid_out(name, label)
    for part in filter(None, called_and_rest(name)):
        lines = words_of(marks, part)
        assert 1 <= len(lines) <= 2
        for line in lines:
            left, top, right, bottom = edges(line)
            assert left >= 2
            assert right <= label.width - 2.99
            assert label.height - 2.99 >= bottom >= top


@given(ask=st.text(max_size=140).map(clean_line), label=ANY_FORMAT)
def test_what_to_ask_about_is_whole_too(ask: str, label: Format) -> None:
    marks = lay_out(Badge("Ana", ADDRESS, ask=ask, ask_label="?"), label)
    said = [mark.text for mark in marks if isinstance(mark, Words)]
    assert squeezed(ask) in squeezed("".join(said))


@every_format
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_first_name_is_the_largest_and_the_rest_is_below_it(name: str, label: Format) -> None:
    marks, (called, rest) = laid_out(name, label), called_and_rest(name)
    first, below = words_of(marks, called), words_of(marks, rest)
    others = [mark for mark in marks if isinstance(mark, Words) and mark not in first]
    assert all(first[0].size > other.size for other in others)
    assert all(line.y > first[-1].y for line in below)


@every_format
@pytest.mark.parametrize("name", ["Ana Ruiz", "Maximiliano Ruiz", "محمد عبد الله"])
def test_it_takes_the_whole_width_or_the_whole_height(name: str, label: Format) -> None:
    marks = lay_out(Badge(name, ADDRESS), label)
    [first] = words_of(marks, called_and_rest(name)[0])
    left, top, right, bottom = edges(first)
    code = next(mark for mark in marks if isinstance(mark, Code))
    free = code.x - QUIET if label.width > 2 * label.height else label.width
    assert right - left > 0.97 * (free - 7) or bottom - top > 0.2 * label.height


def test_it_reads_from_two_metres_away() -> None:
    for label in FORMATS:
        [first] = words_of(laid_out("Ana Ruiz", label), "Ana")
        assert first.size > 10  # 28 points


@every_format
def test_names_that_run_left_begin_at_the_right(label: Format) -> None:
    marks = laid_out("דוד כהן", label)
    rights = [edges(words_of(marks, part)[0])[2] for part in ("דוד", "כהן")]
    assert rights[0] == pytest.approx(rights[1])
    assert rights[0] > label.width / 2


def test_two_words_go_on_two_lines_where_that_makes_them_larger() -> None:
    [_, _] = words_of(
        laid_out("María de los Ángeles Gil", BY_CODE["roll-62"]), "María de los Ángeles"
    )
    [_] = words_of(laid_out("José Luis Gil Ruiz", BY_CODE["l4785"]), "José Luis")


@pytest.mark.parametrize("name", ["Nguyễn Thị Ễ", "李小龙", "Maximiliano Ruiz", "تمارا"])
def test_a_word_is_not_broken(name: str) -> None:
    [_] = words_of(laid_out(name, BY_CODE["roll-62"]), called_and_rest(name)[0])


@every_format
def test_without_a_name_there_is_a_line_to_write_on(label: Format) -> None:
    marks = lay_out(Badge("", ADDRESS, line="Ink & Sons"), label)
    [rule] = [mark for mark in marks if isinstance(mark, Box)]
    assert rule.width > 40


@every_format
def test_hosts_and_first_timers_have_a_band_in_colour(label: Format) -> None:
    marks = lay_out(Badge("Ana", ADDRESS, tells=("Host", "First time"), colour="#a40044"), label)
    [band] = [mark for mark in marks if isinstance(mark, Box)]
    assert band.colour == "#a40044"
    assert band.width > label.width - 8
    [words] = words_of(marks, "Host · First time")
    assert words.colour == "#ffffff"
    assert all(a <= b for a, b in zip(edges(band)[:2], edges(words)[:2], strict=True))


def test_the_logo_is_in_the_header_beside_the_event() -> None:
    for tells in ((), ("Host",)):
        badge = Badge("Ana", ADDRESS, heading="Beers", tells=tells, has_logo=True)
        marks = lay_out(badge, FORMATS[0])
        [logo] = [mark for mark in marks if isinstance(mark, Picture)]
        [heading] = words_of(marks, "Beers")
        assert edges(logo)[2] < heading.x
        assert edges(logo)[1] < heading.y < edges(logo)[3]


def test_the_code_has_modules_that_any_phone_reads() -> None:
    for label in FORMATS:
        [code] = [mark for mark in lay_out(Badge("A", ADDRESS), label) if isinstance(mark, Code)]
        assert code.module > 0.4


def test_a_line_that_is_too_long_is_cut_between_letters() -> None:
    [line] = fit_line("नमस्ते दुनिया", REGULAR, width=8, least=3, most=3).lines
    assert line.text.endswith("…")
    assert "नमस्ते दुनिया".startswith(line.text.rstrip("…"))
    assert line.width * 3 <= 8


def test_lines_have_the_height_of_their_letters() -> None:
    thai, latin = (fit_text(text, REGULAR, width=99, height=99, most=4) for text in ("น้ำ", "nam"))
    assert thai.height > latin.height


def test_a_consonant_that_is_joined_stays_with_the_next() -> None:
    name = fit_name("क्ष" * 30, REGULAR, width=20, height=20, most=10)
    assert [len(line.text) for line in name.lines] == [45, 45]

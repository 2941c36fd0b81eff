"""Text in any script becomes the glyphs that are drawn, in the places where they are drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from bidi import get_display

from eventapp.core.text import clean_line
from eventapp.ui import fonts
from eventapp.ui.direction import is_rtl, levels
from eventapp.ui.shaping import Line, clusters, has_letter, lacking, shape
from tests.properties import example, given, st

NAMES = {
    "Latin": "Łukasz Żółć",
    "Vietnamese": "Nguyễn Thị Ễ",
    "Cyrillic": "Иван Петров",
    "Greek": "Γιώργος Ψαράς",
    "Arabic": "محمد عبد الله",
    "Hebrew": "דוד כהן",
    "Devanagari": "दीपक क्षत्रिय",
    "Tamil": "தமிழ்ச்செல்வி கௌரி",
    "Thai": "สมชาย ใจดีน้ำ",
    "Han": "李小龙",
    "kana": "さくら タナカ",
    "Hangul": "김민수",
    "Georgian": "გიორგი",
    "Ethiopic": "አበበ ቢቂላ",
    "emoji": "👩🏽‍🚀 🎉",
    "two at once": "David דוד Cohen",
}
in_any_script = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
any_weight = pytest.mark.parametrize("weight", fonts.WEIGHTS)


def said(line: Line) -> str:
    """What the glyphs read as, from left to right."""
    return "".join(glyph.text for glyph in line.glyphs)


@in_any_script
@any_weight
def test_each_script_has_all_of_its_glyphs(name: str, weight: str) -> None:
    line = shape(name, weight)
    assert not line.lacks
    assert all(glyph.id for glyph in line.glyphs), "glyph 0 is a box"
    assert line.width > 1
    assert line.top > 0.5


def test_arabic_letters_are_joined() -> None:
    alone, joined = shape("ل", "bold"), shape("للل", "bold")
    assert alone.glyphs[0].id not in {glyph.id for glyph in joined.glyphs[1:]}
    assert joined.width < 3 * alone.width


def test_vowels_stand_where_they_are_read_from() -> None:
    """The vowel of हि is written before its consonant, that of நி after it; क्ष is one glyph."""
    assert len(shape("क्ष", "bold").glyphs) == 1
    before, consonant = shape("हि", "bold").glyphs
    assert shape("ह", "bold").glyphs[0].id == consonant.id
    assert before.x < consonant.x


def test_marks_are_drawn_above_their_letter() -> None:
    letter, *marks = shape("น้ำ", "bold").glyphs
    assert any(mark.x < shape("น", "bold").width for mark in marks)
    assert shape("น้ำ", "bold").top > shape("นำ", "bold").top


def test_what_runs_right_to_left_is_drawn_from_the_right() -> None:
    line = shape("דוד כהן", "regular")
    assert line.is_rtl
    assert said(line) == "ןהכ דוד"
    assert shape("", "regular").width == 0


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("David דוד Cohen", "David דוד Cohen"),
        ("Ana אנה 12", "Ana 12 הנא"),
        ("אנה (Ana)", "(Ana) הנא"),
        ("Ana (אנה) Ruiz", "Ana (הנא) Ruiz"),
        ("אנה [Ana] רוז", "זור [Ana] הנא"),
        ("محمد (Mo) Ali", "Ali (Mo) دمحم"),
        ("Ana (x (y", "Ana (x (y"),
        (") אנה (", ") הנא ("),
    ],
)
def test_two_directions_in_one_line(text: str, drawn: str) -> None:
    assert said(shape(text, "bold")) == drawn


def test_a_part_of_a_text_may_run_as_the_whole_does() -> None:
    assert said(shape("דוד Cohen", "bold")) == "Cohen דוד"
    assert said(shape("דוד Cohen", "bold", runs_left=False)) == "דוד Cohen"
    assert said(shape("(Mo) Ali", "bold", runs_left=True)) == "Ali (Mo)"


UNMIRRORED = str.maketrans("()[]", "||||")
LETTERS = st.text(st.sampled_from("abאבג12 ()[]-.,/ ا"), max_size=14).map(clean_line)


@given(text=LETTERS)
def test_the_order_is_that_of_the_bidirectional_algorithm(text: str) -> None:
    """As a library draws it that has all of the algorithm, but says no levels."""
    assert len(levels(text, base=is_rtl(text))) == len(text)
    theirs = get_display(text, base_dir="R" if is_rtl(text) else "L")
    assert said(shape(text, "bold")).translate(UNMIRRORED) == theirs.translate(UNMIRRORED)


def test_a_word_is_in_one_typeface() -> None:
    nguyen, ana = shape("Nguyễn", "bold"), shape("Nguyen", "bold")
    assert {glyph.font.path for glyph in ana.glyphs} == {fonts.FIGTREE}
    assert {glyph.font.path.name for glyph in nguyen.glyphs} == {"NotoSans_700Bold.ttf"}


@pytest.mark.parametrize(("text", "place"), [("直さ", "JP"), ("直김", "KR"), ("直", "SC")])
def test_han_is_drawn_as_where_the_other_letters_are_from(text: str, place: str) -> None:
    assert shape(text, "bold").glyphs[0].font.path.stem.startswith(f"NotoSans{place}")


def test_an_emoji_of_several_characters_is_one_glyph() -> None:
    assert clusters("👩🏽‍🚀a🇪🇸🇩🇪e\u0301") == ["👩🏽‍🚀", "a", "🇪🇸", "🇩🇪", "e\u0301"]
    assert len(shape("👩🏽‍🚀", "bold").glyphs) == 1


def test_letters_that_no_font_has_are_told() -> None:
    assert lacking("Ana \U0001e900", "bold") == "\U0001e900"
    assert lacking("Ana 1️⃣ Ruiz", "bold") == ""


def test_without_the_package_of_east_asian_fonts_these_letters_are_lacking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda _name: None)
    monkeypatch.setattr(fonts, "INSTALLED", ())
    for cached in (fonts.fonts, has_letter, lacking):
        cached.cache_clear()
    try:
        assert lacking("Li 李小龙 김 さ", "bold") == "李小龙김さ"
    finally:
        for cached in (fonts.fonts, has_letter, lacking):
            cached.cache_clear()


def test_a_font_that_is_installed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "noto").mkdir()
    there = tmp_path / "noto/NotoSansGeorgian-Bold.ttf"
    there.symlink_to(next(fonts.HERE.glob("noto-sans-georgian*/*700Bold.ttf")))
    monkeypatch.setattr(fonts, "INSTALLED", (tmp_path,))
    fonts.fonts.cache_clear()
    try:
        assert fonts.fonts("bold")[-1].path == there
        assert there not in [font.path for font in fonts.fonts("regular")]
    finally:
        fonts.fonts.cache_clear()


@given(text=st.text(max_size=40).map(clean_line))
@example(text="ﹰ\U00014647")  # newer than the tables of some Pythons
@example(text="א\u2067b\u2069")
def test_no_text_in_the_world_breaks_it(text: str) -> None:
    line = shape(text, "regular")
    assert line.width >= 0
    assert set(line.lacks) <= set(text)

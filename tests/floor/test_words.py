"""What is taken as a question, and how it is kept: whatever somebody types."""

from __future__ import annotations

import pytest

from eventapp.model import FloorQuestion
from eventapp.model.limits import FLOOR_QUESTION_MOST
from tests.browser import Browser
from tests.make import Make

MARKUP = "<img src=x hx-get=/me/export hx-trigger=load>?"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("   \u200b\u2060 ", "required"),
        ("a" * (FLOOR_QUESTION_MOST + 1), "too_long"),
        ("a" * 60_000, "too_long"),
        ("\u2588\u2584\u2580 \u2588\u2588\u2588 ╭∩╮(Ο_Ο)╭∩╮ " + "\u2591" * 40, "in_words"),
        ("\u28ff\u28f7\u28e7" * 40, "in_words"),
        ("😀" * 30, "in_words"),
        ("".join(letter + "\u0301" * 20 for letter in "Zalgo"), "in_words"),
        ("a\x07bell", "control_characters"),
        ("a", "too_short"),
        ("¿Y?", "too_short"),
        ("?!…", "in_words"),
    ],
    ids=[
        "nothing",
        "invisible",
        "long",
        "very-long",
        "drawn",
        "braille",
        "emoji",
        "accents",
        "bell",
        "letter",
        "one-of-spain",
        "signs",
    ],
)
def test_what_is_no_question(make: Make, page: Browser, typed: str, code: str) -> None:
    assert page.press("Ask", words=typed).codes() == [code]
    assert not make.rows(FloorQuestion)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Why\r\n\r\n\r\nrye?", "Why rye?"),
        ("\u202egnisrever\u202c?", "gnisrever?"),
        ("Z\u0301\u0301algo?", "Ź\u0301algo?"),
        (MARKUP, MARKUP),
        ("لماذا الجاودار؟", "لماذا الجاودار؟"),
        ("¿Por qué C++?", "¿Por qué C++?"),
    ],
    ids=["lines", "override", "accents", "markup", "arabic", "signs"],
)  # fmt: skip
def test_what_is_odd_is_kept_on_one_line_and_escaped(
    make: Make, page: Browser, typed: str, kept: str
) -> None:
    page.press("Ask", words=typed)
    assert make.row(FloorQuestion).words == kept
    shown = page.one("[data-question] .asked")
    assert (shown.get_text(), shown["dir"]) == (kept, "auto")
    assert not page.page.select("img[hx-get]")


@pytest.mark.parametrize(
    "typed", ["Why?", "¿Por?", "¿Qué?", "为什么?", "谁？", "왜?", "لم؟", "מה?"]
)
def test_a_word_is_enough_in_any_script(make: Make, page: Browser, typed: str) -> None:
    assert not page.press("Ask", words=typed).codes()
    assert make.row(FloorQuestion).words == typed

"""Plain text becomes HTML that says the same, with links only where they may lead."""

from __future__ import annotations

import pytest
from flask import Flask

from eventapp.core.linked import linked_paragraphs

pytestmark = pytest.mark.one_database
LINK = '<a href="{0}" rel="noopener nofollow ugc">{0}</a>'


def linked(app: Flask, words: str) -> list[str]:
    with app.app_context():
        return list(map(str, linked_paragraphs(words)))


@pytest.mark.parametrize(
    ("words", "address", "after"),
    [
        ("https://chat.example.org/x?a=1", "https://chat.example.org/x?a=1", ""),
        ("https://example.org.", "https://example.org", "."),
        ("https://example.org/a_(b)", "https://example.org/a_(b)", ""),
        ("https://example.org/a),", "https://example.org/a", "),"),
        ("HTTP://EXAMPLE.org/ñ…", "HTTP://EXAMPLE.org/ñ", "…"),
    ],
)
def test_an_address_is_a_link_without_what_ends_its_sentence(
    app: Flask, words: str, address: str, after: str
) -> None:
    assert linked(app, f"See ({words}") == [f"See ({LINK.format(address)}{after}"]


def test_lines_and_paragraphs_stay_and_nothing_is_markup(app: Flask) -> None:
    assert linked(app, "<b>Hi</b> & co\nall\n \n\nBye") == [
        "&lt;b&gt;Hi&lt;/b&gt; &amp; co<br>\nall",
        "Bye",
    ]


def test_an_address_with_a_quote_ends_before_it(app: Flask) -> None:
    (words,) = linked(app, 'https://example.org/"onclick="x')
    assert words == LINK.format("https://example.org/") + "&#34;onclick=&#34;x"


@pytest.mark.parametrize(
    "words",
    [
        "http://localhost/r/secret",  # of ours, and not public
        "https://",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://a@example.org",
    ],
)
def test_what_may_not_be_linked_to_stays_text(app: Flask, words: str) -> None:
    assert linked(app, words) == [words]


def test_many_brackets_take_no_time(app: Flask) -> None:
    assert len(linked(app, "https://example.org/" + ")" * 5000)[0]) > 5000

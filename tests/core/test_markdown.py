"""What organisers write about an event, as safe HTML: links lead to public pages alone."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from eventapp.core.markdown import MARKS_MOST, plain, plain_with_links, safe_html
from tests.application import new_app


@pytest.fixture(scope="module")
def served() -> Flask:
    """The application on https://events.example; no database is asked."""
    at_home = {"BASE_URL": "https://events.example", "TRUSTED_HOSTS": ["events.example"]}
    return new_app(**at_home, SQLALCHEMY_DATABASE_URI="sqlite://")


def links(served: Flask, written: str) -> list[str]:
    """The addresses that a text links to."""
    with served.app_context():
        page = BeautifulSoup(safe_html(written), "html5lib")
    assert not page.select("a:not([href])")
    return [str(link["href"]) for link in page.find_all("a")]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/talks?day=1#agenda",
        "https://example.org/a%2fb/../c",
        "https://events.example",
        "https://events.example/e/beers-and-talks",
        "https://events.example:8443/c/los-jueves",
        "/e/beers-and-talks",
        "/e/beers-and-talks?lang=es#rsvp",
        "/c/los-jueves",
        "/privacy",
        "/",
        "mailto:ana@example.org",
    ],
)
def test_links_to_public_pages_stay(served, address):
    assert links(served, f"[words]({address})") == [address]


def test_a_link_to_a_name_in_other_letters_stays(served):
    assert links(served, "[words](https://españa.example/ñ)") == [
        "https://espa%C3%B1a.example/%C3%B1"
    ]


@pytest.mark.parametrize(
    "address",
    [
        # elsewhere, looking like ours
        "//evil.example/e/x",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https:\\\\evil.example",
        "https://events.example@evil.example",
        "https://user:password@evil.example/",
        "https://evil.example:99999/",
        # what is no page
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x0A;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://events.example/x",
        "ftp://example.org",
        "tel:+34600000000",
        "mailto:",
        "me/delete",
        "./me",
        "?q=x",
        "#rsvp",
        # ours, and not public
        "/me/delete",
        "/me%2fdelete",
        "/%6de/delete",
        "/e/../me/delete",
        "/e/%2e%2e/me/delete",
        "/e//../me/delete",
        "//me/delete",
        "/sign-out",
        "/language",
        "/o/los-jueves",
        "/r/AAAAAAAAAAAAAAAAAAAAAA",
        "/r/AAAAAAAAAAAAAAAAAAAAAA/cancel",
        "/m/AAAAAAAAAAAAAAAAAAAAAA",
        "/door/AAAAAAAAAAAAAAAAAAAAAA",
        "/sign-in/x.y.z",
        "/nothing/here",
        "https://events.example/me/delete",
        "http://EVENTS.example/me/delete",
        "https://events.example./me/delete",
        "https://events.example:8443/me/delete",
        "https://%65vents.example/me/delete",
        "https://ｅvents.example/me/delete",
        "https://events。example/me/delete",
        "https://events.example/me%2Fdelete",
    ],
)
def test_of_any_other_link_the_words_stay(served, address):
    assert links(served, f"[words]({address})") == []
    assert links(served, f"[words](<{address}>)") == []
    assert links(served, f"<{address}>") == []
    assert links(served, f"[words]\n\n[words]: {address}") == []
    with served.app_context():
        assert plain(f"[words]({address})").startswith("words")


def test_links_are_told_apart_from_ours(served):
    with served.app_context():
        html = safe_html("[words](https://example.org)")
    assert BeautifulSoup(html, "html5lib").a["rel"] == ["noopener", "nofollow", "ugc"]


def test_a_long_text_with_links_and_lists_is_formatted(served):
    written = "\n".join(f"- **19:00** [A talk](https://example.org/{n})" for n in range(150))
    assert len(links(served, written)) == 150


def test_a_text_with_more_marks_than_a_page_has_is_shown_as_typed():
    written = "*" * MARKS_MOST + "<b>\n[a](https://example.org)"
    assert safe_html(written).startswith("<p>***")
    assert "<b>" not in safe_html(written)
    assert "href" not in safe_html(written)
    assert plain(written) == written


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "See [the map](https://example.org/?a=1&b=2).",
            "See the map (https://example.org/?a=1&b=2).",
        ),
        ("<https://example.org/x>", "https://example.org/x"),
        ("[**bold** words](https://example.org)", "bold words (https://example.org)"),
        ("[words](javascript:alert)", "words"),
        ("No link, *at all*", "No link, at all"),
    ],
)
def test_links_may_keep_their_addresses_in_plain_text(served, written, said):
    with served.app_context():
        assert plain_with_links(written) == said

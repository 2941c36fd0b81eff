"""What is typed for a link, and what stands on the card."""

from __future__ import annotations

import pytest

from eventapp.contacts.card_values import (
    NotAPage,
    NotLinkedin,
    normal_linkedin,
    normal_web,
)


@pytest.mark.parametrize(
    "typed",
    [
        "ana-ruiz",
        "@ana-ruiz",
        "/in/ana-ruiz/",
        "linkedin.com/in/ana-ruiz",
        "www.linkedin.com/in/ana-ruiz/",
        "http://es.linkedin.com/in/ana-ruiz?utm_source=share#me",
        "https://www.LinkedIn.com/in/ana-ruiz",
    ],
)
def test_a_profile_has_one_address_however_it_is_typed(typed: str) -> None:
    assert normal_linkedin(typed) == "https://www.linkedin.com/in/ana-ruiz"


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "https://example.org/in/ana",
        "https://linkedin.com.example.org/in/ana",
        "https://linkedin.com@example.org/in/ana",
        "https://notlinkedin.com/in/ana",
        "ftp://linkedin.com/in/ana",
        "https://www.linkedin.com/",
        "ana ruiz",
        "a",
        "https://[linkedin.com/in/ana",
    ],
)
def test_what_is_no_profile_is_refused(typed: str) -> None:
    with pytest.raises(NotLinkedin):
        normal_linkedin(typed)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org", "https://example.org"),
        ("http://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
        ("Example.ORG/Blog", "https://example.org/Blog"),
        ("example.org:8443/x", "https://example.org:8443/x"),
        ("https://münchen.example/ü", "https://münchen.example/%C3%BC"),
        ('https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E"),
    ],
)
def test_a_page_has_its_scheme(typed: str, address: str) -> None:
    assert normal_web(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "mailto:ana@example.org",
        "file:///etc/passwd",
        "https://bank.example@evil.example/",
        "https://evil.example\\@bank.example",
        "https://example.org:99999/",
        "localhost",
        "https://",
        "two words.example",
        "-example.org",
    ],
)
def test_what_is_no_page_is_refused(typed: str) -> None:
    with pytest.raises(NotAPage):
        normal_web(typed)

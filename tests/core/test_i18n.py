"""The browser's languages choose the page's: the first that we speak."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("es", "es"),
        ("en", "en"),
        ("es-ES,en;q=0.9", "es"),
        ("es-419,en;q=0.8", "es"),
        ("en-GB,es;q=0.5", "en"),
        ("fr,en;q=0.8,es;q=0.5", "en"),
        ("en;q=0.3,es;q=0.7", "es"),
        ("fr", "en"),  # the default of these tests
        ("*", "en"),
        ("", "en"),
    ],
)
def test_the_first_language_that_we_speak_is_spoken(app, asked, spoken):
    page = app.test_client().get("/", headers={"Accept-Language": asked})
    assert BeautifulSoup(page.text, "html5lib").html["lang"] == spoken

"""A page speaks the first language of the browser that we have."""

from __future__ import annotations

import pytest
from flask import Flask


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("es-ES,en;q=0.9", "es"),
        ("es-419,en;q=0.8", "es"),
        ("en-GB,es;q=0.5", "en"),
        ("en;q=0.5,es-MX;q=0.9", "es"),
        ("ES", "es"),
        ("fr-FR,es;q=0.5,en;q=0.4", "es"),
        ("es;q=0,en;q=0.1", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_the_first_language_that_we_have_is_spoken(app: Flask, asked: str, spoken: str) -> None:
    answer = app.test_client().get("/", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == spoken


def test_what_was_chosen_here_goes_before(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("language", "es")
    answer = client.get("/", headers={"Accept-Language": "en-GB"})
    assert answer.headers["Content-Language"] == "es"

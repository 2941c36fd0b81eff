"""The browser's languages choose the page's: the first that we speak; then the switch does."""

from __future__ import annotations

import pytest
from flask import render_template_string

from eventapp.core.i18n import force_locale
from tests.html import parse

pytestmark = pytest.mark.one_database


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
    assert parse(page.text).html["lang"] == spoken


def test_the_switch_stays_on_the_page(make, browser):
    event = make.event()
    ana = browser().open(f"/e/{event.slug}").press("Español")
    assert (ana.url, ana.page.html["lang"]) == (f"/e/{event.slug}", "es")


def test_the_switch_leads_from_a_form_that_came_back_to_the_page_it_was_on(make, browser):
    event = make.event()
    ana = browser().open(f"/e/{event.slug}").press("I'm coming", name="", email="nope")
    assert ana.status == 422
    ana.press("Español")
    assert (ana.url, ana.status, ana.page.html["lang"]) == (f"/e/{event.slug}", 200, "es")


def test_a_template_speaks_the_language_of_the_moment(app):
    words = '{% trans %}Search{% endtrans %} {% trans "an email" %}here{% endtrans %}'
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert render_template_string(words) == "Search here"
        with force_locale("es"):
            assert render_template_string(words) == "Buscar here"
        assert render_template_string(words) == "Search here"

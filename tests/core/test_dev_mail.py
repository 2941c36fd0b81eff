"""/dev/mail: only in development, only from this machine, only while we are at home here."""

from __future__ import annotations

import pytest

from tests.core.test_security import app_with
from tests.html import parse

pytestmark = pytest.mark.one_database


def asked(make, browser):
    """Somebody asks for a sign-in mail."""
    make.person("ana@example.org")
    browser().open("/sign-in").press("Email me a link", email="ana@example.org")


def test_it_shows_each_mail_with_its_digits_the_newest_first(app, make, browser):
    asked(make, browser)
    browser().open("/sign-in").press("Email me a link", email="bob@example.org")
    page = parse(app.test_client().get("/dev/mail").text)
    articles = page.select("article")
    assert [article["data-to"] for article in articles] == ["bob@example.org", "ana@example.org"]
    assert all(len(article["data-digits"]) == 6 for article in articles)


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
def test_it_is_not_there_through_a_proxy(app, header):
    assert app.test_client().get("/dev/mail", headers={header: "10.0.0.1"}).status_code == 404


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.4", "2001:db8::1"])
def test_it_is_not_there_for_another_machine(app, address):
    asking = app.test_client()
    assert asking.get("/dev/mail", environ_overrides={"REMOTE_ADDR": address}).status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_it_is_there_for_this_machine(app, address):
    asking = app.test_client()
    assert asking.get("/dev/mail", environ_overrides={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize(
    "settings",
    [{"PRODUCTION": True}, {"BASE_URL": "https://events.example"}],
    ids=["production", "public"],
)
def test_it_is_not_there_where_others_are_served(app, settings):
    assert app_with(app, **settings).test_client().get("/dev/mail").status_code == 404

"""What every answer carries for safety, and what no request gets away with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import NullPool

from eventapp.core.assets import is_static
from eventapp.core.security import visitor_network
from eventapp.model import Rsvp
from tests.application import limits_for_a_while, new_app
from tests.browser import Browser, form_data
from tests.door.helpers import at_door
from tests.html import parse

pytestmark = pytest.mark.one_database

WHERE = {
    "slug": "x",
    "key": "x",
    "page": "x",
    "secret": "x",
    "token": "x",
    "ticket": "x",
    "kind": "csv",
    "way": "up",
    "act": "remove",
    "answer": "accept",
}


def app_with(app: Flask, **settings: Any) -> Flask:
    """The same application with other settings, on the same database."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    pool = {"poolclass": NullPool}  # else connections stay open when the application is gone
    given = {"SQLALCHEMY_DATABASE_URI": url, "SQLALCHEMY_ENGINE_OPTIONS": pool}
    return new_app(**given, **settings)


def addresses(app: Flask, method: str) -> list[str]:
    """An address for each route with this method."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and not is_static(rule.endpoint):
            values = {name: WHERE.get(name, "1") for name in rule.arguments}
            found.append(adapter.build(rule.endpoint, values, method=method))
    return found


def test_every_page_says_what_it_may_load(app):
    headers = app.test_client().get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_only_the_door_uses_the_camera(app, make, browser):
    event = make.event()
    door = at_door(make, browser(), event).response.headers
    assert "script-src 'self' 'wasm-unsafe-eval';" in door["Content-Security-Policy"]
    assert "media-src 'self' blob:" in door["Content-Security-Policy"]
    assert "default-src 'none'" in door["Content-Security-Policy"]
    assert "camera=(self)" in door["Permissions-Policy"]
    client = app.test_client()
    for address in addresses(app, "GET"):
        with client.get(address) as answer:
            assert "unsafe" not in answer.headers["Content-Security-Policy"], address
            assert "camera=()" in answer.headers["Permissions-Policy"], address
            assert len(answer.headers.getlist("Content-Security-Policy")) == 1, address


def test_https_is_asked_for_where_we_are_served_by_it(app):
    plain = app.test_client().get("/")
    assert "Strict-Transport-Security" not in plain.headers
    served = app_with(app, BASE_URL="https://localhost", SESSION_COOKIE_SECURE=True)
    assert "max-age=" in served.test_client().get("/").headers["Strict-Transport-Security"]


def test_another_host_than_ours_is_not_answered(app):
    assert app.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.both_databases
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("json", [False, True])
def test_no_address_answers_a_stranger_with_a_fault(app, method, json):
    client = app.test_client()
    headers = {"Accept": "application/json"} if json else {}
    for address in addresses(app, method):
        answer = client.open(address, method=method, headers=headers)
        assert answer.status_code < 500, address
        if json and answer.status_code >= 400:
            assert answer.is_json, address
            assert answer.json["error"], address


def test_every_post_without_its_token_is_refused(app):
    client = app.test_client()
    for address in addresses(app, "POST"):
        answer = client.post(address)
        assert answer.status_code == 400, address
        assert "data-code" in answer.text, address
        told = client.post(address, headers={"Accept": "application/json"})
        assert (told.status_code, told.json["error"]) == (400, "csrf"), address


@pytest.mark.both_databases
def test_a_nul_names_nothing(app):
    client = app.test_client()
    for path in ("/e/%00", "/c/a%00b", "/r/%00", "/t/%00", "/door/%00", "/?community=%00"):
        assert client.get(path).status_code == 404, path
        assert client.get(path, headers={"Host": "a b"}).status_code == 400, path


@pytest.mark.both_databases
def test_an_id_bigger_than_the_database_holds_names_nothing(app, make):
    event = make.event()
    client = app.test_client()
    for path in (f"/o/e/{event.slug}/doors/{2**31}/withdraw", f"/e/{event.slug}/met/{2**63}"):
        assert client.post(path).status_code == 404, path


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """The application with a limit that is soon reached, beside one whose limit is not. By the
    minute, a test could begin in one and end in the next.
    """
    with limits_for_a_while():
        app_with(app, RATELIMIT_ENABLED=True, RATELIMIT_DEFAULT="600 per hour")
        yield app_with(app, RATELIMIT_ENABLED=True, RATELIMIT_DEFAULT="3 per hour")


def test_a_flood_is_told_to_wait(limited):
    client = limited.test_client()
    answers = [client.get("/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert ["Retry-After" in answer.headers for answer in answers] == [False] * 3 + [True]
    assert "X-RateLimit" not in str(answers[0].headers)
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),  # as a socket for both families has it
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("2001:db8:1:2::a", "2001:db8:1:2:ffff::b", True),
        ("2001:db8:1:2::a", "2001:db8:1:3::a", False),
        ("2001:db8::a:b:c:d", "2001:db8::1", True),
        ("2001:db8::a:b:c:d", "2001:db8:0:1::a", False),
        ("::1", "::2", True),
        (None, None, True),
        ("unix:", "unix:", True),
    ],
)
def test_who_floods_is_an_ipv4_address_or_an_ipv6_network(app, one, other, is_same):
    assert (visitor_at(app, one) == visitor_at(app, other)) is is_same


def visitor_at(app: Flask, address: str | None) -> str:
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": address}):
        return visitor_network()


def test_a_room_full_of_guests_behind_one_address_signs_in(limited):
    client = limited.test_client()
    page = Browser(client).open("/sign-in").page
    typed = form_data(page.select_one("main form"))
    for number in range(100):
        guest = {**typed, "email": f"guest{number}@example.org"}
        assert client.post("/sign-in", data=guest).status_code == 303, number


def test_a_form_whose_token_is_gone_keeps_what_was_typed(make, browser):
    event = make.event()
    page = browser().open(f"/e/{event.slug}")
    page.client.delete_cookie("form")
    form = page.page.select_one("#rsvp form")
    typed = form_data(form) | {"name": "Ana Ruiz", "email": "ana@example.org"}
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = page.client.post(form["action"], data=typed, headers=headers)
    assert answer.status_code == 400
    page.page = parse(answer.text)
    page.press("Send it again")
    assert make.row(Rsvp).name == "Ana Ruiz"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_what_another_site_sent_is_not_offered_to_be_sent_again(make, browser, site):
    event = make.event()
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = browser().client.post(f"/e/{event.slug}/rsvp", data={"name": "x"}, headers=headers)
    assert answer.status_code == 400
    assert "Send it again" not in answer.text

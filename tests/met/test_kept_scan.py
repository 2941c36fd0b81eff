"""A phone sends what it kept of a badge that was scanned without network: once, and for whoever
scanned it; who is signed in needs no more, nor does who keeps their pass on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from eventapp import met
from eventapp.conduct.actions import block
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import absolute, new_secret
from eventapp.core.sent_forms import forget_old_forms
from eventapp.model import Encounter, Person, Rsvp
from tests.application import limits_for_a_while
from tests.browser import Browser
from tests.core.test_security import app_with
from tests.make import Make
from tests.met.evening import mails_of_the_day, press

Browsers = Callable[..., Browser]


@pytest.fixture
def pair(make: Make) -> tuple[Rsvp, Rsvp]:
    """Ana and Bea, who are at an event just now."""
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    return ana, bea


@pytest.fixture(params=["account", "pass"])
def phone(
    request: pytest.FixtureRequest, make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> Browser:
    """Ana's: she is signed in, or keeps her pass on it without an account."""
    if request.param == "account":
        return make.signed_in(browser(), pair[0].person)
    return browser().open(f"/r/{pair[0].key}").press("Keep on this device")


def send(phone: Browser, wearer: Rsvp, **changed: str) -> tuple[int, Any]:
    """As the service worker does."""
    return post(phone, wearer, what_is_said(phone) | changed)


def what_is_said(phone: Browser) -> dict[str, str]:
    page = phone.client.get("/met/kept").text
    (viewer,) = re.findall(r'data-viewers="([^" ]+)', page)
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    return {"form_id": new_secret(), "viewer": viewer, "token": token}


def post(phone: Browser, wearer: Rsvp, said: dict[str, str]) -> tuple[int, Any]:
    token = said["token"]
    answer = phone.client.post(
        f"/m/{wearer.badge}/kept",
        data={name: value for name, value in said.items() if name != "token"},
        headers={"Accept": "application/json", "X-CSRFToken": token},
    )
    return answer.status_code, answer.json


def test_it_asks_both(make: Make, browser: Browsers, phone: Browser, pair: Any) -> None:
    ana, bea = pair
    assert send(phone, bea) == (200, {"outcome": "said"})
    (said,) = make.rows(Encounter)
    assert (said.noter_id, said.met_id) == (ana.id, bea.id)
    hers = make.signed_in(browser(), bea.person).open(f"/e/{bea.event.slug}/met")
    press(hers, ana, "Yes, we met")
    assert len(make.rows(Encounter)) == 2


def test_sent_again_it_says_nothing_anew(make: Make, phone: Browser, pair: Any) -> None:
    _, bea = pair
    once = {"form_id": new_secret()}
    assert send(phone, bea, **once) == send(phone, bea, **once)
    assert len(make.rows(Encounter)) == 1
    assert mails_of_the_day(make) == 1
    press(phone.open(f"/m/{bea.badge}"), bea, "We met")  # takes it back
    assert make.rows(Encounter) == []
    assert send(phone, bea, **once)[0] == 200
    assert make.rows(Encounter) == []


def test_scanned_with_network_it_asks_at_once(phone: Browser, make: Make, pair: Any) -> None:
    _, bea = pair
    assert phone.open(f"/m/{bea.badge}").guests() == ["Bea Gil"]
    press(phone, bea, "We met")
    assert len(make.rows(Encounter)) == 1


def test_the_page_that_is_kept_names_nobody(phone: Browser, pair: Any) -> None:
    for path in ("/met/kept", "/met/kept?said=1"):
        page = phone.open(path)
        assert page.status == 200
        for name in (*(one.name for one in pair), pair[0].key, pair[0].person.email):
            assert name not in page.response.text


def test_what_somebody_else_scanned_is_not_said(make: Make, phone: Browser, pair: Any) -> None:
    _, bea = pair
    assert send(phone, bea, viewer="another")[0] == 422
    assert make.rows(Encounter) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [("hidden", 409), ("blocked", 409), ("own", 409), ("late", 404), ("gone", 404)],
)
def test_what_may_not_be_said_is_refused(
    make: Make, phone: Browser, pair: Any, change: str, status: int
) -> None:
    ana, bea = pair
    with make.act():
        if change == "hidden":
            db.session.get_one(Rsvp, bea.id).listing = "nobody"
        if change == "blocked":
            them = db.session.get_one(Rsvp, ana.id)
            block(db.session.get_one(Person, bea.person_id), them, at=clock.now())
        if change == "late":
            wearers = db.session.get_one(Rsvp, bea.id)
            wearers.event.starts_at = clock.now() + timedelta(hours=1)
            wearers.event.ends_at = clock.now() + timedelta(hours=3)
        if change == "gone":
            db.session.get_one(Rsvp, bea.id).badge = new_secret()
    assert send(phone, ana if change == "own" else bea)[0] == status
    assert make.rows(Encounter) == []


def test_a_phone_sends_for_each_whose_pass_it_keeps(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    other = make.event(starts_at=clock.now() - timedelta(hours=1))
    ben, zoe = (make.rsvp(other, name, listing="attendees") for name in ("Ben", "Zoe"))
    phone = browser().open(f"/r/{ana.key}").press("Keep on this device")
    phone.open(f"/r/{ben.key}").press("Keep on this device")
    assert send(phone, bea)[0] == send(phone, zoe)[0] == 200
    said = {(row.noter_id, row.met_id) for row in make.rows(Encounter)}
    assert said == {(ana.id, bea.id), (ben.id, zoe.id)}


def test_what_a_phone_kept_is_sent_also_when_its_pass_is_over(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    phone = browser().open(f"/r/{ana.key}").press("Keep on this device")
    with time_machine.travel(bea.event.met_closes_at - timedelta(hours=1)):
        assert send(phone, bea)[0] == 200
        assert len(make.rows(Encounter)) == 1
        assert phone.open(f"/m/{bea.badge}").guests() == []
    with time_machine.travel(bea.event.met_closes_at):
        assert phone.client.get("/met/kept").status_code == 404


def test_a_pass_that_is_kept_no_longer_sends_nothing(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    phone = browser().open(f"/r/{ana.key}").press("Keep on this device")
    said = what_is_said(phone)
    phone.open(f"/r/{ana.key}").press("Don't keep it here")
    assert post(phone, bea, said)[0] == 404
    assert make.rows(Encounter) == []


def test_taken_back_it_is_not_said_again_as_long_as_a_phone_sends_it(
    make: Make, phone: Browser, pair: Any
) -> None:
    _, bea = pair
    worker = (Path(met.__file__).parent / "static" / "sw.js").read_text()
    (days,) = re.findall(r"KEPT_FOR = (\d+) \* 24 \* 3600_000", worker)
    once = {"form_id": new_secret()}
    assert send(phone, bea, **once)[0] == 200
    press(phone.open(f"/m/{bea.badge}"), bea, "We met")  # takes it back
    with time_machine.travel(clock.now() + timedelta(days=int(days))):
        with make.act():
            forget_old_forms.do(forget_old_forms.find(clock.now()), clock.now())
        send(phone, bea, **once)
    assert make.rows(Encounter) == []


def test_one_phone_that_sends_too_often_locks_nobody_else_out(
    app: Flask, make: Make, pair: tuple[Rsvp, Rsvp]
) -> None:
    bea = pair[1]
    with limits_for_a_while():
        limited = app_with(app, RATELIMIT_ENABLED=True)

        def sent(phone: Browser, times: int) -> set[int]:
            token = str(phone.open("/sign-in").page.select("[name=csrf_token]")[0]["value"])
            return {post(phone, bea, {"token": token})[0] for _ in range(times)}

        one, other = (Browser(limited.test_client()) for _ in range(2))
        for phone in (one, other):
            phone.keep_cookie("sid", new_secret())
        assert sent(one, 120) == {404}
        assert sent(one, 1) == {429}
        assert sent(other, 5) == {404}


def test_without_account_and_pass_nothing_is_kept(browser: Browsers, pair: Any) -> None:
    ana, bea = pair
    phone = browser().open(f"/r/{ana.key}")
    assert phone.client.get("/met/kept").status_code == 404
    assert phone.open(f"/m/{bea.badge}").guests() == []


def test_a_pass_speaks_for_its_guest_only_as_long_as_it_is_kept(
    make: Make, browser: Browsers, pair: Any
) -> None:
    ana, bea = pair
    phone = browser().open(f"/r/{ana.key}").press("Keep on this device")
    assert phone.open(f"/m/{bea.badge}").guests() == ["Bea Gil"]
    with time_machine.travel(bea.event.ends_at + timedelta(days=2)):
        assert phone.open(f"/m/{bea.badge}").guests() == []
    phone.open(f"/r/{ana.key}").press("Don't keep it here")
    assert phone.open(f"/m/{bea.badge}").guests() == []
    phone.open(f"/r/{ana.key}").press("Keep on this device")
    make.signed_in(phone, make.rsvp(bea.event, "Carla").person)
    assert "Ana" not in phone.open(f"/m/{bea.badge}").text


def test_the_pass_shows_the_code_of_the_badge_once_the_event_has_started(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], app: Flask
) -> None:
    soon = make.rsvp(make.event(), "Carla")
    assert not browser().open(f"/r/{soon.key}").page.select("#own-code")
    ana = pair[0]
    shown = browser().open(f"/r/{ana.key}").page.select("#own-code .ticket-qr path")[-1]["d"]
    with app.test_request_context():
        code = str(app.jinja_env.filters["qr"](absolute("met.badge", badge=ana.badge)))
    assert str(shown) in code

"""Who may keep a pass on a phone, and what is on it. How it opens: tests/e2e/test_kept_pass.py."""

from __future__ import annotations

import base64
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from eventapp.core import clock
from eventapp.rsvp.kept import PASSES_MOST
from tests.html import words_of


def kept(browser, rsvp):
    return browser.open(f"/r/{rsvp.key}/kept")


def is_told_to_keep(browser, rsvp):
    page = browser.open(f"/r/{rsvp.key}")
    may = "Kept-Until" in page.response.headers
    assert may is bool(page.page.select("[data-worker]"))
    return may


def test_what_is_kept_is_the_pass_and_no_more(make, browser):
    rsvp = make.rsvp(make.event(title="Beers"), "Ana Ruiz", want_to_learn="Pricing")
    window = make.signed_in(browser(), rsvp.person)
    assert is_told_to_keep(window, rsvp)
    page = kept(window, rsvp)
    assert page.sees("Kept on this device, as of")
    assert {"Beers", "Ana", rsvp.short_code} <= set(words_of(page.page).split())
    assert page.page.select("#ticket .ticket-qr svg")
    assert page.page.select("#own-code .ticket-qr svg"), (
        "for whom they meet, though it hasn't started"
    )
    assert page.one("#kept a")["href"] == f"/r/{rsvp.key}?again=1", "an address that is waited for"
    for secret in ("csrf_token", "Pricing", rsvp.person.email):
        assert secret not in page.response.text
    assert page.response.headers["Cache-Control"] == "no-store"
    until = parsedate_to_datetime(page.response.headers["Kept-Until"])
    assert abs(until - rsvp.event.ends_at - timedelta(days=1)) < timedelta(seconds=1)


@pytest.mark.parametrize("who", ["stranger", "somebody else", "signed out", "unproven"])
def test_nobody_else_keeps_it(make, browser, who):
    event, window = make.event(), browser()
    rsvp = make.rsvp(event, "Ana Ruiz", **({"confirmed_at": None} if who == "unproven" else {}))
    if who == "somebody else":
        make.signed_in(window, make.rsvp(event, "Bea Gil").person)
    elif who != "stranger":
        make.signed_in(window, rsvp.person)
    if who == "signed out":
        window.open("/me").press("Sign out")
    assert not is_told_to_keep(window, rsvp)
    assert kept(window, rsvp).status == 404


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("cancelled", {}),
        ("maybe", {}),
        ("going", {"called_off_at": clock.now()}),
        ("going", {"starts_at": clock.now() - timedelta(days=3), "door_closes_hours_after": 300}),
    ],
)
def test_what_opens_no_door_is_not_kept(make, browser, status, more):
    rsvp = make.rsvp(make.event(**more), status=status)
    window = make.signed_in(browser(), rsvp.person)
    assert not is_told_to_keep(window, rsvp)
    assert kept(window, rsvp).status == 404


def test_who_opens_the_link_elsewhere_keeps_it_once_they_say_so(make, browser):
    rsvp, window = make.rsvp(make.event(), "Ana Ruiz"), browser()
    assert not is_told_to_keep(window, rsvp)
    window.press("Keep on this device")
    assert is_told_to_keep(window, rsvp)
    assert kept(window, rsvp).sees("Kept on this device, as of")
    assert not is_told_to_keep(browser(), rsvp), "this phone alone"
    window.open(f"/r/{rsvp.key}").press("Don't keep it here")
    assert not is_told_to_keep(window, rsvp)
    assert kept(window, rsvp).status == 404


def test_who_is_signed_in_may_say_no_and_yes_again(make, browser):
    rsvp = make.rsvp(make.event(), "Ana Ruiz")
    window = make.signed_in(browser(), rsvp.person)
    assert is_told_to_keep(window, rsvp)
    window.press("Don't keep it here")
    assert not is_told_to_keep(window, rsvp)
    window.press("Keep on this device")
    assert is_told_to_keep(window, rsvp)


def test_signing_out_forgets_what_was_said(make, browser):
    rsvp = make.rsvp(make.event(), "Ana Ruiz")
    window = make.signed_in(browser(), rsvp.person).open(f"/r/{rsvp.key}")
    window.press("Don't keep it here").press("Keep on this device")
    window.open("/me").press("Sign out")
    assert not is_told_to_keep(window, rsvp)


def test_it_ends_where_somebody_else_signs_in_and_is_not_offered_there(make, browser):
    event, window = make.event(), browser()
    rsvp = make.rsvp(event, "Ana Ruiz")
    window.open(f"/r/{rsvp.key}").press("Keep on this device")
    make.signed_in(window, make.rsvp(event, "Bea Gil").person)
    assert not is_told_to_keep(window, rsvp)
    assert not window.page.select("#keep")


@pytest.mark.parametrize("more", [{"confirmed_at": None}, {"status": "maybe"}])
def test_it_is_offered_for_a_confirmed_pass_alone(make, browser, more):
    rsvp = make.rsvp(make.event(), **more)
    window = browser().open(f"/r/{rsvp.key}")
    assert not window.page.select("#keep")


def test_each_pass_is_kept_by_itself_and_the_cookie_names_none(make, browser):
    window = browser()
    rsvps = [make.rsvp(make.event()) for _ in range(PASSES_MOST + 1)]
    for rsvp in rsvps:
        window.open(f"/r/{rsvp.key}").press("Keep on this device")
    assert [is_told_to_keep(window, rsvp) for rsvp in rsvps] == [False, *[True] * PASSES_MOST]
    cookie = window.client.get_cookie("kept")
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    assert len(cookie.value) < 1000
    payload = base64.urlsafe_b64decode(cookie.value.split(".")[1] + "==")
    assert rsvps[1].key[:8].encode() not in payload

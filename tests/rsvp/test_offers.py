"""What guests offer on their own page: to greet who is new, and to have their badge say so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Rsvp
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]
TICKS = ("hosts", "badge_tells")


def own(make: Make, browser: Browsers, *, htmx: bool = False, **more: object) -> Browser:
    rsvp = make.rsvp(make.event(), "Ana", **more)
    return browser(htmx=htmx).open(f"/r/{rsvp.key}")


def test_nothing_is_ticked_at_first(make: Make, browser: Browsers) -> None:
    page = own(make, browser)
    for name in TICKS:
        assert not page.one(f"#change [name={name}]").has_attr("checked")
    page.press("Save")
    row = make.row(Rsvp)
    assert (row.hosts_since, row.badge_tells) == (None, False)


def test_a_guest_offers_to_greet_and_takes_it_back(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    page = own(make, browser, htmx=htmx)
    before = clock.now()
    page.press("Save", hosts="y")
    row = make.row(Rsvp)
    assert row.hosts_since >= before
    assert row.badge_tells is False
    assert page.one("#change [name=hosts]").has_attr("checked")
    form = page.one("#change form")
    page.submit(form, {"csrf_token": form.select_one("[name=csrf_token]")["value"], "name": "Ana"})
    assert make.row(Rsvp).hosts_since is None


def test_a_badge_tells_only_what_was_ticked(make: Make, browser: Browsers) -> None:
    own(make, browser).press("Save", badge_tells="y")
    row = make.row(Rsvp)
    assert (row.hosts_since, row.badge_tells) == (None, True)


def test_since_when_somebody_hosts_stays_when_they_save_again(
    make: Make, browser: Browsers
) -> None:
    page = own(make, browser).press("Save", hosts="y")
    since = make.row(Rsvp).hosts_since
    with time_machine.travel(clock.now().timestamp() + 90):
        page.press("Save")
    assert make.row(Rsvp).hosts_since == since


@pytest.mark.parametrize("name", TICKS)
def test_the_public_form_offers_neither(make: Make, browser: Browsers, name: str) -> None:
    page = browser().open(f"/e/{make.event().slug}")
    assert not page.page.select(f"[name={name}]")
    form = page.one("form[action$='/rsvp']")
    fields = {"name": "Ana", "email": "ana@example.org", name: "y"}
    token = form.select_one("[name=csrf_token]")["value"]
    page.submit(form, {**fields, "csrf_token": token})
    row = make.row(Rsvp)
    assert (row.hosts_since, row.badge_tells) == (None, False)

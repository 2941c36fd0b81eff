"""Whoever withdraws, is blocked or was met is suggested no more, at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Block, Encounter, Event, Rsvp, Suggestion
from tests.browser import Browser
from tests.greeting.evening import AGREED, change, plan, regular, suggested
from tests.make import Make

Browsers = Callable[..., Browser]


def noted(make: Make, noter: Rsvp, met: Rsvp, **more: Any) -> None:
    row = {"event_id": noter.event_id, "noter_id": noter.id, "met_id": met.id}
    with make.act():
        db.session.add(Encounter(**row, noted_at=clock.now(), **more))


@pytest.mark.parametrize("who_said_so", ["ana", "bea"])
def test_whoever_was_met_before_is_not_suggested(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, who_said_so: str
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    cleo = make.rsvp(event, "Cleo", **AGREED, ask_me_about="pricing")
    before = make.event(starts_at=clock.now() - timedelta(days=30))
    then = [make.rsvp(before, "A", person=each.person) for each in (ana, bea, cleo)]
    noted(make, *(then[:2] if who_said_so == "ana" else then[1::-1]))
    assert list(suggested(make, browser, ana)) == ["Cleo"]


def test_a_decline_of_what_was_taken_back_shows_in_nothing(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    """The row that keeps it must not: whoever was asked once and never again would be missing."""
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    before = make.event(starts_at=clock.now() - timedelta(days=30))
    then = [make.rsvp(before, "A", person=each.person) for each in (ana, bea)]
    noted(make, *then, declined_at=clock.now(), taken_back_at=clock.now())
    assert list(suggested(make, browser, ana)) == ["Bea"]


@pytest.mark.parametrize("change_of", ["ana", "bea"])
@pytest.mark.parametrize(
    "withdrawn", [{"may_be_suggested": False}, {"listing": "nobody"}, {"status": "cancelled"}]
)
def test_withdrawing_shows_at_once_on_the_pages_of_both(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, change_of: str, withdrawn: Any
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert suggested(make, browser, ana) == {
        "Bea": "Can be asked about what you want to learn: pricing"
    }
    assert list(suggested(make, browser, bea)) == ["Ana Ruiz"]
    change(make, {"ana": ana, "bea": bea}[change_of], **withdrawn)
    for rsvp in (ana, bea):
        assert not browser().open(f"/r/{rsvp.key}").page.select("#suggestions")


def test_a_topic_that_is_withdrawn_is_shown_no_more(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert suggested(make, browser, ana) == {
        "Bea": "Can be asked about what you want to learn: pricing"
    }
    change(make, bea, ask_me_about="")
    assert "about pricing" not in browser().open(f"/r/{ana.key}").text
    assert suggested(make, browser, ana) == {}, "there is no reason any more"


def test_one_blocked_by_either_is_gone_at_once(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    bea = make.rsvp(event, "Bea", **AGREED, ask_me_about="pricing")
    assert list(suggested(make, browser, ana)) == ["Bea"]
    row = {"blocker_id": bea.person_id, "blocked_id": ana.person_id, "name": "Ana"}
    with make.act():
        db.session.add(Block(**row, since=clock.now()))
    for rsvp in (ana, bea):
        assert not browser().open(f"/r/{rsvp.key}").page.select("#suggestions")
    plan(make)
    assert make.rows(Suggestion) == []


def test_a_host_who_withdraws_is_replaced(make: Make, browser: Browsers, event: Event) -> None:
    hosts = [regular(make, event, name, hosts_since=clock.now()) for name in ("Olga", "Pia")]
    lucia = make.rsvp(event, "Lucía", listing="attendees", wants_a_host=True)
    plan(make)
    page = browser().open(f"/r/{lucia.key}")
    assert page.guests() == ["Olga"]
    browser().open(f"/r/{hosts[0].key}").press("Keep this choice", hosts="")
    assert browser().open(f"/r/{lucia.key}").guests() == []
    plan(make)
    assert browser().open(f"/r/{lucia.key}").guests() == ["Pia"]

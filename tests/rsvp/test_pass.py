"""One's own page is the pass: what a door asks for, first; the form and the way out below it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Rsvp
from tests.met.evening import let_in


def own(browser, rsvp):
    return browser.open(f"/r/{rsvp.key}")


def test_the_pass_says_what_a_door_asks_for(make, browser):
    event = make.event(title="Beers", place="Bar Central")
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    page = own(browser(), rsvp)
    shown = page.one("article").get_text(" ", strip=True)
    for words in ("Beers", "Ana Ruiz", "and 2 companions", "Bar Central", rsvp.short_code):
        assert words in shown
    assert "The door is open from" in shown
    assert page.sees("See you there, Ana Ruiz!")
    for calendar in ("Google", "Outlook"):
        assert page.page.find("a", string=calendar)["href"].startswith("https://")


def test_the_pass_leads_to_who_comes_and_then_to_who_came(make, browser):
    event = make.event()
    page = own(browser(), make.rsvp(event, status="going"))
    people = f"/e/{event.slug}/people"
    assert page.one(f"main a[href='{people}']").get_text(strip=True) == "Who's coming"
    with time_machine.travel(event.ends_at):
        assert (
            page.open(page.url).one(f"main a[href='{people}']").get_text(strip=True) == "Who came"
        )
    no = own(browser(), make.rsvp(event, status="not_going"))
    assert not no.page.select(f"main a[href='{people}']")


@pytest.mark.parametrize("status", ["waitlisted", "maybe", "not_going", "cancelled", "pending"])
def test_who_holds_no_place_has_no_pass(make, browser, status):
    rsvp = make.rsvp(make.event(), status=status, listing="nobody")
    page = own(browser(), rsvp)
    assert not page.page.select("#ticket")
    assert rsvp.ticket not in page.response.text


def test_who_does_not_come_needs_no_calendar(make, browser):
    rsvp = make.rsvp(make.event(), status="not_going")
    assert not own(browser(), rsvp).page.select("a[href$='calendar.ics']")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"called_off_at": clock.now()}, "The event is called off, Ana Ruiz"),
        ({"starts_at": clock.now() - timedelta(days=2)}, "It's over, Ana Ruiz"),
    ],
)
def test_a_pass_that_opens_nothing_is_not_shown(make, browser, more, words):
    page = own(browser(), make.rsvp(make.event(title="Supper", **more), "Ana Ruiz"))
    assert not page.page.select("#ticket")
    assert page.one("h1").get_text() == words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"status": "pending"}, "You've asked to come, Ana Ruiz"),
        ({"status": "not_going", "declined_at": clock.now()}, "No place this time, Ana Ruiz"),
    ],
)
def test_who_waits_or_was_declined_is_told_where_they_stand(make, browser, more, words):
    page = own(browser(), make.rsvp(make.event(title="Supper"), "Ana Ruiz", **more))
    assert page.one("h1").get_text() == words


def test_who_came_is_thanked_afterwards(make, browser):
    rsvp = make.rsvp(make.event(), "Ana Ruiz")
    let_in(make, rsvp)
    with time_machine.travel(rsvp.event.ends_at):
        assert own(browser(), rsvp).one("h1").get_text() == "Thank you for coming, Ana Ruiz!"


def test_what_it_says_fits_whether_the_event_is_on(make, browser):
    event = make.event(starts_at=clock.now() + timedelta(hours=1))
    page = own(browser(), make.rsvp(event, "Ana Ruiz"))
    assert not page.sees("Who did you meet?")
    with make.act():
        db.session.get_one(Event, event.id).starts_at = clock.now()
    page.open(page.url)
    assert page.sees("It's on now, Ana Ruiz!")
    assert page.sees("Who did you meet?")
    assert page.one("#ticket"), "they may be late"
    assert not page.sees("See you there")


def test_who_is_in_is_told_so(make, browser):
    rsvp = make.rsvp(make.event())
    let_in(make, rsvp)
    assert own(browser(), rsvp).sees("You're in. Enjoy it!")


def test_the_form_is_folded_until_it_is_needed(make, browser, htmx):
    rsvp = make.rsvp(make.event(capacity=1), listing="nobody")
    page = own(browser(htmx=htmx), rsvp)
    assert not page.one("#change").has_attr("open")
    page.press("Save", companions="3")
    assert page.codes() == ["party_too_big"]
    assert page.one("#change").has_attr("open")
    page.press("Cancel my place")
    assert make.row(Rsvp).status == "cancelled"
    assert page.one("#change").has_attr("open"), "come after all"


def test_one_thing_stands_out_on_the_page_of_who_comes(make, browser):
    page = own(browser(), make.rsvp(make.event(), listing="nobody"))
    unfolded = [one for one in page.page.select("main .button") if not one.find_parent("details")]
    assert all("quiet" in one["class"] for one in unfolded), "the pass is what matters"

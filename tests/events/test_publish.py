"""From draft to public, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.follow.actions import start_following, tell_followers
from eventapp.model import AuditEntry, Community, Event, Person, Talk
from tests.browser import Browser, form_data
from tests.events.organising import may_event, organiser_of, save, value_of
from tests.make import Make, utc

Browsers = Callable[..., Browser]


def test_published_event_is_public(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make, published_at=None)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    page.press("Publish")
    assert page.sees("Published")
    copy = page.one("#public [data-copy]")
    assert copy["data-copy"] == f"http://localhost/e/{event.slug}"
    assert browser().open("/").sees("Beers and talks")


def test_a_draft_is_saved_and_published_in_one_press(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = may_event(make, published_at=None)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}/edit")
    page.press("Save and publish", title="Cider")
    assert page.sees("Published")
    assert browser().open(f"/e/{event.slug}").sees("Cider")
    assert [row.verb for row in make.rows(AuditEntry)] == ["event_changed", "event_published"]
    assert "Save and publish" not in page.follow("Edit").text


def test_published_event_without_answers_can_be_a_draft_again(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    page.press("Make it a draft again")
    assert page.sees("Draft")
    assert not browser().open("/").sees("Beers and talks")


def test_event_with_answers_stays_public(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    make.rsvp(event, status="cancelled")
    page.press("Make it a draft again")
    assert page.status == 409
    assert "has_answers" in page.codes()
    assert make.row(Event).published_at
    assert not page.open(f"/o/e/{event.slug}").sees("Make it a draft again")


def test_calling_off_asks_first(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make)
    make.rsvp(event, companions=1)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    page.follow("Call it off")
    assert page.sees("2 people are coming")
    assert make.row(Event).called_off_at is None
    page.press("Yes, call it off").press("Yes, and send")
    assert page.sees("Called off")
    called_off = make.row(Event)
    assert called_off.called_off_at
    assert called_off.revision == 1
    assert browser().open("/").sees("Called off")


def test_calling_off_twice_is_once(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/call-off")
    first, again = page.press("Yes, call it off"), page.open(f"/o/e/{event.slug}/call-off")
    at = make.row(Event).called_off_at
    again.press("Yes, call it off")
    assert first.status == again.status == 200
    assert (make.row(Event).called_off_at, make.row(Event).revision) == (at, 1)


def test_draft_cannot_be_called_off(make: Make, browser: Browsers) -> None:
    event = may_event(make, published_at=None)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/call-off")
    page.press("Yes, call it off")
    assert (page.status, page.codes()) == (409, ["not_published"])


def test_draft_can_be_discarded(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community()
    event = may_event(make, community, published_at=None)
    page = organiser_of(make, browser, community, htmx=htmx).open(f"/o/e/{event.slug}")
    save(page, **{"talks-0-title": "One"})
    page.follow("Discard the draft").press("Yes, discard it")
    assert page.url == f"/o/{community.slug}"
    assert make.rows(Event) == make.rows(Talk) == []


def test_public_event_cannot_be_discarded(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/discard")
    page.press("Yes, discard it")
    assert (page.status, page.codes()) == (409, ["published"])
    assert make.rows(Event)


def test_draft_with_answers_cannot_be_discarded(make: Make, browser: Browsers) -> None:
    event = may_event(make, published_at=None)
    make.rsvp(event, status="cancelled")
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/discard")
    page.press("Yes, discard it")
    assert (page.status, page.codes()) == (409, ["has_answers"])
    assert make.rows(Event)


def test_two_who_publish_or_take_back_at_once_change_it_once(make: Make, browser: Browsers) -> None:
    event = may_event(make, published_at=None)
    organiser = organiser_of(make, browser, event)
    for action, told in (("/publish", "Published"), ("/unpublish", "Draft")):
        page = organiser.open(f"/o/e/{event.slug}")
        form = page.one(f"form[action$='{action}']")
        page.submit(form, form_data(form))
        first = make.row(Event)
        page.submit(form, form_data(form))
        again = make.row(Event)
        assert page.sees(told)
        assert (again.published_at, again.changed_at) == (first.published_at, first.changed_at)
    assert len(make.rows(AuditEntry)) == 2


def test_copy_is_a_draft_of_its_own(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make, slug="may", capacity=40, seats_taken=3)
    page = organiser_of(make, browser, event, htmx=htmx).open("/o/e/may")
    save(page, **{"talks-0-title": "Saying no", "talks-0-speaker": "Núria"})
    page.press("Copy as a new draft")
    assert page.url == "/o/e/beers-and-talks"
    assert page.sees("Draft")
    assert value_of(page, "talks-0-speaker") == "Núria"
    copy = make.row(Event, slug="beers-and-talks")
    assert (copy.capacity, copy.seats_taken, copy.starts_at) == (40, 0, utc(2027, 5, 11, 17))
    assert make.row(Event, slug="may").published_at


def test_numbers_count_people(make: Make, browser: Browsers) -> None:
    event = may_event(make, capacity=4, admitted=3)
    make.rsvp(event, companions=3)
    make.rsvp(event, status="waitlisted", companions=1)
    make.rsvp(event, status="waitlisted")
    make.rsvp(event, status="pending")
    make.rsvp(event, status="cancelled", companions=5)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    numbers = {str(p["data-count"]): p.strong.get_text() for p in page.page.select("[data-count]")}
    assert numbers == {"going": "4", "waitlisted": "3", "pending": "1"}
    assert page.one("#headcount")["data-admitted"] == "3"


@pytest.mark.parametrize("button", ["Publish", "Save and publish"])
def test_followers_are_not_mailed_before_the_mail_is_seen(
    make: Make, browser: Browsers, htmx: bool, button: str
) -> None:
    community = make.community()
    event = may_event(make, community, published_at=None)
    for email in ("ana@example.org", "bea@example.org"):
        fan = make.person(email, name="A Fan")
        with make.act():
            there = db.session.get_one(Community, community.id)
            start_following(there, db.session.get_one(Person, fan.id), at=clock.now())
    page = organiser_of(make, browser, community, htmx=htmx).open(f"/o/e/{event.slug}")
    (page.follow("Edit") if button != "Publish" else page).press(button)
    assert page.one("#ask-first").h2.text == "Publish it?"
    assert page.sees("2 people get an email.")
    assert event.title in page.one("[data-mail]").get_text()
    for private in ("ana@example.org", "A Fan"):
        assert private not in page.response.text, "who follows is not told"
    assert make.row(Event).published_at is None
    assert page.press("Yes, and send 2 emails").sees("It's public now.")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert make.due(tell_followers) == 2

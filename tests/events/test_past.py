"""A date in the past is asked about once: a wrong year is typed soon."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from eventapp.core import clock
from eventapp.model import Event
from tests.events.organising import TYPED, may_event, organiser_of, save
from tests.make import utc

PAST = {"starts": "2020-05-04T19:00", "ends": "2020-05-04T22:00"}


def test_a_new_event_in_the_past_is_asked_about(make, browser, htmx):
    community = make.community()
    page = organiser_of(make, browser, community, htmx=htmx).open(f"/o/{community.slug}/events/new")
    assert not page.page.select("[name=is_past]")
    page.press("Save as a draft", **{**TYPED, **PAST})
    assert page.status == 422
    assert "in_the_past" in page.codes()
    assert not make.rows(Event)
    page.press("Save as a draft", is_past="y")
    assert make.row(Event).starts_at == utc(2020, 5, 4, 17)


def test_moving_an_event_into_the_past_is_asked_about(make, browser, htmx):
    event = may_event(make)
    page = save(organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}"), **PAST)
    assert "in_the_past" in page.codes()
    assert make.row(Event).starts_at == event.starts_at
    page.press("Save", is_past="y")
    assert make.row(Event).starts_at == utc(2020, 5, 4, 17)


def test_an_event_that_is_past_is_not_asked_about_when_it_stays_then(make, browser):
    event = may_event(make, starts_at=clock.now() - timedelta(days=3, seconds=7))
    save(organiser_of(make, browser, event).open(f"/o/e/{event.slug}"), title="It was fun")
    assert make.row(Event).title == "It was fun"


def test_an_event_that_has_just_begun_is_not_asked_about(make, browser):
    community = make.community()
    page = organiser_of(make, browser, community).open(f"/o/{community.slug}/events/new")
    begun = clock.now().astimezone(ZoneInfo("Europe/Madrid")) - timedelta(minutes=11)
    ends = begun + timedelta(hours=3)
    typed = {"starts": f"{begun:%Y-%m-%dT%H:%M}", "ends": f"{ends:%Y-%m-%dT%H:%M}"}
    page.press("Save as a draft", **{**TYPED, **typed})
    assert page.codes() == []
    assert make.rows(Event)

"""The morning after, everybody who was there is asked once whom they met."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import update

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.met.actions import ask_who_they_met
from eventapp.model import Community, Rsvp
from tests.make import Make
from tests.met.evening import hours_ago, last_night, let_in, noon


def ask(make: Make) -> int:
    return make.due(ask_who_they_met)


def asked(make: Make) -> list[str]:
    return sorted(row.to_email for row, _ in make.mails() if row.template.endswith("morning_after"))


def test_who_was_there_is_asked_once(make: Make) -> None:
    event = last_night(make)
    ana, bea = (make.rsvp(event, name) for name in ("Ana", "Bea"))
    make.rsvp(event, "Stayed at home")
    make.rsvp(event, "Without a mailbox", person=None)
    let_in(make, ana, bea)
    assert ask(make) == 2
    assert ask(make) == 0
    assert asked(make) == sorted([ana.person.email, bea.person.email])
    assert make.row(Rsvp, id=ana.id).morning_after_at
    assert make.mails(ana.person.email)[0][1].subject == "Who did you meet at Beers?"


def test_where_the_door_was_not_used_all_who_said_they_would_come_are_asked(make: Make) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", confirmed_at=None)
    for status in ("waitlisted", "pending", "not_going", "cancelled"):
        make.rsvp(event, "No", status=status)
    assert ask(make) == 1
    assert asked(make) == [ana.person.email]


@pytest.mark.parametrize(
    ("ends", "tz", "hour", "asked"),
    [
        ("2026-12-01T22:30", "Europe/Madrid", 10, "2026-12-02T10:00"),
        ("2026-12-02T01:30", "Europe/Madrid", 10, "2026-12-02T10:00"),  # still the evening before
        ("2026-12-02T09:30", "Europe/Madrid", 10, "2026-12-03T10:00"),  # a breakfast
        ("2026-12-01T22:30", "Atlantic/Canary", 8, "2026-12-02T08:00"),
        ("2026-10-24T22:30", "Europe/Madrid", 10, "2026-10-25T10:00"),  # clocks go back meanwhile
        ("2027-03-27T23:00", "America/New_York", 22, "2027-03-28T22:00"),
    ],
)
def test_they_are_asked_at_the_hour_that_the_community_says(
    make: Make, ends: str, tz: str, hour: int, asked: str
) -> None:
    zone = ZoneInfo(tz)
    ends_at, due_at = (datetime.fromisoformat(at).replace(tzinfo=zone) for at in (ends, asked))
    event = make.event(
        make.community(met_mail_hour=hour), starts_at=ends_at - timedelta(hours=3), tz=tz
    )
    make.rsvp(event)
    with time_machine.travel(due_at - timedelta(minutes=1)):
        assert ask(make) == 0
    with time_machine.travel(due_at):
        assert ask(make) == 1


@pytest.mark.parametrize(
    ("ended", "count"), [(timedelta(days=2, hours=23), 1), (timedelta(days=3, minutes=1), 0)]
)
def test_they_are_asked_until_three_days_after(make: Make, ended: timedelta, count: int) -> None:
    make.rsvp(make.event(starts_at=clock.now() - ended - timedelta(hours=3)))
    assert ask(make) == count


def test_a_community_that_wants_no_such_mail_sends_none(make: Make) -> None:
    make.rsvp(last_night(make))
    set_hour(make, None)
    assert ask(make) == 0


def set_hour(make: Make, hour: int | None) -> None:
    with make.act():
        db.session.execute(update(Community).values(met_mail_hour=hour))


def test_what_is_put_off_while_guests_are_looked_for_is_not_sent(make: Make) -> None:
    rsvp = make.rsvp(last_night(make))
    with make.act():
        found = ask_who_they_met.find(clock.now())
        assert found == [rsvp.id]
        db.session.execute(update(Community).values(met_mail_hour=None))
        assert ask_who_they_met.do(found, clock.now()) == 0


def test_looking_for_them_is_quick_where_many_events_ended_lately(make: Make) -> None:
    community = make.community(met_mail_hour=22)
    for _ in range(200):
        make.event(community, starts_at=hours_ago(15), tz=noon())
    took = []
    with make.act():
        for _ in range(20):
            began = time.perf_counter()
            assert ask_who_they_met.find(clock.now()) == []
            took.append(time.perf_counter() - began)
    assert min(took) < 0.005


@pytest.mark.parametrize("more", [{"called_off_at": clock.now()}, {"published_at": None}])
def test_an_event_that_did_not_take_place_asks_nobody(make: Make, more: dict[str, Any]) -> None:
    make.rsvp(last_night(make, **more))
    assert ask(make) == 0


def test_the_link_opens_the_form_in_any_browser(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="nobody")
    make.rsvp(event, "Bea", listing="attendees")
    ask(make)
    mail = make.mails(ana.person.email)[0][0]
    page = browser().open(mail.values["url"])
    assert page.url == f"/r/{ana.key}/met"
    assert page.guests() == ["Bea"]


def test_who_was_never_asked_about_being_seen_is_asked_now(make: Make, browser: Any) -> None:
    event = last_night(make)
    unasked = make.rsvp(event, "Imma", listing=None, source="import", confirmed_at=None)
    said_no = make.rsvp(event, "Nil", listing="nobody")
    ask(make)
    [(_, words)] = make.mails(unasked.person.email)
    assert "who may see that you were there?" in words.text
    assert f"http://localhost/r/{unasked.key}" in words.text
    [(_, words)] = make.mails(said_no.person.email)
    assert f"http://localhost/r/{said_no.key}/met" in words.text
    assert "who may see that you were there?" not in words.text
    page = browser().open(f"/r/{unasked.key}")
    assert make.row(Rsvp, id=unasked.id).listing is None
    page.press("The other people coming")
    assert make.row(Rsvp, id=unasked.id).listing == "attendees"


def test_a_crowd_is_asked_in_portions(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventapp.core.portions.FIRST", 2)
    event = last_night(make)
    for number in range(5):
        make.rsvp(event, f"Guest {number}")
    assert ask(make) == 5
    assert len(asked(make)) == 5


def test_reading_the_page_asks_nobody(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make), "Ana")
    make.signed_in(browser(), ana.person).open(f"/e/{ana.event.slug}/met")
    assert make.row(Rsvp).morning_after_at is None
    assert make.mails() == []

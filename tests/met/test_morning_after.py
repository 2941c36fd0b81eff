"""The morning after, everybody who was there is asked once whom they met."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.met.actions import ask_who_they_met
from eventapp.model import Rsvp
from tests.make import Make
from tests.met.evening import last_night, let_in


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
    ("ended", "count"),
    [
        (timedelta(hours=7, minutes=59), 0),
        (timedelta(hours=8, minutes=1), 1),
        (timedelta(days=2, hours=23), 1),
        (timedelta(days=3, minutes=1), 0),
    ],
)
def test_they_are_asked_from_eight_hours_until_three_days_after(
    make: Make, ended: timedelta, count: int
) -> None:
    make.rsvp(make.event(starts_at=clock.now() - ended - timedelta(hours=3)))
    assert ask(make) == count


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
    page.press("The others who come")
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

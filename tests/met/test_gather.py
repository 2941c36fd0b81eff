"""Who was noted hears of it in one mail a day at most, and of nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.actions import delete_person
from eventapp.met.actions import tell_who_met_them
from eventapp.met.actions.gather import mail_says, tell_at
from eventapp.model import Encounter, Event, Notice, OutboxMail, Person, Rsvp
from tests.contacts.evening import card
from tests.make import Make
from tests.met.evening import last_night, looking_back, mails_of_the_day, press, row_of

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2026-12-02T10:05", "2026-12-02T18:00"),
        ("2026-12-02T18:00", "2026-12-03T18:00"),
        ("2026-12-01T23:30", "2026-12-02T18:00"),
        ("2026-10-24T19:00", "2026-10-25T18:00"),  # clocks go back meanwhile
    ],
)
def test_what_is_said_by_six_in_the_evening_is_told_then(said: str, told: str) -> None:
    at = datetime.fromisoformat(said).replace(tzinfo=MADRID)
    assert tell_at(Event(tz="Europe/Madrid"), at=at) == datetime.fromisoformat(told).replace(
        tzinfo=MADRID
    )


def evening(make: Make, *names: str) -> list[Rsvp]:
    event = last_night(make)
    return [make.rsvp(event, name, listing="attendees") for name in names]


def say(make: Make, browser: Any, one: Rsvp, other: Rsvp, button: str = "We met") -> None:
    press(looking_back(make, browser, one), other, button)


def test_nine_who_say_so_are_one_mail(make: Make, browser: Any) -> None:
    ana, *others = evening(make, "Ana", *(f"Guest {number}" for number in range(9)))
    card(make, ana.person, shared=["email", "phone"])
    for other in others:
        say(make, browser, other, ana)
    assert mails_of_the_day(make) == 9
    [(mail, words)] = make.mails(ana.person.email)
    assert words.subject == "9 people say they met you. Did they?"
    assert all(f"{other.name} says you two met at Beers." in words.text for other in others)
    assert "get what you ticked on your card: email, phone." in words.text
    assert mail.about_id is None, "organisers see mails about RSVPs"
    page = browser().open(mail.values["asking"][3]["url"])
    press(page, others[3], "Yes, we met")
    assert row_of(page.open(page.url), others[3])["data-state"] == "mutual"


def test_a_day_brings_one_mail_whatever_the_events(make: Make, browser: Any) -> None:
    ana, bea = evening(make, "Ana", "Bea")
    elsewhere = last_night(make, tz="Pacific/Auckland")
    again = make.rsvp(elsewhere, "Ana", person=ana.person, listing="attendees")
    carla = make.rsvp(elsewhere, "Carla", listing="attendees")
    say(make, browser, bea, ana)
    say(make, browser, carla, again)
    start = clock.now()
    sent: list[datetime] = []
    for hours in range(24 * 4):
        with time_machine.travel(start + timedelta(hours=hours, minutes=1)):
            make.due(tell_who_met_them)
            count = len(make.mails(ana.person.email))
            if count > len(sent):
                sent.append(clock.now())
    assert len(sent) in (1, 2), "in one, or the later one of the two on the next day"
    assert all(later - one >= timedelta(hours=22) for one, later in pairwise(sent))
    told = make.rows(Notice, person_id=ana.person_id)
    assert {notice.rsvp_id for notice in told} == {bea.id, carla.id}


def test_what_was_answered_or_taken_back_meanwhile_is_not_told(make: Make, browser: Any) -> None:
    ana, bea, carla, dora = evening(make, "Ana", "Bea", "Carla", "Dora")
    for other in (bea, carla, dora):
        say(make, browser, other, ana)
    say(make, browser, bea, ana, "Forget")
    say(make, browser, ana, carla, "Not now")
    say(make, browser, ana, dora, "Yes, we met")
    mails_of_the_day(make)
    assert make.mails(ana.person.email) == []
    assert make.mails(carla.person.email) == [], "a no is told to nobody"
    [(_, words)] = make.mails(dora.person.email)
    assert words.subject == "Ana says so too: you met"


def test_no_and_silence_look_alike(make: Make, browser: Any) -> None:
    ana, bea, carla = evening(make, "Ana", "Bea", "Carla")
    for other in (bea, carla):
        say(make, browser, ana, other)
    mails_of_the_day(make)
    say(make, browser, bea, ana, "Not now")
    page = looking_back(make, browser, ana)
    rows = [str(row_of(page, other)) for other in (bea, carla)]
    assert (
        rows[0].replace("Bea", "X").replace(str(bea.id), "0")[:80]
        == rows[1].replace("Carla", "X").replace(str(carla.id), "0")[:80]
    )
    mails_of_the_day(make, 3)
    assert make.mails(ana.person.email) == []


def test_what_changes_before_the_mail_leaves_is_left_out(make: Make, browser: Any) -> None:
    ana, bea, carla = evening(make, "Ana", "Bea", "Carla")
    for other in (bea, carla):
        say(make, browser, other, ana)
    mails_of_the_day(make)
    assert [one["name"] for one in says(make)["asking"]] == ["Bea", "Carla"]
    say(make, browser, bea, ana, "Forget")
    assert [one["name"] for one in says(make)["asking"]] == ["Carla"]
    say(make, browser, ana, carla, "Not now")
    assert says(make) is None


def says(make: Make) -> Any:
    with make.act():
        return mail_says(db.session.query(OutboxMail).one(), clock.now())


def test_who_is_deleted_is_named_no_more_and_the_others_still_are(make: Make, browser: Any) -> None:
    ana, bea, carla = evening(make, "Ana", "Beatrix Gone", "Carla")
    for other in (bea, carla):
        say(make, browser, other, ana)
    mails_of_the_day(make)
    with make.act():
        delete_person(db.session.get_one(Person, bea.person_id), at=clock.now())
    mail = make.row(OutboxMail, to_email=ana.person.email)
    assert "Beatrix" not in str(mail.values)
    assert [one["name"] for one in says(make)["asking"]] == ["Carla"]


def test_told_once_is_told_for_good(make: Make, browser: Any) -> None:
    ana, bea = evening(make, "Ana", "Bea")
    for days in range(1, 4):
        say(make, browser, ana, bea)
        mails_of_the_day(make, 2 * days)
        say(make, browser, ana, bea, "Forget")
    assert len(make.mails(bea.person.email)) == 1


def test_a_round_without_news_takes_one_query(make: Make, count_queries: Any) -> None:
    ana, bea = evening(make, "Ana", "Bea")
    with make.act():
        later = datetime(2099, 1, 1, tzinfo=UTC)
        said = {"event_id": ana.event_id, "noted_at": clock.now(), "tell_at": later}
        db.session.add(Encounter(noter_id=ana.id, met_id=bea.id, **said))
    with count_queries() as queries:
        assert make.due(tell_who_met_them) == 0
    assert len(queries) == 1

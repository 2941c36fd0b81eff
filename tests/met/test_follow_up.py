"""The mail on the day that somebody chose to get in touch with whom they met."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from eventapp.attendees.queries import Viewer
from eventapp.core.db import db
from eventapp.met.actions import remind_of_follow_ups, say_we_met
from eventapp.met.queries import Attendee
from eventapp.model import Encounter, Event, Notice, OutboxMail, Person, Rsvp
from eventapp.sending import send_waiting_mail
from tests.contacts.evening import guests, met, noted
from tests.make import Make

DAY = date(2026, 10, 8)
MORNING = datetime(2026, 10, 8, 7, 0, tzinfo=UTC)  # nine in Madrid


@pytest.fixture
def evening(make: Make) -> dict[str, Rsvp]:
    """Ana, who reads Spanish, wants to write to Bea and Carla on the same day."""
    event = make.event(title="PyDay", starts_at=datetime(2026, 10, 1, 17, tzinfo=UTC))
    ana, bea, carla = guests(make, event, "Ana Ruiz", "Bea Gil", "Carla Soler")
    met(make, ana, bea, note="promised a book", follow_up_on=DAY)
    noted(make, ana, carla, follow_up_on=DAY)
    with make.act():
        db.session.get_one(Person, ana.person_id).language = "es"
    return {"ana": ana, "bea": bea, "carla": carla}


def remind(make: Make, at: datetime = MORNING) -> int:
    with time_machine.travel(at, tick=False):
        return make.due(remind_of_follow_ups)


def change(make: Make, whom: Rsvp, **values: Any) -> None:
    with make.act():
        row = db.session.query(Encounter).filter_by(met_id=whom.id, **FROM_ANA).one()
        for name, value in values.items():
            setattr(row, name, value)


FROM_ANA: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def of_ana(evening: dict[str, Rsvp]) -> None:
    FROM_ANA.update(noter_id=evening["ana"].id)


def test_one_mail_names_everybody_of_the_day(make: Make, evening: dict[str, Rsvp]) -> None:
    assert remind(make, MORNING - timedelta(minutes=1)) == 0
    assert remind(make) == 2
    ((row, mail),) = make.mails()
    assert row.to_email == make.row(Person, id=evening["ana"].person_id).email
    assert row.language == "es"
    assert row.about_id is None
    for words in ("Bea Gil", "Carla Soler", "PyDay", "/contacts?due=1"):
        assert words in mail.text
    for kept in ("promised a book", "example.org>", "+34"):
        assert kept not in mail.text
    assert remind(make) == 0
    assert len(make.mails()) == 1


def test_who_was_noted_hears_nothing(make: Make, evening: dict[str, Rsvp]) -> None:
    remind(make)
    people = {make.row(Person, id=evening[name].person_id).email for name in ("bea", "carla")}
    assert not people & {row.to_email for row, _ in make.mails()}


@pytest.mark.parametrize("values", [{"follow_up_on": None}, {"follow_up_on": date(2026, 12, 1)}])
def test_a_day_that_was_changed_or_deleted_is_not_told(
    make: Make, evening: dict[str, Rsvp], values: dict[str, Any]
) -> None:
    change(make, evening["bea"], **values)
    change(make, evening["carla"], taken_back_at=MORNING)
    assert remind(make) == 0
    assert make.mails() == []


def test_another_day_chosen_later_is_told_again(make: Make, evening: dict[str, Rsvp]) -> None:
    remind(make)
    change(make, evening["bea"], follow_up_on=DAY + timedelta(days=7))
    assert remind(make, MORNING + timedelta(days=1)) == 0
    assert remind(make, MORNING + timedelta(days=7)) == 1
    assert sorted(row.which for row in make.rows(Notice, rsvp_id=evening["bea"].id)) == [
        "2026-10-08",
        "2026-10-15",
    ]


def test_a_worker_that_was_down_for_long_tells_nothing_stale(
    make: Make, evening: dict[str, Rsvp]
) -> None:
    assert remind(make, MORNING + timedelta(days=2)) == 0


def test_it_comes_at_nine_where_they_met(make: Make, evening: dict[str, Rsvp]) -> None:
    with make.act():
        db.session.get_one(Event, evening["ana"].event_id).tz = "America/Mexico_City"
    assert remind(make, MORNING + timedelta(hours=7)) == 0
    assert remind(make, MORNING + timedelta(hours=8)) == 2


def test_who_sets_todays_date_once_its_hour_has_come_is_not_mailed(
    app: Any, make: Make, browser: Any, evening: dict[str, Rsvp], htmx: bool
) -> None:
    for guest in (evening["bea"], evening["carla"]):
        change(make, guest, follow_up_on=None)
    at_night = MORNING + timedelta(hours=14)
    with time_machine.travel(at_night, tick=False):
        page = make.signed_in(browser(htmx=htmx), evening["ana"].person)
        page.open(f"/contacts?note={evening['bea'].id}")
        page.press("Save the note", follow_up_on=DAY.isoformat())
    for at in (at_night, MORNING + timedelta(days=1), at_night + timedelta(days=1)):
        assert remind(make, at) == 0
    assert make.mails() == []


def test_who_notes_that_they_met_with_todays_date_is_not_mailed(
    make: Make, browser: Any, evening: dict[str, Rsvp]
) -> None:
    ana, bea = evening["ana"], evening["bea"]
    change(make, evening["carla"], follow_up_on=None)
    change(make, bea, follow_up_on=None)
    with time_machine.travel(MORNING, tick=False), make.act():
        mine = db.session.get_one(Rsvp, ana.id)
        guest = Attendee(mine.event, mine.person, mine, Viewer(mine.person, mine))
        note = {"follow_up_on": DAY}
        say_we_met(guest, db.session.get_one(Rsvp, bea.id), at=MORNING, note=note)
    assert remind(make) == 0


def test_a_day_set_before_its_hour_is_mailed_at_it(
    make: Make, browser: Any, evening: dict[str, Rsvp]
) -> None:
    change(make, evening["carla"], follow_up_on=None)
    with time_machine.travel(MORNING - timedelta(hours=1), tick=False):
        page = make.signed_in(browser(), evening["ana"].person)
        page.open(f"/contacts?note={evening['carla'].id}")
        page.press("Save the note", follow_up_on="2026-10-08")
    assert remind(make) == 2


def test_whom_they_met_in_another_zone_is_in_the_same_mail(
    make: Make, evening: dict[str, Rsvp]
) -> None:
    meet_in_mexico(make, evening["ana"])
    assert remind(make) == 3
    assert remind(make, MORNING + timedelta(hours=8)) == 0
    assert len(make.mails()) == 1


def test_a_second_mail_of_a_day_waits_for_the_next(make: Make, evening: dict[str, Rsvp]) -> None:
    remind(make)
    meet_in_mexico(make, evening["ana"])
    assert remind(make, MORNING + timedelta(hours=8)) == 0
    assert remind(make, MORNING + timedelta(hours=13)) == 0
    assert remind(make, MORNING + timedelta(days=1, hours=8)) == 1


def meet_in_mexico(make: Make, ana: Rsvp) -> None:
    """At another event, where nine o'clock comes eight hours later."""
    event = make.event(starts_at=datetime(2026, 10, 2, tzinfo=UTC), tz="America/Mexico_City")
    again = make.rsvp(event, "Ana Ruiz", person=ana.person)
    noted(make, again, make.rsvp(event, "Dora Paz"), follow_up_on=DAY)


@pytest.mark.parametrize("hours", [-1, 11, 23])
def test_nobody_is_mailed_at_night(make: Make, evening: dict[str, Rsvp], hours: int) -> None:
    assert remind(make, MORNING + timedelta(hours=hours)) == 0


def test_a_mail_that_waits_is_brought_up_to_date(
    app: Any, make: Make, evening: dict[str, Rsvp], mailbox: Any
) -> None:
    remind(make)
    change(make, evening["bea"], follow_up_on=None)
    with app.app_context():
        send_waiting_mail()
    (mail,) = mailbox.mails
    assert "Carla Soler" in str(mail["Subject"])


def test_a_mail_about_nobody_any_more_is_not_sent(
    app: Any, make: Make, evening: dict[str, Rsvp], mailbox: Any
) -> None:
    remind(make)
    for name in ("bea", "carla"):
        change(make, evening[name], follow_up_on=None)
    with app.app_context():
        send_waiting_mail()
    assert mailbox.mails == []
    assert not [row for row in make.rows(OutboxMail) if row.state == "waiting"]

"""Who is going is reminded: at ten the day before, and two hours before the event."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Notice, OutboxMail, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import remind_hours_before, remind_the_day_before
from tests.make import utc
from tests.met.evening import let_in
from tests.test_worker import part, work

STARTS = utc(2027, 5, 4, 17)  # a Tuesday, at seven in Madrid
TEN = utc(2027, 5, 3, 8)  # in the morning of the day before
SOON = utc(2027, 5, 4, 15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def event(make):
    return make.event(title="Beers", starts_at=STARTS, capacity=4)


@pytest.fixture
def ana(make, event):
    return make.rsvp(event, "Ana Ruiz")


def reminded_at(make, when: datetime) -> tuple[int, int]:
    """How many are reminded that it is tomorrow, and that it starts soon."""
    with time_machine.travel(when):
        return make.due(remind_the_day_before), make.due(remind_hours_before)


def move(make, event, starts_at: datetime) -> None:
    with make.act():
        times = {"starts_at": starts_at, "ends_at": starts_at + 3 * HOUR}
        db.session.execute(update(Event).where(Event.id == event.id).values(times))


def test_who_is_going_is_reminded_twice_with_the_pass(make, event, ana):
    minute = timedelta(minutes=1)
    assert reminded_at(make, TEN - minute) == (0, 0)
    assert reminded_at(make, TEN) == (1, 0)
    assert reminded_at(make, TEN + HOUR) == (0, 0)
    assert reminded_at(make, SOON - minute) == (0, 0)
    assert reminded_at(make, SOON) == (0, 1)
    assert reminded_at(make, SOON + minute) == (0, 0)
    (_, soon), (_, tomorrow) = make.mails(ana.person.email)
    assert [tomorrow.subject, soon.subject] == ["Tomorrow: Beers", "Beers starts at 19:00"]
    for mail in (tomorrow, soon):
        for words in (
            f"/r/{ana.key}",
            ana.short_code,
            "Tuesday, 4 May",
            "openstreetmap.org/search?query=Bar+Central",
            f"/r/{ana.key}/calendar.ics",
            f"/r/{ana.key}?answer=not_going#cancel",
        ):
            assert words in mail.text


def test_the_mail_is_in_the_language_of_the_guest(make, event):
    make.rsvp(event, "Ana Ruiz", language="es")
    assert reminded_at(make, TEN) == (1, 0)
    assert make.mails()[0][1].subject == "Mañana: Beers"


@pytest.mark.parametrize("status", ["waitlisted", "pending", "maybe", "not_going", "cancelled"])
def test_who_holds_no_place_is_not_reminded(make, event, status):
    make.rsvp(event, status=status)
    assert reminded_at(make, TEN) == (0, 0)
    assert reminded_at(make, SOON) == (0, 0)


@pytest.mark.parametrize(
    "more", [{"confirmed_at": None}, {"confirmed_at": None, "source": "import"}, {"person": None}]
)
def test_nobody_is_reminded_whose_address_is_not_proven(make, event, more):
    make.rsvp(event, **more)
    assert reminded_at(make, TEN) == (0, 0)


def test_who_is_checked_in_is_not_reminded(make, event, ana):
    bea = make.rsvp(event, "Bea Soler")
    let_in(make, ana, at=SOON - HOUR)
    assert reminded_at(make, SOON) == (0, 1)
    assert make.mails(bea.person.email)


@pytest.mark.parametrize("lately", ["created_at", "changed_at", "confirmed_at"])
def test_nobody_is_reminded_within_six_hours_of_their_answer(make, event, lately):
    long_ago = {"created_at": TEN - DAY, "confirmed_at": TEN - DAY}
    make.rsvp(event, **{**long_ago, lately: TEN - HOUR})
    assert reminded_at(make, TEN) == (0, 0)
    assert reminded_at(make, TEN + 4 * HOUR) == (0, 0)
    assert reminded_at(make, TEN + 5 * HOUR) == (1, 0)


def test_who_was_mailed_that_a_place_came_free_is_not_mailed_at_once_again(make, event, ana):
    with time_machine.travel(TEN - HOUR), make.act():
        actions.notify.promoted(db.session.get_one(Rsvp, ana.id), at=clock.now())
    assert reminded_at(make, TEN) == (0, 0)


def test_who_was_never_delivered_such_a_mail_is_reminded(make, event, ana):
    with time_machine.travel(TEN - HOUR), make.act():
        actions.notify.promoted(db.session.get_one(Rsvp, ana.id), at=clock.now())
        db.session.flush()
        db.session.execute(update(OutboxMail).values(failed_at=clock.now(), failure="refused"))
    assert reminded_at(make, TEN) == (1, 0)


def test_who_only_edits_what_others_see_is_still_reminded(app, make, mailbox, event, ana):
    fill_in(make, ana, SOON - 3 * HOUR, ask_me_about="Hops")
    assert reminded_at(make, SOON) == (0, 1)
    fill_in(make, ana, SOON, ask_me_about="Malt")
    with time_machine.travel(SOON + timedelta(minutes=1)):
        assert work(app) == 1


def test_who_brings_somebody_else_said_lately_that_they_come(make, event, ana):
    fill_in(make, ana, SOON - 3 * HOUR, companions=1)
    assert reminded_at(make, SOON) == (0, 0)


def fill_in(make, rsvp, when: datetime, **typed) -> None:
    """The guest sends the form of their own page."""
    answer = actions.Answer(rsvp.name, rsvp.person.email, **typed)
    with time_machine.travel(when), make.act():
        actions.change(db.session.get_one(Rsvp, rsvp.id), answer, at=clock.now())


@pytest.mark.parametrize(
    "more",
    [
        {"called_off_at": clock.now()},
        {"published_at": None},
        {"reminds_day_before": False, "reminds_hours_before": False},
    ],
)
def test_nobody_is_reminded_of_what_does_not_take_place_or_asks_for_none(make, more):
    make.rsvp(make.event(starts_at=STARTS, **more))
    assert reminded_at(make, TEN) == (0, 0)
    assert reminded_at(make, SOON) == (0, 0)


def test_each_reminder_is_a_choice_of_its_own(make):
    for more in ({"reminds_day_before": False}, {"reminds_hours_before": False}):
        make.rsvp(make.event(starts_at=STARTS, **more))
    assert reminded_at(make, TEN) == (1, 0)
    assert reminded_at(make, SOON) == (0, 1)


def test_not_at_night_and_not_once_it_is_too_late(make, event, ana):
    assert reminded_at(make, utc(2027, 5, 3, 18)) == (0, 0), "eight in the evening"
    assert reminded_at(make, utc(2027, 5, 3, 22)) == (0, 0), "midnight"
    assert reminded_at(make, STARTS - HOUR) == (0, 0)
    assert reminded_at(make, STARTS + HOUR) == (0, 0)


def test_an_event_made_less_than_a_day_before_has_only_the_second(make):
    made_at = STARTS - 23 * HOUR
    event = make.event(starts_at=STARTS, published_at=made_at)
    make.rsvp(event, created_at=made_at)
    assert reminded_at(make, made_at) == (0, 0)
    assert reminded_at(make, SOON) == (0, 1)
    early = make.event(starts_at=utc(2027, 5, 4, 15), published_at=utc(2027, 5, 3, 15, 30))
    make.rsvp(early, created_at=TEN - 6 * HOUR)
    assert reminded_at(make, utc(2027, 5, 3, 16)) == (0, 0)


@pytest.mark.parametrize(
    ("starts_at", "ten"),
    [
        (utc(2027, 3, 28, 17), utc(2027, 3, 27, 9)),  # the clocks go forward in that night
        (utc(2027, 10, 31, 18), utc(2027, 10, 30, 8)),  # and back
        (utc(2027, 5, 3, 22, 30), utc(2027, 5, 3, 8)),  # half past midnight on the 4th
        (utc(2027, 10, 31, 22, 59), utc(2027, 10, 30, 8)),  # as far ahead as it can be
    ],
)
def test_ten_is_ten_by_the_clocks_where_it_is(make, starts_at, ten):
    make.rsvp(make.event(starts_at=starts_at))
    assert reminded_at(make, ten - timedelta(minutes=1)) == (0, 0)
    assert reminded_at(make, ten) == (1, 0)
    assert reminded_at(make, starts_at - 2 * HOUR) == (0, 1)


def test_an_event_of_several_days_is_reminded_of_before_its_first(make):
    event = make.event(starts_at=STARTS, ends_at=STARTS + 3 * DAY)
    make.rsvp(event)
    assert reminded_at(make, TEN) == (1, 0)
    assert reminded_at(make, SOON) == (0, 1)
    for days in (1, 2):
        assert reminded_at(make, TEN + days * DAY) == (0, 0)
        assert reminded_at(make, SOON + days * DAY) == (0, 0)


def test_an_event_that_moved_is_reminded_of_before_its_new_day_once(make, event, ana):
    assert reminded_at(make, TEN) == (1, 0)
    move(make, event, STARTS + 7 * DAY)
    assert reminded_at(make, SOON) == (0, 0)
    assert reminded_at(make, TEN + 7 * DAY) == (1, 0)
    move(make, event, STARTS + 7 * DAY + HOUR)
    assert reminded_at(make, TEN + 7 * DAY) == (0, 0), "the same day"
    assert reminded_at(make, SOON + 7 * DAY + HOUR) == (0, 1)
    move(make, event, STARTS)
    assert reminded_at(make, TEN) == (0, 0), "moved back: that was said"


def test_an_event_that_is_moved_to_yesterday_mails_nothing(make, event, ana):
    move(make, event, TEN - DAY)
    assert reminded_at(make, TEN) == (0, 0)


@pytest.mark.parametrize("new", [STARTS + 7 * DAY, STARTS - 7 * DAY])
def test_a_waiting_mail_is_not_sent_of_a_day_that_changed(app, make, mailbox, event, ana, new):
    assert reminded_at(make, TEN) == (1, 0)
    move(make, event, new)
    with time_machine.travel(TEN + HOUR):
        assert work(app) == 0
    assert not make.rows(OutboxMail)
    assert not make.rows(Notice)


def test_a_waiting_mail_says_the_new_hour_of_the_same_day(app, make, mailbox, event, ana):
    assert reminded_at(make, TEN) == (1, 0)
    move(make, event, STARTS + HOUR)
    with time_machine.travel(TEN + HOUR):
        assert work(app) == 1
    assert "20:00" in part(mailbox.mails[0], "plain")


def test_a_waiting_mail_is_not_sent_to_who_came_meanwhile(app, make, mailbox, event, ana):
    assert reminded_at(make, SOON) == (0, 1)
    let_in(make, ana, at=SOON)
    with time_machine.travel(SOON + timedelta(minutes=1)):
        assert work(app) == 0
        assert make.due(remind_hours_before) == 0


@pytest.mark.parametrize("what", ["cancel", "call off", "switch off", "wait too long", "change"])
def test_a_waiting_mail_that_is_no_longer_true_is_not_sent(app, make, mailbox, event, ana, what):
    assert reminded_at(make, TEN) == (1, 0)
    with time_machine.travel(TEN + (11 * HOUR if what == "wait too long" else HOUR)):
        with make.act():
            rsvp, there = db.session.get_one(Rsvp, ana.id), db.session.get_one(Event, event.id)
            if what == "cancel":
                actions.cancel(rsvp, at=clock.now())
            elif what == "call off":
                there.called_off_at = clock.now()
            elif what == "switch off":
                there.reminds_day_before = False
            elif what == "change":
                actions.say(rsvp, "going", at=clock.now())
        work(app)
        assert not [mail for mail in mailbox.mails if "Tomorrow" in mail["Subject"]]
        assert make.due(remind_the_day_before) == 0


def test_who_comes_after_all_is_not_reminded_again(make, event, ana):
    assert reminded_at(make, TEN) == (1, 0)
    for answer in ("not_going", "going"):
        with time_machine.travel(TEN + HOUR), make.act():
            actions.say(db.session.get_one(Rsvp, ana.id), answer, at=clock.now())
    assert reminded_at(make, TEN + 8 * HOUR) == (0, 0)
    assert reminded_at(make, SOON) == (0, 1)

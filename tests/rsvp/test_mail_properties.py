"""Whatever guests and organisers do: nobody is reminded twice of one day, told what they know or
forgotten, and nobody who cancelled is mailed.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core import clock, delivery
from eventapp.core.db import db, reading, transaction
from eventapp.core.errors import Refusal
from eventapp.core.outbox import OutboxMail, is_waiting
from eventapp.events.actions import Plan, call_off_event, change_event
from eventapp.mails import kinds
from eventapp.model import Event, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import notify, remind
from tests.make import Make
from tests.properties import HealthCheck, given, settings, st

HOUR = timedelta(hours=1)
WORK = (actions.remind_the_day_before, actions.remind_hours_before, actions.tell_what_changed)
PLACES = ("Bar Central", "Another bar")
STEPS = st.one_of(
    st.tuples(st.just("time passes"), st.sampled_from([1, 2, 4, 8, 16])),
    st.tuples(st.just("time passes"), st.sampled_from([1, 2, 4, 8, 16])),
    st.tuples(st.sampled_from(["comes", "comes", "may come", "cancels"]), st.integers(0, 2)),
    st.tuples(st.just("moves"), st.sampled_from([-24, -1, 1, 24, 24, 48])),
    st.tuples(st.just("is elsewhere"), st.sampled_from([0, 1])),
    st.tuples(st.sampled_from(["tells", "tells nobody"]), st.just(0)),
    st.tuples(st.just("mail server"), st.sampled_from([0, 1, 1])),
    st.tuples(st.just("is called off"), st.integers(0, 9)),
)
stories = count(1)


@dataclass
class Story:
    """An event, its guests, when they answered last, what each was told, and of which days."""

    event_id: int
    guests: list[int]
    at: datetime
    knows: dict[int, Any]
    answered_at: dict[int, datetime] = field(default_factory=dict)
    reminded: set[tuple[int, str, str]] = field(default_factory=set)
    mail_is_taken: bool = False  # at first, so that mails wait

    @property
    def event(self) -> Event:
        return db.session.get_one(Event, self.event_id, populate_existing=True)


STORIES = st.lists(STEPS, min_size=8, max_size=30)
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=SUPPRESSED)
@given(steps=STORIES)
def test_whatever_happens_mails_say_what_is_true_once(
    app: Flask, make: Make, steps: list[tuple[str, int]]
) -> None:
    follow(app, make, steps)


@pytest.mark.long
@settings(max_examples=150, suppress_health_check=SUPPRESSED)
@given(steps=STORIES)
def test_the_same_in_thousands_of_steps(
    app: Flask, make: Make, steps: list[tuple[str, int]]
) -> None:
    follow(app, make, steps)


def follow(app: Flask, make: Make, steps: list[tuple[str, int]]) -> None:
    story = begin(make)
    with app.app_context():
        for verb, number in [*steps, ("mail server", 1), *[("time passes", 7)] * 8]:
            story.at += timedelta(minutes=11)
            with contextlib.suppress(Refusal), transaction():
                act(story, verb, number)
            work(story)


def begin(make: Make) -> Story:
    """The morning of the day before an event, in a year of its own: other stories' mails are not
    due then.
    """
    at = (clock.now() + timedelta(days=400 * next(stories))).replace(hour=7, minute=0)
    event = make.event(starts_at=at + timedelta(hours=34), place=PLACES[0])
    guests = [make.rsvp(event, name).id for name in ("Ana", "Bea", "Carla")]
    return Story(event.id, guests, at, dict.fromkeys(guests, facts(event)))


def facts(event: Event) -> tuple[Any, ...]:
    return event.starts_at, event.place


def act(story: Story, verb: str, number: int) -> None:
    event, at = story.event, story.at
    match verb:
        case "time passes":
            story.at += number * HOUR
        case "comes" | "may come" | "cancels":
            rsvp = db.session.get_one(Rsvp, story.guests[number])
            said = {"comes": "going", "may come": "maybe"}.get(verb)
            actions.say(rsvp, said, at=at) if said else actions.cancel(rsvp, at=at)
            story.answered_at[rsvp.id] = at
        case "moves":
            times = event.starts_at + number * HOUR, event.ends_at + number * HOUR
            change(event, at, starts_at=times[0], ends_at=times[1])
        case "is elsewhere":
            change(event, at, place=PLACES[number])
        case "tells":
            actions.tell_change(event, revision=None, at=at)
        case "tells nobody":
            actions.keep_change_quiet(event, revision=None, at=at)
        case "mail server":
            story.mail_is_taken = bool(number)
        case "is called off" if number == 0:
            call_off_event(event, at=at)


def change(event: Event, at: datetime, **new: Any) -> None:
    names = (name for name in Plan.__dataclass_fields__ if name != "talks")
    change_event(event, Plan(**{**{name: getattr(event, name) for name in names}, **new}), at=at)


def work(story: Story) -> None:
    """A round of two workers, the slower of which found the same; and the mails of one."""
    for due in WORK:
        with reading():
            ids = due.find(story.at)
        for _ in range(2):
            with transaction():
                due.do(ids, story.at)
    if story.mail_is_taken:
        about = OutboxMail.about_id.in_(story.guests)
        for mail in db.session.scalars(select(OutboxMail).where(is_waiting(), about)).all():
            with transaction():
                send(story, mail)
        for rsvp_id in story.guests:
            check_nobody_is_forgotten(story, db.session.get_one(Rsvp, rsvp_id), story.event)


def send(story: Story, mail: OutboxMail) -> None:
    """As the worker sends a mail."""
    values = kinds.says_now(mail, story.at)
    if values is None:
        actions.drop_mail(mail)
        return
    assert mail.about_id is not None
    rsvp, event = db.session.get_one(Rsvp, mail.about_id), story.event
    if mail.template in remind.REMINDERS:
        check_reminder(story, mail, rsvp, event)
    elif mail.template == notify.CHANGED:
        assert rsvp.status in ("going", "maybe")
        assert not event.called_off_at
        assert story.knows[rsvp.id] != facts(event), "what they were told is not told again"
        assert values["was_place"] == story.knows[rsvp.id][1]
        story.knows[rsvp.id] = facts(event)
    delivery.mark_sent(mail, story.at)


def check_reminder(story: Story, mail: OutboxMail, rsvp: Rsvp, event: Event) -> None:
    assert rsvp.status == "going"
    assert not event.called_off_at
    assert story.at < event.starts_at
    assert story.at - story.answered_at.get(rsvp.id, rsvp.created_at) >= remind.SAID_LATELY
    day = event.starts_at.astimezone(event.zone).date().isoformat()
    assert (rsvp.id, mail.template, day) not in story.reminded
    story.reminded.add((rsvp.id, mail.template, day))


def check_nobody_is_forgotten(story: Story, rsvp: Rsvp, event: Event) -> None:
    """Who is going, and has not been mailed just now, has the reminder of tomorrow's event by noon
    and until eight.
    """
    here, starts = (when.astimezone(event.zone) for when in (story.at, event.starts_at))
    is_tomorrow = here.date() + timedelta(days=1) == starts.date() and 12 <= here.hour < 20
    lately = story.at - remind.SAID_LATELY
    knows_it = story.answered_at.get(rsvp.id, rsvp.created_at) > lately or any(
        mail.created_at > lately
        for mail in db.session.scalars(
            select(OutboxMail).filter_by(about_id=rsvp.id, template=notify.CHANGED)
        )
    )
    if is_tomorrow and rsvp.status == "going" and not event.called_off_at and not knows_it:
        template = remind.DAY_BEFORE.template
        assert (rsvp.id, template, starts.date().isoformat()) in story.reminded

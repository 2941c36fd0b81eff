"""Mails about people to meet: in the reminder, in one of their own, and to a host whose newcomer is
here. Each says only what both still agree to when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.greeting.actions import (
    NEWCOMER_IS_IN,
    PEOPLE_TO_MEET,
    tell_hosts_who_is_in,
    tell_of_another_host,
    tell_people_to_meet,
)
from eventapp.mails.kinds import says_now
from eventapp.model import Block, Event, OutboxMail, Rsvp
from eventapp.rsvp.actions import remind_hours_before
from tests.greeting.evening import AGREED, change, let_in, plan, regular
from tests.make import Make

LONG_AGO = timedelta(days=9)


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(
        title="Beers",
        published_at=clock.now() - LONG_AGO,
        starts_at=clock.now() + timedelta(minutes=90),
    )


@pytest.fixture
def olga(make: Make, event: Event) -> Rsvp:
    """A host, who answered just now and so gets no reminder."""
    return regular(make, event, "Olga", hosts_since=clock.now(), ask_me_about="tea")


@pytest.fixture
def lucia(make: Make, event: Event) -> Rsvp:
    """A newcomer, likewise."""
    return make.rsvp(event, "Lucía", **AGREED, wants_a_host=True, want_to_learn="tea")


def tell(make: Make) -> int:
    plan(make)
    return make.due(tell_people_to_meet, tell_of_another_host, tell_hosts_who_is_in)


def mailed(make: Make, rsvp: Rsvp, template: str = PEOPLE_TO_MEET) -> list[str]:
    """What these mails to a guest say."""
    return [
        composed.text for row, composed in make.mails(rsvp.person.email) if row.template == template
    ]


def said(app: Flask, template: str) -> list[dict[str, Any] | None]:
    """What waiting mails say if they are sent now."""
    with app.app_context():
        rows = db.session.query(OutboxMail).filter_by(template=template).order_by(OutboxMail.id)
        return [says_now(row, clock.now()) for row in rows]


def test_who_gets_no_reminder_gets_a_mail_of_its_own_once(
    make: Make, olga: Rsvp, lucia: Rsvp
) -> None:
    assert tell(make) == 2
    (text,) = mailed(make, lucia)
    assert "Olga greets you" in text
    assert "Can be asked about what you want to learn: tea; second time here" in text
    assert f"/r/{lucia.key}#meet" in text
    (text,) = mailed(make, olga)
    assert "you said you'd greet them" in text
    assert "Lucía\n    Wants to learn what you can be asked about: tea" in text
    assert tell(make) == 0


def test_the_reminder_says_it_and_then_there_is_no_other_mail(
    app: Flask, make: Make, olga: Rsvp, lucia: Rsvp
) -> None:
    for rsvp in (olga, lucia):
        at = {"created_at": clock.now() - LONG_AGO, "confirmed_at": clock.now() - LONG_AGO}
        change(make, rsvp, **at)
    plan(make)
    assert make.due(remind_hours_before) == 2
    assert make.due(tell_people_to_meet) == 0
    says = said(app, "rsvp/mail/hours_before")
    hosts = [one["meet"]["host"] for one in says if one]
    assert sorted(host["name"] if host else "" for host in hosts) == ["", "Olga"]
    change(make, lucia, wants_a_host=False, may_be_suggested=False)
    assert all(one and "meet" not in one for one in said(app, "rsvp/mail/hours_before"))


def test_a_newcomer_whose_host_cancels_is_told_once_who_greets_them_instead(
    make: Make, event: Event, olga: Rsvp, lucia: Rsvp
) -> None:
    tell(make)
    change(make, olga, status="cancelled")
    assert tell(make) == 0, "there is no other host yet"
    assert len(mailed(make, lucia)) == 1
    paco = regular(make, event, "Paco", hosts_since=clock.now())
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert tell(make) == 2
        (text, _) = mailed(make, lucia)  # the newest first
        assert "Paco greets you" in text
        assert "Olga" not in text
        change(make, paco, hosts_since=None)
        regular(make, event, "Rita", hosts_since=clock.now())
    with time_machine.travel(clock.now() + timedelta(minutes=9)):
        tell(make)
        assert len(mailed(make, lucia)) == 2


@pytest.mark.parametrize(
    ("who", "withdrawn"),
    [
        ("olga", {"hosts_since": None, "may_be_suggested": False}),
        ("olga", {"listing": "nobody"}),
        ("olga", {"status": "cancelled"}),
        ("lucia", {"wants_a_host": False, "may_be_suggested": False}),
        ("lucia", {"listing": "nobody"}),
        ("lucia", {"status": "not_going"}),
    ],
)
def test_a_mail_that_waits_says_nothing_of_who_withdrew(
    app: Flask, make: Make, olga: Rsvp, lucia: Rsvp, who: str, withdrawn: dict[str, Any]
) -> None:
    let_in(make, lucia)
    assert tell(make) == 3
    assert all([*said(app, PEOPLE_TO_MEET), *said(app, NEWCOMER_IS_IN)])
    change(make, {"olga": olga, "lucia": lucia}[who], **withdrawn)
    assert not any([*said(app, PEOPLE_TO_MEET), *said(app, NEWCOMER_IS_IN)])


def test_a_block_empties_them_too(app: Flask, make: Make, olga: Rsvp, lucia: Rsvp) -> None:
    let_in(make, lucia)
    tell(make)
    row = {"blocker_id": lucia.person_id, "blocked_id": olga.person_id, "name": "Olga"}
    with make.act():
        db.session.add(Block(**row, since=clock.now()))
    assert not any([*said(app, PEOPLE_TO_MEET), *said(app, NEWCOMER_IS_IN)])


def test_a_host_hears_once_that_somebody_whom_they_greet_is_here(
    app: Flask, make: Make, olga: Rsvp, lucia: Rsvp
) -> None:
    tell(make)
    assert not mailed(make, olga, NEWCOMER_IS_IN)
    let_in(make, lucia)
    assert tell(make) == 1
    (text,) = mailed(make, olga, NEWCOMER_IS_IN)
    assert "Lucía has just come in to Beers, for the first time" in text
    assert tell(make) == 0
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert said(app, NEWCOMER_IS_IN) == [None], "it is no news any more"


def test_nobody_is_mailed_before_the_reminders(make: Make) -> None:
    event = make.event(starts_at=clock.now() + timedelta(hours=2))
    make.rsvp(event, "Ana", **AGREED, want_to_learn="tea")
    make.rsvp(event, "Bea", **AGREED, ask_me_about="tea")
    assert tell(make) == 0
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        assert tell(make) == 2


def test_without_a_topic_in_common_a_mail_says_what_to_talk_about(
    make: Make, olga: Rsvp, lucia: Rsvp
) -> None:
    change(make, olga, ask_me_about="bees")
    change(make, lucia, want_to_learn="selling to hospitals", looking_for="a flat")
    let_in(make, lucia)
    assert tell(make) == 3
    (text,) = mailed(make, lucia)
    assert "Can be asked about: bees; second time here" in text
    wants = "Wants to learn: selling to hospitals; is looking for: a flat"
    assert f"Lucía\n    {wants}" in mailed(make, olga)[0]
    assert wants in mailed(make, olga, NEWCOMER_IS_IN)[0]


def test_it_says_so_in_spanish(make: Make, olga: Rsvp, lucia: Rsvp) -> None:
    change(make, olga, ask_me_about="", language="es")
    change(make, lucia, language="es")
    tell(make)
    assert "Ya conoce el sitio: segunda vez aquí" in mailed(make, lucia)[0]
    assert "Lucía\n    Quiere aprender: tea" in mailed(make, olga)[0]


def test_a_late_guest_is_told(make: Make, browser: Callable[..., Any], olga: Rsvp) -> None:
    tell(make)
    late = make.rsvp(make.row(Event, id=olga.event_id), "Late", listing="attendees")
    browser().open(f"/r/{late.key}").press("Keep this choice", wants_a_host="y")
    assert tell(make) == 2
    assert "Olga greets you" in mailed(make, late)[0]
    assert "Late" in mailed(make, olga)[0]

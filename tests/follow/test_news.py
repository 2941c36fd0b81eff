"""Followers are mailed what is newly published: once, and only what is still true."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.mail import message
from eventapp.core.outbox import OutboxMail
from eventapp.events.actions import call_off_event, publish_event, unpublish_event
from eventapp.follow.actions import start_following, stop_following
from eventapp.follow.actions.news import EACH, NOT_AFTER, PAUSE, mail_says, tell_followers
from eventapp.model import Community, Event, Follow, Notice, Person
from tests.make import Make

pytestmark = pytest.mark.both_databases
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def community(make: Make) -> Community:
    return make.community(name="Beers")


@pytest.fixture
def ana(make: Make, community: Community) -> Person:
    person = make.person("ana@example.org")
    with make.act():
        start_following(community, person, at=clock.now() - timedelta(days=9))
    return person


def published(make: Make, community: Community, ago: timedelta = PAUSE, **more: Any) -> Event:
    more = {"starts_at": clock.now() + timedelta(days=9), **more}
    return make.event(community, published_at=clock.now() - ago, **more)


def tell(make: Make, *, after: timedelta = timedelta()) -> int:
    with time_machine.travel(clock.now() + after):
        return make.due(tell_followers)


def act_on(make: Make, event: Event, verb: Any, *, at: datetime | None = None) -> None:
    with make.act():
        verb(db.session.get_one(Event, event.id), at=at or clock.now())


def test_each_follower_is_told_once(make: Make, community: Community, ana: Person) -> None:
    bea = make.person("bea@example.org", language="es")
    with make.act():
        start_following(community, bea, at=clock.now() - timedelta(days=9))
    event = published(make, community, title="Bread & butter", place="Bar Central")
    make.event()
    assert [tell(make), tell(make), tell(make, after=EACH * 2)] == [2, 0, 0]
    ((_, english),), ((_, spanish),) = make.mails(ana.email), make.mails(bea.email)
    assert english.subject == "Beers: Bread & butter"
    assert f"http://localhost/e/{event.slug}" in english.text
    assert "Bar Central" in english.text
    assert "Dejar de seguir" in spanish.text


@pytest.mark.parametrize(
    ("ago", "count"),
    [
        (PAUSE - A_MINUTE, 0),
        (PAUSE + A_MINUTE, 1),
        (NOT_AFTER - A_MINUTE, 1),
        (NOT_AFTER + A_MINUTE, 0),
    ],
)
def test_it_is_told_a_moment_after_and_not_days_later(
    make: Make, community: Community, ana: Person, ago: timedelta, count: int
) -> None:
    published(make, community, ago)
    assert tell(make) == count


@pytest.mark.parametrize(
    "more",
    [
        {"published_at": None},
        {"called_off_at": clock.now()},
        {"starts_at": clock.now() - timedelta(hours=1)},
    ],
)
def test_what_nobody_can_come_to_is_not_told(
    make: Make, community: Community, ana: Person, more: dict[str, Any]
) -> None:
    make.event(
        community,
        **{
            "starts_at": clock.now() + timedelta(days=9),
            "published_at": clock.now() - PAUSE * 2,
            **more,
        },
    )
    assert tell(make) == 0


def test_a_slip_undone_in_time_is_not_told(make: Make, community: Community, ana: Person) -> None:
    event = make.event(community, published_at=None, starts_at=clock.now() + timedelta(days=9))
    act_on(make, event, publish_event)
    act_on(make, event, unpublish_event)
    assert tell(make, after=PAUSE * 2) == 0
    act_on(make, event, publish_event)
    assert [tell(make), tell(make, after=PAUSE + A_MINUTE)] == [0, 1]


def test_who_follows_later_has_seen_it(make: Make, community: Community) -> None:
    published(make, community)
    bea = make.person()
    with make.act():
        start_following(community, bea, at=clock.now())
    assert tell(make) == 0


def test_several_are_one_mail_and_one_mail_a_day(
    make: Make, community: Community, ana: Person
) -> None:
    for title in ("One", "Two", "Three"):
        published(make, community, title=title)
    assert tell(make) == 1
    ((_, words),) = make.mails(ana.email)
    assert words.subject == "Beers: 3 new dates"
    assert [title in words.text for title in ("One", "Two", "Three")] == [True] * 3
    published(make, community, title="Four")
    assert [tell(make), tell(make, after=EACH - A_MINUTE)] == [0, 0]
    assert tell(make, after=EACH + A_MINUTE) == 1
    assert make.mails(ana.email)[0][1].subject == "Beers: Four"


def says(make: Make) -> dict[str, Any] | None:
    with make.app.app_context():
        (mail,) = db.session.query(OutboxMail)
        return mail_says(mail, clock.now())


def test_what_is_no_longer_true_is_left_out(make: Make, community: Community, ana: Person) -> None:
    one, two = (published(make, community, title=title) for title in ("One", "Two"))
    tell(make)
    act_on(make, one, call_off_event)
    assert [event["title"] for event in (says(make) or {})["events"]] == ["Two"]
    act_on(make, two, unpublish_event)
    assert says(make) is None


def test_who_stopped_meanwhile_hears_nothing(make: Make, community: Community, ana: Person) -> None:
    published(make, community)
    tell(make)
    key = make.row(Follow).key
    with make.act():
        assert stop_following(key)
    assert says(make) is None


def test_the_mail_can_be_ended_by_the_mail_program(
    make: Make, community: Community, ana: Person
) -> None:
    published(make, community)
    tell(make)
    with make.app.app_context():
        (mail,) = db.session.query(OutboxMail)
        sent = message(mail)
    address = f"http://localhost/follow/{make.row(Follow).key}"
    assert sent["List-Unsubscribe"] == f"<{address}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = sent.get_body(("plain",))
    assert body is not None
    assert address in body.get_content()


def test_deleting_oneself_deletes_what_one_was_told(
    make: Make, browser: Any, community: Community, ana: Person
) -> None:
    published(make, community)
    tell(make)
    page = make.signed_in(browser(), ana)
    assert "new_event" in page.client.get("/me/export").text
    page.open("/me/delete").press("Delete me for good", sure="yes")
    assert make.rows(Notice) == make.rows(OutboxMail) == make.rows(Follow) == []

"""Where one is signed in: see it, end one browser, or all of them and the links in mails too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from eventapp.contacts.actions import make_feed
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import FollowUpFeed, Person, PersonalFeed, Rsvp, Session
from eventapp.rsvp.actions import make_personal_feed
from tests.browser import Browser, form_data
from tests.make import Make

Browsers = Callable[..., Browser]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def ana(make: Make) -> Person:
    return make.person()


def signed_in(make: Make, browser: Browser, person: Person, user_agent: str) -> Browser:
    browser.client.environ_base["HTTP_USER_AGENT"] = user_agent
    return browser.open(make.sign_in_link(person)).press("Sign in")


def token_of(page: Browser) -> str:
    return str(page.page.select("[name=csrf_token]")[0]["value"])


def test_each_browser_is_listed_and_this_one_is_marked(
    make: Make, browser: Browsers, ana: Person
) -> None:
    signed_in(make, browser(), ana, IPHONE)
    page = signed_in(make, browser(), ana, LINUX)
    rows = {row.strong.get_text(): row for row in page.page.select("[data-session]")}
    assert set(rows) == {"iPhone, Safari", "Linux, Firefox"}
    assert rows["Linux, Firefox"].select(".pill")
    assert not rows["iPhone, Safari"].select(".pill")


def test_another_browser_can_be_signed_out(
    make: Make, browser: Browsers, ana: Person, htmx: bool
) -> None:
    phone = signed_in(make, browser(), ana, IPHONE)
    page = signed_in(make, browser(htmx=htmx), ana, LINUX)
    page.press("Sign out there: iPhone, Safari")
    assert [row.strong.get_text() for row in page.page.select("[data-session]")] == [
        "Linux, Firefox"
    ]
    assert phone.open("/me").url.startswith("/sign-in")
    assert page.open("/me").status == 200


def test_a_session_that_has_ended_may_be_ended_again(
    make: Make, browser: Browsers, ana: Person, htmx: bool
) -> None:
    """As where the network lost the answer."""
    signed_in(make, browser(), ana, IPHONE)
    page = signed_in(make, browser(htmx=htmx), ana, LINUX)
    form = page.one("form[action$='/end']")
    for _ in range(2):
        page.submit(form, form_data(form))
        assert page.status == 200
        assert [row.strong.get_text() for row in page.page.select("[data-session]")] == [
            "Linux, Firefox"
        ]


def test_who_ends_the_session_of_this_browser_is_signed_out(
    make: Make, browser: Browsers, ana: Person
) -> None:
    """By a page of before, gone back to: for this one there is no button."""
    page = signed_in(make, browser(), ana, LINUX)
    sent = {"csrf_token": token_of(page)}
    answer = page.client.post(f"/me/sessions/{make.row(Session).id}/end", data=sent)
    assert answer.headers["Location"] == "/"
    assert page.open("/").sees("You're signed out.")
    assert page.open("/me").url.startswith("/sign-in")


def test_nobody_ends_a_session_of_somebody_else(make: Make, browser: Browsers, ana: Person) -> None:
    signed_in(make, browser(), ana, IPHONE)
    theirs = make.row(Session).id
    other = signed_in(make, browser(), make.person(), LINUX)
    for page, status in ((other, 404), (browser().open("/sign-in"), 303)):
        sent = {"csrf_token": token_of(page)}
        answer = page.client.post(f"/me/sessions/{theirs}/end", data=sent)
        assert answer.status_code == status
    assert len(make.rows(Session)) == 2


def test_last_active_is_noted_of_what_is_sent_and_not_of_looking(
    make: Make, browser: Browsers, ana: Person
) -> None:
    page = signed_in(make, browser(), ana, LINUX)
    begun = make.row(Session).last_seen_at
    with time_machine.travel(begun + timedelta(minutes=50), tick=False):
        page.press("Save", name="Ana R.")
        assert make.row(Session).last_seen_at == begun
    with time_machine.travel(begun + timedelta(hours=5), tick=False):
        for path in ("/me", "/contacts", "/me/card"):
            page.open(path)
        assert make.row(Session).last_seen_at == begun
        page.open("/me").press("Save", name="Ana S.")
        assert make.row(Session).last_seen_at == clock.now()


def test_trouble_with_noting_it_leaves_what_was_sent(
    app: Flask, make: Make, browser: Browsers, ana: Person
) -> None:
    page = signed_in(make, browser(), ana, LINUX)
    with app.app_context():
        engine = db.engine

    def be_away(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE session "):
            raise OperationalError(statement, {}, Exception("the database is away"))

    event.listen(engine, "before_cursor_execute", be_away)
    with time_machine.travel(clock.now() + timedelta(hours=5), tick=False):
        page.open("/me").press("Save", name="Ana R.")
    event.remove(engine, "before_cursor_execute", be_away)
    assert page.sees("Saved.")
    assert make.row(Person).name == "Ana R."


def test_signing_out_everywhere_leaves_the_links_in_mails(
    make: Make, browser: Browsers, ana: Person
) -> None:
    rsvp = make.rsvp(make.event(), person=ana)
    phone = signed_in(make, browser(), ana, IPHONE)
    page = signed_in(make, browser(), ana, LINUX)
    assert page.sees("keep working unless you end them too")
    signed_in(make, browser(), ana, IPHONE)
    with make.act():
        newest = select(Session).order_by(Session.id.desc()).limit(1)
        long_over = db.session.scalars(newest).one()
        long_over.expires_at = clock.now() - timedelta(minutes=1)
    page.press("Sign out everywhere")
    assert page.sees("You're signed out of 2 browsers. The links in your emails keep working.")
    assert make.rows(Session) == []
    assert phone.open("/me").url.startswith("/sign-in")
    assert browser().open(f"/r/{rsvp.key}").status == 200


def test_the_links_in_mails_can_be_ended_too(make: Make, browser: Browsers, ana: Person) -> None:
    event = make.event()
    rsvp, bea = make.rsvp(event, person=ana), make.rsvp(event, "Bea")
    mailed = make.sign_in_link(ana)
    page = signed_in(make, browser(), ana, LINUX).press("Sign out everywhere", links=["end"])
    assert page.sees("You're signed out of 1 browser, and the links in your emails no longer work.")
    assert browser().open(f"/r/{rsvp.key}").status == 404
    now = make.row(Rsvp, id=rsvp.id)
    assert now.ticket == rsvp.ticket
    assert make.row(Rsvp, id=bea.id).key == bea.key
    assert browser().open(mailed).status == 404
    again = signed_in(make, browser(), ana, LINUX)
    assert again.page.select(f"a[href='/r/{now.key}']")


@pytest.mark.parametrize("links", [[], ["end"]])
def test_the_feeds_end_with_the_links(
    make: Make, browser: Browsers, ana: Person, links: list[str]
) -> None:
    with make.act():
        person = db.session.get_one(Person, ana.id)
        make_feed(person, at=clock.now())
        make_personal_feed(person, at=clock.now())
    feeds = {"follow-ups": make.row(FollowUpFeed).key, "my-events": make.row(PersonalFeed).key}
    page = signed_in(make, browser(), ana, LINUX)
    for name, key in feeds.items():
        assert browser().client.get(f"/{name}/{key}/calendar.ics").status_code == 200
    page.press("Sign out everywhere", links=links)
    for name, key in feeds.items():
        there = browser().client.get(f"/{name}/{key}/calendar.ics")
        assert there.status_code == (404 if links else 200)


@pytest.mark.parametrize("button", ["Sign out", "Sign out everywhere"])
def test_signing_out_clears_pages_and_keeps_what_a_door_has_not_sent(
    make: Make, browser: Browsers, ana: Person, button: str
) -> None:
    page = signed_in(make, browser(), ana, LINUX)
    form: Any = next(b for b in page.page.select("button") if b.get_text(strip=True) == button)
    sent = {"csrf_token": token_of(page)}
    answer = page.client.post(str(form.find_parent("form")["action"]), data=sent)
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'

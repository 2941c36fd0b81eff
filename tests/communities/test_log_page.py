"""/o/<community>/log: who is named, which entries it shows, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from eventapp.communities.log_words import FIELD_WORDS, WORDS
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.forms import EventForm
from eventapp.me.actions import delete_person
from eventapp.model import AuditEntry, AuditVerb, Community, Person
from tests.browser import Browser
from tests.communities.logged import LIST, log, post
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers")


@pytest.fixture
def olga(make: Make, browser: Browsers, beers: Community) -> Browser:
    page: Browser = make.signed_in(browser(), make.organiser(beers, "olga@example.org"))
    return page.open("/me")


def test_whoever_is_deleted_is_named_no_more(make: Make, beers: Community, olga: Browser) -> None:
    event = make.event(beers, slug="may")
    pia = make.rsvp(event, "Pia Luna", status="pending")
    post(olga, f"/o/e/may/guests/{pia.id}/approve")
    bo = make.organiser(beers, "bo@example.org")
    assert olga.open("/o/beers/log").sees("Olga Organiser approved Pia Luna")
    with make.app.app_context():
        kept = repr(db.session.execute(AuditEntry.__table__.select()).all())
    assert "Pia" not in kept
    assert "Olga" not in kept
    for email in (pia.person.email, "olga@example.org"):
        with make.act():
            delete_person(db.session.query(Person).filter_by(email=email).one(), at=clock.now())
    page = make.signed_in(Browser(make.app.test_client()), bo).open("/o/beers/log")
    assert page.sees("Somebody who has left approved a guest who is deleted")


def test_the_command_line_is_an_actor_too(
    make: Make, beers: Community, olga: Browser, app: Flask, tmp_path: Any
) -> None:
    make.event(beers, slug="may")
    (tmp_path / "list.csv").write_bytes(LIST)
    run = app.test_cli_runner().invoke
    run(args=["guests", "import", "may", str(tmp_path / "list.csv"), "--dry-run"])
    run(args=["guests", "import", "may", str(tmp_path / "list.csv")])
    run(args=["guests", "export", "may"])
    run(args=["door-link", "may"])
    assert log(olga) == ["guests_imported", "guests_exported", "door_link_made"]
    assert olga.sees("The command line imported a guest list")


def test_one_event_can_be_looked_at_and_older_pages_too(
    make: Make, beers: Community, olga: Browser
) -> None:
    may, june = make.event(beers, slug="may"), make.event(beers, slug="june")
    with make.act():
        for number in range(110):
            row = {"community_id": beers.id, "at": clock.now(), "actor": "command_line"}
            event_id = june.id if number == 3 else may.id
            db.session.add(AuditEntry(**row, verb="door_changed", event_id=event_id))
    assert len(log(olga)) == len(olga.follow("Show older").page.select("[data-verb]")) == 50
    assert len(olga.follow("Show older").page.select("[data-verb]")) == 10
    assert "Show older" not in olga.text
    olga.follow(june.title)
    assert len(olga.page.select("[data-verb]")) == 1
    assert len(olga.follow("Show everything").page.select("[data-verb]")) == 50
    assert olga.open("/o/e/june").follow("What was done").url == "/o/beers/log?event=june"
    assert len(log(olga, f"/o/beers/log?before={'9' * 30}")) == 50, "what is no id is ignored"


def test_only_those_who_organise_it_read_it(
    make: Make, browser: Browsers, beers: Community
) -> None:
    guest = make.person()
    make.rsvp(make.event(beers), person=guest)
    other = make.organiser(make.community())
    assert browser().open("/o/beers/log").url.startswith("/sign-in?next=")
    for person in (guest, other):
        assert make.signed_in(browser(), person).open("/o/beers/log").status == 404


def test_an_event_of_another_community_is_not_found(make: Make, olga: Browser) -> None:
    make.event(slug="theirs")
    assert olga.open("/o/beers/log?event=theirs").status == 404


def test_every_verb_and_every_field_has_words(app: Flask) -> None:
    assert set(WORDS) == set(AuditVerb)
    with app.test_request_context():
        columns = {*EventForm(formdata=None)._fields} - {"made_from", "starts", "ends", "is_past"}
    assert columns - {"rsvp_closes"} <= set(FIELD_WORDS)

"""What is too long for a request is drawn by the worker, while its page shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from eventapp.badges.actions import forget_old_sheets
from eventapp.badges.drawer import draw_sheets
from eventapp.badges.formats import FORMATS
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.me.actions import delete_person
from eventapp.model import BadgeSheet, Event, Person, Rsvp
from tests.badges.reading import label_under, pages_of
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture(autouse=True)
def short_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventapp.badges.views.AT_ONCE", 2)


@pytest.fixture
def event(make: Make) -> Event:
    event = make.event(make.community(slug="beers"), slug="may", title="Beers in May")
    for name in ("Ana", "Bea", "Cleo"):
        make.rsvp(event, name)
    return event


def asked(make: Make, page: Browser, query: str = "") -> Browser:
    return page.open(f"/o/e/may/badges{query}").press("Make the PDF")


def file_of(page: Browser) -> bytes:
    [link] = page.page.select("#sheet a[target]")
    answer = page.client.get(str(link["href"]))
    assert answer.headers["Content-Disposition"].startswith("inline")
    return answer.data


def test_the_worker_draws_them_and_the_page_has_the_file(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    page = asked(make, organiser_of(make, browser, event, htmx=htmx), "?format=5395&start=8")
    assert page.sees("0 of 3")
    assert page.one("#sheet")["hx-trigger"] == "every 1s"
    make.due(draw_sheets)
    page.follow("Look again")
    assert page.sees("3 badges")
    assert "hx-trigger" not in page.one("#sheet").attrs
    first, second = pages_of(file_of(page))
    label = next(each for each in FORMATS if each.code == "5395")
    assert [label_under(box, label) for _, box in first.codes] == [7]
    assert {"Bea", "Cleo"} <= set(second.words)


def test_the_page_of_a_file_says_what_no_font_has(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    page = organiser_of(make, browser, event, htmx=htmx)
    asked(make, page)
    make.due(draw_sheets)
    assert not page.follow("Look again").page.select("[data-incomplete]")
    for named in ({"name": "Dora \U0001e922"}, {"name": "Eva", "ask_me_about": "\U0001e922"}):
        make.rsvp(event, **named)
    asked(make, page)
    make.due(draw_sheets)
    told = page.follow("Look again").one("#sheet [data-incomplete]")
    assert [name.get_text() for name in told.select("bdi")] == ["Dora \U0001e922", "Eva"]


def test_the_page_shows_how_far_it_is(
    make: Make, browser: Browsers, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.badges.drawer.SECONDS", -1)
    page = asked(make, organiser_of(make, browser, event))
    seen = []
    for _ in range(3):
        assert make.due(draw_sheets) == 1
        page.open(page.url)
        seen.append(page.one("#sheet")["data-done"])
    assert seen == ["1", "2", "3"]
    assert make.due(draw_sheets) == 0
    assert len(pages_of(file_of(page))[0].codes) == 3


def test_a_few_are_drawn_at_once(make: Make, browser: Browsers, event: Event) -> None:
    page = organiser_of(make, browser, event)
    page.open("/o/e/may/badges")
    assert not page.page.select("a[href*='badges.pdf']")
    assert page.client.get("/o/e/may/badges.pdf").mimetype == "text/html"
    ana = make.row(Rsvp, name="Ana")
    page.open(f"/o/e/may/badges?guest={ana.id}")
    assert page.client.get(f"/o/e/may/badges.pdf?guest={ana.id}").mimetype == "application/pdf"


def test_a_form_sent_twice_is_one_sheet(make: Make, browser: Browsers, event: Event) -> None:
    page = organiser_of(make, browser, event).open("/o/e/may/badges")
    form = page.one("form[action$='/badges/sheets']")
    sent = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    answers = [page.client.post(str(form["action"]), data=sent) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(make.rows(BadgeSheet)) == 1


def test_what_was_chosen_is_there_to_be_chosen_again(
    make: Make, browser: Browsers, event: Event
) -> None:
    page = organiser_of(make, browser, event)
    chosen = {
        "format": "5395",
        "start": "3",
        "group": "not_in",
        "since": "2026-01-31T18:30",
        "blanks": "4",
        "companions": "guest_of",
        "companion_line": "nothing",
    }
    asked(make, page, f"?{urlencode(chosen)}").follow("Choose again")
    names = [*page.page.select("#badges input"), *page.page.select("#badges option[selected]")]
    said = {str(each.get("name") or each.parent["name"]): each["value"] for each in names}
    assert {name: said.get(name) for name in chosen} == chosen


def test_two_sheets_are_drawn_one_after_the_other(
    make: Make, browser: Browsers, event: Event
) -> None:
    page = organiser_of(make, browser, event)
    asked(make, page), asked(make, page, "?format=roll-62")
    assert make.due(draw_sheets, draw_sheets, draw_sheets) == 2
    assert [sheet.done for sheet in make.rows(BadgeSheet)] == [3, 3]


def test_what_cannot_be_drawn_is_said_and_holds_up_nobody(
    make: Make,
    browser: Browsers,
    event: Event,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = asked(make, organiser_of(make, browser, event))
    with monkeypatch.context() as broken:
        broken.setattr("eventapp.badges.pdf.lay_out", lambda *_: 1 / 0)
        make.due(draw_sheets)
    assert "badges cannot be drawn" in caplog.text
    assert page.open(page.url).sees("These badges couldn't be drawn")
    assert page.client.get(f"{page.url}.pdf").status_code == 404
    asked(make, page)
    make.due(draw_sheets)
    assert page.open(page.url).sees("3 badges")


def test_what_cannot_be_begun_is_said_and_holds_up_nobody(
    make: Make, browser: Browsers, event: Event, caplog: pytest.LogCaptureFixture
) -> None:
    page = asked(make, organiser_of(make, browser, event))
    broken = page.url
    with make.act():
        [row] = db.session.scalars(select(BadgeSheet))
        row.choice = {**row.choice, "format": "a-label-of-last-year"}
    asked(make, page)
    make.due(draw_sheets)
    make.due(draw_sheets)
    assert caplog.text.count("badges cannot be drawn") == 1
    assert page.open(page.url).sees("3 badges")
    assert page.open(broken).sees("These badges couldn't be drawn")


def test_a_database_that_is_away_fails_no_sheet(
    make: Make, browser: Browsers, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = asked(make, organiser_of(make, browser, event))
    away = OperationalError("select", {}, ConnectionError("away"), connection_invalidated=True)

    def fail(*_: object) -> None:
        raise away

    with monkeypatch.context() as broken:
        broken.setattr("eventapp.badges.drawer.choice_of", fail)
        make.due(draw_sheets)
    make.due(draw_sheets)
    assert page.open(page.url).sees("3 badges")


def test_it_is_kept_for_an_hour(make: Make, browser: Browsers, event: Event) -> None:
    page = asked(make, organiser_of(make, browser, event))
    make.due(draw_sheets)
    address = page.url
    assert page.open(address).sees("deleted after an hour")
    with time_machine.travel(clock.now() + timedelta(minutes=59)):
        make.due(forget_old_sheets)
        assert page.open(address).status == 200
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert page.open(address).status == 404
        make.due(forget_old_sheets)
    assert make.rows(BadgeSheet) == []


def test_it_goes_with_a_guest_whose_data_are_deleted(
    make: Make, browser: Browsers, event: Event
) -> None:
    asked(make, organiser_of(make, browser, event))
    make.due(draw_sheets)
    bea = make.row(Rsvp, name="Bea")
    with make.act():
        delete_person(db.session.get_one(Person, bea.person_id), at=clock.now())
    assert make.rows(BadgeSheet) == []


def test_other_organisers_find_nothing(make: Make, browser: Browsers, event: Event) -> None:
    page = asked(make, organiser_of(make, browser, event))
    make.due(draw_sheets)
    elsewhere = make.event(slug="june")
    other = organiser_of(make, browser, elsewhere)
    for address in (page.url, f"{page.url}.pdf"):
        assert other.client.get(address).status_code == 404
        assert other.client.get(address.replace("may", "june")).status_code == 404

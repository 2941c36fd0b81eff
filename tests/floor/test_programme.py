"""Questions belong to the talks of a programme that hosts edit meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.programme import PlannedTalk, set_programme
from eventapp.model import Event, FloorQuestion, Rsvp, Talk
from tests.browser import Browser
from tests.floor.evening import TALKS, WORDS, ask, opened, page_of
from tests.make import Make

Browsers = Callable[..., Browser]


def test_each_talk_has_a_way_to_ask_about_it(make: Make, page: Browser) -> None:
    link = page.one("[data-talk='Yeast'] a")
    assert link.get_text() == "I have a question"
    page.open(str(link["href"])).press("Ask", words=WORDS)
    assert make.row(FloorQuestion).talk_id == make.row(Talk, title="Yeast").id


def test_about_the_whole_event_while_a_talk_is_on(make: Make, event: Event, page: Browser) -> None:
    ask(make, make.row(Rsvp, name="Ana Ruiz"), "On all of it?")
    with time_machine.travel(event.starts_at + timedelta(minutes=91)):
        page.open(page.url)
        assert page.one("[data-talk='Yeast'] .pill.good"), "which is on"
        page.open(str(page.one("[data-talk=''] p > a.button")["href"])).press("Ask", words=WORDS)
    assert make.row(FloorQuestion, words=WORDS).talk_id is None


def test_the_form_asks_about_the_talk_that_is_on(make: Make, event: Event, page: Browser) -> None:
    with time_machine.travel(event.starts_at + timedelta(minutes=91)):
        page.open(f"{page.url}?refresh=1")
        page.open(str(page.one("main > p > a.button[href$='#ask']")["href"]))
        assert page.one("#ask").has_attr("open")
        page.press("Ask", words=WORDS)
        page.open(f"/e/{event.slug}/questions").press("Ask", words="Another?")
        page.open(f"/e/{event.slug}/questions?talk=9999").press("Ask", words="A third?")
    yeast = make.row(Talk, title="Yeast").id
    asked = {row.words: row.talk_id for row in make.rows(FloorQuestion)}
    assert asked == {WORDS: yeast, "Another?": yeast, "A third?": None}


def test_about_an_event_without_talks(make: Make, browser: Browsers) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    opened(make, event)
    page = page_of(make, browser, event)
    assert not page.page.select("select[name=talk]")
    assert page.press("Ask", words=WORDS).sees("The whole event")
    assert make.row(FloorQuestion).talk_id is None


def test_about_a_talk_that_hosts_took_out_while_the_form_was_open(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/questions")
    with make.act():
        set_programme(db.session.get_one(Event, event.id), ())
    assert page.press("Ask", words=WORDS).sees("They see it before it's shown to others")
    assert make.row(FloorQuestion).talk_id is None


def test_the_page_follows_the_programme(make: Make, event: Event, page: Browser) -> None:
    poll = str(page.one("#questions")["hx-get"])
    with time_machine.travel(event.starts_at + timedelta(minutes=91)):
        answer = page.client.get(poll, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        page.open(page.url)
    assert page.one("[data-talk='Yeast'] .pill.good").get_text() == "On now"


def test_questions_survive_an_edit_of_the_programme(make: Make, event: Event, ana: Rsvp) -> None:
    kept = ask(make, ana, "On no?", talk="Saying no")
    gone = ask(make, ana, "On yeast?", talk="Yeast")
    renamed = PlannedTalk("Learning to say no", "Núria Puig", minutes_in=60)
    with make.act():
        set_programme(db.session.get_one(Event, event.id), (PlannedTalk("Welcome"), renamed))
    rows = {row.id: row for row in make.rows(FloorQuestion)}
    assert rows[kept].talk_id == make.row(Talk, title="Learning to say no").id
    assert rows[gone].talk_id is None, "it stays, on the event as a whole"
    assert len(TALKS) == 2

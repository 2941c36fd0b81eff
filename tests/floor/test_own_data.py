"""What is kept of what guests ask: in their own file, and gone with them or after a while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.floor.actions import (
    close_floor,
    forget_askers,
    forget_questions,
    hide_question,
)
from eventapp.me.actions import delete_person
from eventapp.model import Floor, FloorQuestion, FloorVote, Person, Rsvp
from eventapp.rsvp.actions import cancel
from tests.browser import Browser
from tests.floor.evening import ask, going_on, guest, hide, opened, vote
from tests.make import Make

Browsers = Callable[..., Browser]


def test_their_file_has_what_they_asked_and_voted_for(make: Make, browser: Browsers) -> None:
    event = going_on(make)
    opened(make, event)
    ana, bea = guest(make, event, "Ana"), guest(make, event, "Bea")
    ask(make, ana, "By name?", talk="Yeast")
    ask(make, ana, "Anonymous?", anonymous=True, shown=False)
    hidden = ask(make, bea, "Hidden?")
    vote(make, ana, ask(make, bea, "By Bea?")), vote(make, ana, hidden)
    hide(make, hidden)
    told = make.signed_in(browser(), ana.person).client.get("/me/export")
    (rsvp,) = told.get_json()["rsvps"]
    said = rsvp["questions_on_talks"]
    first, second = said["asked"]
    assert (first["words"], first["talk"], first["is_anonymous"]) == ("By name?", "Yeast", False)
    assert (second["words"], second["talk"], second["is_anonymous"]) == ("Anonymous?", None, True)
    assert first["shown_at"]
    assert second["shown_at"] is None
    assert said["voted_for"] == [None, "By Bea?"], (
        "a vote for what is hidden is theirs, its words aren't"
    )
    assert "Bea " not in told.text


def test_their_page_names_what_they_asked_and_voted_for(make: Make, browser: Browsers) -> None:
    event = going_on(make, title="Fail night")
    opened(make, event)
    ana, bea = guest(make, event, "Ana"), guest(make, event, "Bea")
    ask(make, ana, "By name?", talk="Yeast")
    ask(make, ana, "Anonymous?", anonymous=True, shown=False)
    hidden = ask(make, bea, "Hidden?")
    vote(make, ana, ask(make, bea, "By Bea?")), vote(make, ana, hidden)
    hide(make, hidden)
    page = make.signed_in(browser(), ana.person).open("/me")
    first, second = (tag.get_text() for tag in page.page.select("[data-asked]"))
    assert all(words in first for words in ("Anonymous?", "not shown yet", "asked anonymously"))
    assert all(words in second for words in ("Fail night", "By name?", "Yeast", "everyone there"))
    voted = [tag.get_text() for tag in page.page.select("[data-voted-for]")]
    assert ["By Bea?" in voted[0], "hosts don't show any more" in voted[1]] == [True, True]
    assert not page.sees("Hidden?")
    link = page.page.select("[data-asked] a")[0]
    assert page.open(str(link["href"])).press("Withdraw: Anonymous?").sees("By name?")
    others = make.signed_in(browser(), bea.person).open("/me")
    assert len(others.page.select("[data-asked]")) == 2
    assert not others.sees("By name?")


def test_whoever_has_no_place_any_more_sees_no_words_of_others(
    make: Make, browser: Browsers
) -> None:
    event = going_on(make, title="Fail night")
    opened(make, event)
    ana = guest(make, event, "Ana")
    vote(make, ana, ask(make, guest(make, event, "Bea"), "By Bea?"))
    page = make.signed_in(browser(), ana.person).open("/me")
    assert page.one("[data-voted-for] a")["href"] == f"/e/{event.slug}/questions"
    with make.act():
        cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
    voted = page.open("/me").one("[data-voted-for]")
    assert "Fail night" in voted.get_text()
    assert not voted.select("a"), "it would lead nowhere"
    assert not page.sees("By Bea?")
    (told,) = page.client.get("/me/export").get_json()["rsvps"]
    assert told["questions_on_talks"]["voted_for"] == [None]


@pytest.mark.parametrize("then", ["it's on", "it's closed", "it's long over", "no place", "hidden"])
def test_a_vote_is_taken_back_at_any_time(
    make: Make, browser: Browsers, htmx: bool, then: str
) -> None:
    event = going_on(make, title="Fail night")
    floor, ana = opened(make, event), guest(make, event, "Ana")
    asked = ask(make, guest(make, event, "Bea"), "By Bea?")
    vote(make, ana, asked), vote(make, guest(make, event, "Cai"), asked)
    with make.act():
        if then == "it's closed":
            close_floor(db.session.get_one(Floor, floor.id), at=clock.now())
        elif then == "no place":
            cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
        elif then == "hidden":
            hide_question(db.session.get_one(FloorQuestion, asked), at=clock.now())
    days = timedelta(days=20 if then == "it's long over" else 0)
    with time_machine.travel(clock.now() + days):
        page = make.signed_in(browser(htmx=htmx), ana.person).open("/me")
        of = "Fail night" if then in ("no place", "hidden") else "By Bea?"
        page.press(f"Take my vote back: {of}")
        assert not page.page.select("[data-voted-for]")
    assert page.url.startswith("/me")
    assert [row.rsvp_id for row in make.rows(FloorVote)] != [ana.id]
    assert len(make.rows(FloorVote)) == 1


def test_nobody_takes_back_the_vote_of_somebody_else(make: Make, browser: Browsers) -> None:
    event = going_on(make)
    opened(make, event)
    ana, bea = guest(make, event, "Ana"), guest(make, event, "Bea")
    asked = ask(make, guest(make, event, "Cai"), "By Cai?")
    vote(make, ana, asked), vote(make, bea, asked)
    make.signed_in(browser(), bea.person).open("/me").press("Take my vote back: By Cai?")
    assert [row.rsvp_id for row in make.rows(FloorVote)] == [ana.id]


def test_once_it_is_forgotten_who_asked_it_is_on_no_page(make: Make, browser: Browsers) -> None:
    event = going_on(make)
    opened(make, event)
    ana = guest(make, event, "Ana")
    ask(make, ana, "Anonymous?", anonymous=True)
    with time_machine.travel(event.ends_at + timedelta(hours=37)):
        make.due(forget_askers)
        page = make.signed_in(browser(), ana.person).open("/me")
        assert not page.sees("My questions on talks")


def test_what_they_asked_by_name_and_their_votes_go_with_them(make: Make) -> None:
    event = going_on(make)
    opened(make, event)
    ana, bea = guest(make, event, "Ana"), guest(make, event, "Bea")
    ask(make, ana, "By name?")
    ask(make, ana, "Anonymous?", anonymous=True)
    vote(make, ana, ask(make, bea, "By Bea?"))
    with make.act():
        delete_person(db.session.get_one(Person, ana.person_id), at=clock.now())
    assert [row.words for row in make.rows(FloorQuestion)] == ["Anonymous?", "By Bea?"]
    assert not make.rows(FloorVote)


@pytest.mark.parametrize(("months", "goes"), [(1, True), (2, False), (None, False)])
def test_they_go_earlier_if_the_community_keeps_what_guests_write_for_less(
    make: Make, months: int | None, *, goes: bool
) -> None:
    event = going_on(make, community=make.community(keep_impressions_months=months))
    opened(make, event)
    ask(make, guest(make, event, "Ana"), "By name?")
    with time_machine.travel(event.ends_at + timedelta(days=32)):
        assert make.due(forget_questions) == goes
    assert (make.rows(FloorQuestion) == []) == goes


def test_all_go_once_guests_cannot_say_any_more_whom_they_met(make: Make) -> None:
    event = going_on(make, met_closes_days_after=10)
    opened(make, event)
    vote(make, guest(make, event, "Bea"), ask(make, guest(make, event, "Ana"), anonymous=True))
    with time_machine.travel(event.met_closes_at - timedelta(hours=1)):
        assert not make.due(forget_questions)
    with time_machine.travel(event.met_closes_at + timedelta(hours=1)):
        assert make.due(forget_questions) == 1
    assert not make.rows(FloorQuestion) + make.rows(FloorVote)

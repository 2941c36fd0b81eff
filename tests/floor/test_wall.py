"""The page for a wall: what is asked about the talk that is on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.programme import PlannedTalk
from eventapp.floor import actions
from eventapp.floor.queries import talk_on
from eventapp.floor.queries.questions import ON_WALL_MOST
from eventapp.model import Event, Floor, FloorQuestion, Rsvp
from eventapp.model.limits import FLOOR_QUESTION_MOST
from tests.browser import Browser
from tests.floor.evening import ask, going_on, guest, hide, opened, vote
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return going_on(make)


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return guest(make, event, "Ana")


@pytest.fixture
def wall(make: Make, browser: Browsers, event: Event) -> Browser:
    """A browser that nobody signed in, at the link."""
    page: Browser = browser().open(f"/floor/{opened(make, event).wall}")
    return page


def asked(page: Browser) -> list[str]:
    page.open(page.url)
    return [tag.get_text() for tag in page.page.select("[data-question] .asked")]


def test_it_shows_what_is_asked_about_the_talk_that_is_on(
    make: Make, event: Event, ana: Rsvp, wall: Browser
) -> None:
    assert wall.one("h1").get_text() == "Saying no"
    ask(make, ana, "On no?", talk="Saying no")
    ask(make, ana, "On yeast?", talk="Yeast")
    ask(make, ana, "On all?")
    ask(make, ana, "Waits?", talk="Saying no", shown=False)
    assert asked(wall) == ["On no?", "On all?"]
    with time_machine.travel(event.starts_at + timedelta(minutes=91)):
        assert asked(wall) == ["On yeast?", "On all?"]
    with time_machine.travel(event.ends_at + timedelta(minutes=1)):
        assert asked(wall) == ["On no?", "On yeast?", "On all?"]


def test_the_most_wanted_first_and_no_more_than_fit(
    make: Make, event: Event, ana: Rsvp, wall: Browser
) -> None:
    ids = [ask(make, ana, f"Why {number}?") for number in range(ON_WALL_MOST + 2)]
    vote(make, guest(make, event, "Bea"), ids[-1])
    shown = asked(wall)
    assert shown[:2] == [f"Why {ON_WALL_MOST + 1}?", "Why 0?"]
    assert len(shown) == ON_WALL_MOST
    assert wall.sees("and 2 more")


def test_long_ones_are_whole_and_fewer(make: Make, event: Event, ana: Rsvp, wall: Browser) -> None:
    long = "Why? " * (FLOOR_QUESTION_MOST // 5)
    for number in range(ON_WALL_MOST):
        ask(make, ana, f"{number} {long.strip()}"[:FLOOR_QUESTION_MOST])
    shown = asked(wall)
    assert len(shown) == 2
    assert all(len(words) == FLOOR_QUESTION_MOST for words in shown)
    assert wall.sees("and 3 more")
    poll = str(wall.one("#wall")["hx-get"])
    assert wall.client.get(poll).status_code == 204


def test_while_no_talk_is_on_each_says_its_talk(
    make: Make, event: Event, ana: Rsvp, wall: Browser
) -> None:
    ask(make, ana, "On no?", talk="Saying no"), ask(make, ana, "On yeast?", talk="Yeast")
    assert not wall.open(wall.url).sees("Yeast")
    with time_machine.travel(event.ends_at + timedelta(minutes=1)):
        cards = [tag.get_text() for tag in wall.open(wall.url).page.select("[data-question]")]
    assert ["Saying no" in cards[0], "Yeast" in cards[1]] == [True, True]


def test_answered_and_hidden_ones_leave_it_at_once(make: Make, ana: Rsvp, wall: Browser) -> None:
    answered, hidden = ask(make, ana, "Answered?"), ask(make, ana, "Hidden?")
    poll = str(wall.open(wall.url).one("#wall")["hx-get"])
    assert wall.client.get(poll).status_code == 204
    hide(make, hidden)
    with make.act():
        actions.answer_question(db.session.get_one(FloorQuestion, answered), at=clock.now())
    answer = wall.client.get(poll, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Hidden?" not in answer.text
    assert "Answered?" not in answer.text


def test_only_its_link_opens_it(make: Make, browser: Browsers, wall: Browser) -> None:
    secret = make.row(Floor).wall
    assert browser().open(f"/floor/{secret[:-1]}").status == 404
    (own,) = wall.page.select("main a")
    assert str(own["href"]).partition("?")[0] == wall.url, "it leads nowhere else"
    assert "noindex" in wall.response.headers["X-Robots-Tag"]


def test_it_is_empty_but_on_the_day(make: Make, event: Event, ana: Rsvp, wall: Browser) -> None:
    ask(make, ana)
    with time_machine.travel(event.ends_at + timedelta(days=3)):
        assert asked(wall) == []


def test_what_is_left_once_they_are_closed_can_still_be_read_out(
    make: Make, event: Event, ana: Rsvp, wall: Browser
) -> None:
    left, answered = ask(make, ana, "Left?"), ask(make, ana, "Answered?")
    poll = str(wall.open(wall.url).one("#wall")["hx-get"])
    with make.act():
        actions.answer_question(db.session.get_one(FloorQuestion, answered), at=clock.now())
        actions.close_floor(db.session.query(Floor).one(), at=clock.now())
    assert wall.client.get(poll, headers={"HX-Request": "true"}).status_code == 200
    assert asked(wall) == ["Left?"]
    assert wall.sees("Thank you for your questions.")
    assert not wall.page.select(".scan"), "nobody can ask any more"
    hide(make, left)
    assert asked(wall) == []
    assert not wall.sees("Nobody has asked anything yet.")


def test_the_talk_that_is_on_is_the_last_that_began(make: Make) -> None:
    talks = PlannedTalk("B", minutes_in=40), PlannedTalk("A", minutes_in=10), PlannedTalk("Untimed")
    event = going_on(make, *talks)
    with make.app.app_context():
        there = db.session.get_one(Event, event.id)
        starts, minute = there.starts_at, timedelta(minutes=1)
        on = [talk_on(there, starts + minute * after) for after in (5, 10, 39, 40, 60)]
        assert [talk.title if talk else None for talk in on] == [None, "A", "A", "B", "B"]
        assert talk_on(there, there.ends_at) is None


def test_a_talk_that_has_ended_is_on_no_more(make: Make) -> None:
    talks = (
        PlannedTalk("Long", minutes_in=10, ends_minutes_in=90),
        PlannedTalk("Short", minutes_in=30, ends_minutes_in=50),
        PlannedTalk("Open", minutes_in=100),
        PlannedTalk("Last", minutes_in=120, ends_minutes_in=130),
    )
    event = going_on(make, *talks)
    with make.app.app_context():
        there = db.session.get_one(Event, event.id)
        minute = timedelta(minutes=1)
        after = (20, 30, 49, 50, 89, 90, 99, 100, 119, 120, 129, 130)
        on = [talk_on(there, there.starts_at + minute * minutes) for minutes in after]
    said = [talk.title if talk else None for talk in on]
    assert said[:7] == ["Long", "Short", "Short", "Long", "Long", None, None]
    assert said[7:] == ["Open", "Open", "Last", "Last", None]


def test_before_anybody_asked_it_says_so(wall: Browser) -> None:
    assert wall.sees("Nobody has asked anything yet.")


def test_the_page_of_the_event_leads_to_the_questions_while_it_takes_them(
    make: Make, browser: Browsers, event: Event
) -> None:
    address = f"/e/{event.slug}"
    leads = f"a[href='{address}/questions']"
    page = browser().open(address)
    assert not page.page.select(leads)
    opened(make, event)
    assert page.open(address).page.select(leads)
    with make.act():
        floor = db.session.query(Floor).filter_by(event_id=event.id).one()
        actions.close_floor(floor, at=clock.now())
    assert not page.open(address).page.select(leads)

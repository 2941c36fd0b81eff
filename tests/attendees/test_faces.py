"""The event's page: who comes, as far as each viewer may see it, and how many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from eventapp.attendees.queries.faces import FACES_MOST
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, Community, Event
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    event = make.event()
    make.rsvp(event, "Eva Everyone", listing="everyone", companions=2, ask_me_about="night trains")
    make.rsvp(
        event, "Alma Attendees", listing="attendees", ask_me_about="hiring the first five, tea"
    )
    make.rsvp(event, "Nil Nobody", listing="nobody")
    make.rsvp(event, "Imma Imported", listing=None, confirmed_at=None)
    make.rsvp(event, "Una Unconfirmed", listing="everyone", confirmed_at=None)
    make.rsvp(event, "Wally Waits", listing="everyone", status="waitlisted")
    return event


def faces(page: Browser, event: Event) -> list[str]:
    page.open(f"/e/{event.slug}")
    return [words_of(name) for name in page.page.select(".faces .visually-hidden")]


def test_a_stranger_sees_those_who_let_everyone_and_a_count(
    event: Event, browser: Browsers
) -> None:
    page = browser()
    assert faces(page, event) == ["Eva Everyone"]
    assert page.sees("5 people have confirmed. You can see one of them.")


def test_one_who_comes_sees_whom_they_have_something_to_talk_about_with_first(
    make: Make, event: Event, browser: Browsers
) -> None:
    ana = make.rsvp(event, "Ana Ruiz", want_to_learn="hiring, and more about tea")
    page = make.signed_in(browser(), ana.person)
    assert faces(page, event) == ["Alma Attendees", "Eva Everyone"]
    assert page.sees("You both: hiring the first five · tea")
    assert page.sees("6 people have confirmed. You can see 2 of them.")


@pytest.mark.parametrize("answer", ["waitlisted", "maybe", "not_going", "cancelled"])
def test_whoever_has_no_place_sees_what_a_stranger_sees(
    make: Make, event: Event, browser: Browsers, answer: str
) -> None:
    ana = make.rsvp(event, "Ana Ruiz", status=answer, want_to_learn="hiring")
    page = make.signed_in(browser(), ana.person)
    assert faces(page, event) == ["Eva Everyone"]


def test_an_organiser_sees_here_what_everyone_sees(
    make: Make, event: Event, browser: Browsers
) -> None:
    olga = make.organiser(make.row(Community, id=event.community_id))
    assert faces(make.signed_in(browser(), olga), event) == ["Eva Everyone"]


def test_an_answer_changes_no_count_until_its_address_is_proven(
    event: Event, make: Make, browser: Browsers
) -> None:
    make.rsvp(event, "Kim Known", listing="everyone", person=make.person("known@example.org"))
    seen = []
    for email in ("known@example.org", "fresh@example.org"):
        page = browser().open(f"/e/{event.slug}")
        page.press("I'm coming", name="Ana", email=email, listing="everyone")
        seen.append(words_of(browser().open(f"/e/{event.slug}").one("#who-comes")))
    assert seen[0] == seen[1]


def test_a_page_has_a_dozen_faces_at_most(make: Make, browser: Browsers) -> None:
    event = make.event()
    for number in range(FACES_MOST + 3):
        make.rsvp(event, f"Guest {number:02}", listing="everyone")
    page = browser()
    assert len(faces(page, event)) == FACES_MOST
    assert page.sees("You can see 15 of them")


@pytest.mark.parametrize(("admitted", "words"), [(4, None), (5, "5 people came.")])
def test_a_count_of_few_who_came_is_not_public(
    make: Make, browser: Browsers, admitted: int, words: str | None
) -> None:
    began = clock.now() - timedelta(hours=5)
    page = browser().open(f"/e/{make.event(starts_at=began, admitted=admitted).slug}")
    assert page.sees("people came") == bool(words)
    assert not words or page.sees(words)


def test_afterwards_it_shows_who_came(make: Make, browser: Browsers) -> None:
    now = clock.now()
    event = make.event(starts_at=now - timedelta(hours=5), ends_at=now - timedelta(hours=2))
    cora = make.rsvp(event, "Cora Came", listing="everyone")
    with make.act():
        came = {"event_id": event.id, "rsvp_id": cora.id, "people": 1, "at": event.starts_at}
        db.session.add(CheckIn(**came, door="Main door", by=""))
    make.rsvp(event, "Anton Absent", listing="everyone")
    page = browser()
    assert faces(page, event) == ["Cora Came"]
    assert page.sees("Who came")
    assert not page.sees("confirmed")

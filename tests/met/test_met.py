"""/e/<event>/met: who was there and may be named, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.model import Encounter
from tests.contacts.evening import met, noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import hours_ago, last_night, let_in, looking_back, row_of


def test_those_who_came_and_agreed_to_be_seen_are_listed(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, bea, carla, dora, eva, fina = (
        make.rsvp(event, name, listing=listing)
        for name, listing in (
            ("Ana", "attendees"),
            ("Bea", "attendees"),
            ("Carla", "everyone"),
            ("Dora", "nobody"),
            ("Eva", None),
            ("Fina", "attendees"),
        )
    )
    gabi = make.rsvp(event, "Gabi", listing="everyone", confirmed_at=None)
    let_in(make, ana, bea, carla, dora, eva, gabi)
    assert looking_back(make, browser, ana).guests() == ["Bea", "Carla"]
    assert looking_back(make, browser, fina).guests() == ["Ana", "Bea", "Carla"]


def test_where_the_door_was_not_used_those_who_said_they_would_come_are_listed(
    make: Make, browser: Any
) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="attendees")
    make.rsvp(event, "Bea", listing="attendees")
    make.rsvp(event, "Carla", listing="attendees", status="cancelled")
    assert looking_back(make, browser, ana).guests() == ["Bea"]


def test_shared_topics_come_first_then_those_who_came_in_at_the_same_time(
    make: Make, browser: Any
) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", ask_me_about="Cerámica", want_to_learn="Kubernetes, la venta")
    near, far = (make.rsvp(event, name, listing="everyone") for name in ("Near", "Far"))
    topics = [
        make.rsvp(event, "Offers", listing="everyone", ask_me_about="kubernetes, ventas y la vida"),
        make.rsvp(event, "Wants", listing="everyone", want_to_learn="CERAMICA la de verdad"),
    ]
    let_in(make, far, *topics, at=hours_ago(16))
    let_in(make, ana, near, at=hours_ago(14))
    page = looking_back(make, browser, ana)
    assert page.guests() == ["Offers", "Wants", "Near", "Far"]
    assert "You both: kubernetes, ventas" in words_of(row_of(page, topics[0]))
    assert "You both: CERAMICA" in words_of(row_of(page, topics[1]))
    assert "You both" not in words_of(row_of(page, near))


def test_those_who_say_they_met_me_stand_on_top_listed_or_not(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, bea, carla = (make.rsvp(event, name, listing="attendees") for name in ("A", "Bea", "C"))
    zoe = make.rsvp(event, "Zoe", listing="nobody")
    noted(make, zoe, ana, note="secret of Zoe")
    noted(make, ana, carla)
    page = looking_back(make, browser, ana)
    assert page.guests() == ["Zoe", "C", "Bea"]
    assert [words_of(each) for each in page.page.select("main h2")] == [
        "They say you met",
        "You met 1",
        "Who else was there",
    ]
    assert not page.sees("secret of Zoe")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("jose", ["José Núñez"]), ("nun", ["José Núñez"]), ("zo", ["Zoe Sí"]), ("nil", []), ("a", [])],
)
def test_search_finds_those_who_may_be_named(
    make: Make, browser: Any, htmx: bool, typed: str, found: list[str]
) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana", listing="attendees")
    make.rsvp(event, "José Núñez", listing="attendees")
    make.rsvp(event, "Nil", listing="nobody")
    noted(make, make.rsvp(event, "Zoe Sí", listing="nobody"), ana)
    page = looking_back(make, browser, ana, htmx=htmx).press("Search", q=typed)
    assert page.guests() == found
    assert page.sees("Nobody by that name") == (not found)


def test_a_big_evening_goes_on_page_by_page(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana")
    names = [f"Guest {number:02}" for number in range(60)]
    for name in names:
        make.rsvp(event, name, listing="everyone", person=None, confirmed_at=clock.now())
    page = looking_back(make, browser, ana)
    assert page.guests() == names[:50]
    assert page.follow("Show more").guests() == names[50:]
    assert not page.sees("Show more")


def test_nobody_to_name_is_said_warmly(make: Make, browser: Any) -> None:
    page = looking_back(make, browser, make.rsvp(last_night(make), "Ana", listing="attendees"))
    assert page.sees("Nobody else is on the list so far")
    assert not page.sees("Nobody can find you here")


def test_who_shares_nothing_is_told_so_before_they_say_whom_they_met(
    make: Make, browser: Any
) -> None:
    ana = make.rsvp(last_night(make), "Ana", listing="attendees")
    page = looking_back(make, browser, ana)
    assert page.sees("people you meet get only your name")
    card = page.follow("Tick what to share")
    card.press("Save my card", share=["email"])
    assert not card.open(f"/e/{ana.event.slug}/met").sees("people you meet get only your name")


def test_the_page_says_what_happens_and_leads_to_the_card(make: Make, browser: Any) -> None:
    page = looking_back(make, browser, make.rsvp(last_night(make), "Ana"))
    assert page.sees("People you name will see your name.")
    assert page.follow("what you ticked").url == "/me/card"


# When it is open


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        (timedelta(hours=1), "This opens when the event starts"),
        (-timedelta(minutes=1), "Who else was there"),
        (-timedelta(days=60), "Who else was there"),
        (-timedelta(days=61), "This closed on"),
    ],
)
def test_it_is_open_from_the_start_until_sixty_days_after_the_end(
    make: Make, browser: Any, starts: timedelta, words: str
) -> None:
    event = make.event(starts_at=clock.now() + starts)
    ana, _ = make.rsvp(event, "Ana"), make.rsvp(event, "Bea", listing="attendees")
    page = looking_back(make, browser, ana)
    assert page.status == 200
    assert page.sees(words)
    assert bool(page.guests()) == (words == "Who else was there")


# Who may


def test_a_stranger_is_asked_to_sign_in(make: Make, browser: Any) -> None:
    event = last_night(make)
    page = browser().open(f"/e/{event.slug}/met")
    assert page.url == f"/sign-in?next=/e/{event.slug}/met"


@pytest.mark.parametrize("status", ["waitlisted", "pending", "not_going", "cancelled"])
def test_who_has_no_place_is_told_kindly(make: Make, browser: Any, status: str) -> None:
    page = looking_back(make, browser, make.rsvp(last_night(make), "Ana", status=status))
    assert page.status == 403
    assert page.sees("This page is for this event's guests")


def test_organisers_never_see_who_met_whom(make: Make, browser: Any) -> None:
    community = make.community()
    event = last_night(make, community=community)
    met(make, make.rsvp(event, "Ana"), make.rsvp(event, "Bea", listing="everyone"))
    page = make.signed_in(browser(), make.organiser(community)).open(f"/e/{event.slug}/met")
    assert page.status == 403
    assert page.guests() == []


def test_an_event_not_published_is_nowhere(make: Make, browser: Any) -> None:
    ana = make.rsvp(last_night(make, published_at=None), "Ana")
    assert looking_back(make, browser, ana).status == 404


# What it costs


def test_fifty_people_take_as_many_queries_as_five(
    make: Make, browser: Any, count_queries: Callable[[], Any]
) -> None:
    counts = []
    for many in (5, 50):
        event = last_night(make)
        ana = make.rsvp(event, "Ana")
        for number in range(many):
            other = make.rsvp(event, f"Guest {number}", listing="everyone")
            if number % 5 == 0:
                met(make, ana, other)
            elif number % 5 == 1:
                noted(make, other, ana)
            elif number % 5 == 2:
                noted(make, ana, other)
        page = looking_back(make, browser, ana)
        for address in (f"/e/{event.slug}/met", f"/e/{event.slug}/met?q=guest"):
            with count_queries() as queries:
                page.open(address)
            is_all = many == 5 or "?q=" in address
            assert len(page.guests()) == (many if is_all else 8 + 10 + 20), "the newest 8 met"
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_looking_changes_nothing(make: Make, browser: Any) -> None:
    event = last_night(make)
    ana, bea = make.rsvp(event, "Ana"), make.rsvp(event, "Bea", listing="attendees")
    page = looking_back(make, browser, ana)
    for path in (f"met/{bea.id}", f"met/{bea.id}/forget", f"met/{bea.id}/decline"):
        assert page.client.get(f"/e/{event.slug}/{path}").status_code in (404, 405)
    assert make.rows(Encounter) == []
    assert make.mails() == []

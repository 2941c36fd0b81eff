"""The organisers' guest list: chips with exact counts, search, order and pages, by address."""

from __future__ import annotations

from datetime import timedelta
from functools import cache, partial
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.guests import is_new
from eventapp.guests.choice import Choice, Mark, Order, Sort
from eventapp.guests.guest_list import GuestList
from eventapp.model import Community, Event, Rsvp, Status
from tests.guests.listed import come, list_of_every_kind
from tests.html import words_of
from tests.make import Make


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def event(make: Make, community: Community) -> Event:
    return list_of_every_kind(make, community)


@pytest.fixture
def olga(make, community, event, browser, htmx):
    page = make.signed_in(browser(htmx=htmx), make.organiser(community))
    return page.open(f"/o/e/{event.slug}/guests")


def counts(page) -> dict[str, int]:
    found = page.page.select("#chips [data-count]")
    return {str(one["data-count"]): int(words_of(one)) for one in found}


def names(event: Event, choice: Choice, *, limit: int = 50, offset: int = 0) -> list[str]:
    page = GuestList(event, choice).page(limit=limit, offset=offset)
    return [entry.rsvp.name for entry in page]


EVERYBODY = ["Ana", "Beto", "Cleo", "Dora", "Ema", "Fay", "Gil"]
WHO = {
    Mark.CAME: {"Ana", "Cleo"},
    Mark.NOT_YET: {"Beto", "Gil"},
    Mark.FIRST_TIME: {"Beto", "Dora", "Ema", "Fay", "Gil"},
    Mark.NO_ADDRESS: {"Cleo"},
    Mark.MAIL_FAILED: {"Gil"},
}
STATUSES = {"Dora": Status.PENDING, "Ema": Status.WAITLISTED, "Fay": Status.CANCELLED}


def test_chips_say_how_many_there_are_of_each(olga):
    assert counts(olga) == {
        "all": 7,
        "pending": 1,
        "waitlisted": 1,
        "going": 4,
        "cancelled": 1,
        "came": 2,
        "not_yet": 2,
        "first_time": 5,
        "no_address": 1,
        "mail_failed": 1,
    }


def test_a_chip_narrows_the_list_and_pressed_again_no_more(olga):
    assert set(olga.follow("First time").guests()) == WHO[Mark.FIRST_TIME]
    assert olga.follow("Coming").guests() == ["Beto", "Gil"]
    assert olga.url.endswith("?status=going&only=first_time")
    assert (counts(olga)["all"], counts(olga)["first_time"]) == (5, 2)
    assert olga.follow("First time").guests() == ["Ana", "Beto", "Cleo", "Gil"]
    assert olga.follow("All").guests() == EVERYBODY


def test_who_came_and_who_did_not_yet_are_chosen_in_turn(olga):
    olga.follow("Not yet here")
    assert counts(olga)["came"] == 2
    assert olga.follow("Came").guests() == ["Ana", "Cleo"]
    assert counts(olga)["not_yet"] == 2


def chosen_by_hand(status: Status | None, marks: tuple[Mark, ...]) -> list[str]:
    return [
        name
        for name in EVERYBODY
        if status in (None, STATUSES.get(name, Status.GOING))
        and all(name in WHO[mark] for mark in marks)
    ]


def test_counts_are_those_of_the_lists_that_the_chips_lead_to(app: Flask, event: Event) -> None:
    marks = [(), *((one,) for one in Mark), *(((Mark.FIRST_TIME, Mark.MAIL_FAILED)),)]
    some = product((None, Status.GOING, Status.PENDING), marks, ("", "a", "@example.org"))
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        listed = cache(partial(names, there))  # chips of many lists lead to the same ones
        for status, of_marks, typed in some:
            choice = Choice(typed, status, tuple(of_marks))
            found = listed(Choice(typed)) if typed else EVERYBODY
            expected = [one for one in chosen_by_hand(status, choice.marks) if one in found]
            assert sorted(listed(choice)) == expected, choice
            told = GuestList(there, choice).counts
            assert told.shown == len(expected)
            for one in Status:
                there_too = Choice(typed, one, choice.marks)
                assert told.by_status[one] == len(listed(there_too)), (choice, one)
            for mark in Mark:
                with_it = Choice(typed, status, choice.with_mark(mark))
                assert told.by_mark[mark] == len(listed(with_it)), (choice, mark)


def test_an_event_that_was_called_off_was_nobodys_first_time(
    app: Flask, make, event: Event
) -> None:
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        new = names(there, Choice(marks=(Mark.FIRST_TIME,)))
        others = Event.community_id == there.community_id, Event.id != there.id
        with_before = db.session.scalars(select(Event).where(*others)).all()
        assert with_before
    with make.act():
        for before in with_before:
            db.session.get_one(Event, before.id).called_off_at = clock.now()
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        assert len(names(there, Choice(marks=(Mark.FIRST_TIME,)))) > len(new)


def test_the_first_time_is_what_a_door_calls_it(app: Flask, event: Event) -> None:
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        new = is_new(there.community_id, there.starts_at)
        at_the_door = db.session.scalars(
            select(Rsvp.name).where(Rsvp.event_id == there.id, new).order_by(Rsvp.name)
        ).all()
        assert sorted(names(there, Choice(marks=(Mark.FIRST_TIME,)))) == at_the_door


@pytest.mark.parametrize(
    ("by", "first"),
    [
        (Sort.NAME, EVERYBODY),
        (Sort.STATUS, ["Dora", "Ema", "Ana", "Beto", "Cleo", "Gil", "Fay"]),
        (Sort.ANSWERED, EVERYBODY[::-1]),
        (Sort.ARRIVED, ["Ana", "Cleo", "Beto", "Dora", "Ema", "Fay", "Gil"]),
    ],
)
def test_an_order_and_its_reverse(app: Flask, event: Event, by: Sort, first: list[str]) -> None:
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        assert names(there, Choice(order=Order(by, is_descending=False))) == first
        back = names(there, Choice(order=Order(by, is_descending=True)))
        came, others = (first[:2], first[2:]) if by == Sort.ARRIVED else (first, [])
        assert back == [*reversed(came), *others]


@pytest.mark.parametrize("by", [None, *Sort])
@pytest.mark.parametrize("typed", ["", "a", "@example"])
def test_pages_leave_nobody_out_and_show_nobody_twice(
    app: Flask, event: Event, by: Sort | None, typed: str
) -> None:
    choice = Choice(typed, order=Order(by) if by else None)
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        parts = [names(there, choice, limit=2, offset=offset) for offset in range(0, 8, 2)]
        assert [name for part in parts for name in part] == names(there, choice)
        assert names(there, choice, offset=50) == []


def test_the_head_of_a_column_sorts_by_it_and_then_the_other_way(olga):
    def sorted_by() -> dict[str, str]:
        return {words_of(one): str(one["aria-sort"]) for one in olga.page.select("[aria-sort]")}

    assert sorted_by() == {"Answered": "descending"}
    olga.open(str(olga.one("#sort-name")["href"]))
    assert (sorted_by(), olga.guests()) == ({"Name": "ascending"}, EVERYBODY)
    olga.open(str(olga.one("#sort-name")["href"]))
    assert (sorted_by(), olga.guests()) == ({"Name": "descending"}, EVERYBODY[::-1])
    olga.open(str(olga.one("#sort-arrived")["href"]))
    assert sorted_by() == {"Came": "descending"}
    assert olga.follow("To approve").guests() == ["Dora"]
    assert sorted_by() == {"Came": "descending"}


def test_a_search_keeps_chips_and_order(olga):
    olga.open(f"{olga.url}?status=going&sort=-name")
    kept = {str(one["name"]): str(one["value"]) for one in olga.page.select("[form=find]")}
    assert kept == {"status": "going", "sort": "-name"}
    olga.open(f"{olga.url}&q=an")
    assert olga.guests() == ["Ana"]
    assert "q=an&" in str(olga.one("#chip-came")["href"])
    assert counts(olga)["all"] == 1


def test_what_is_no_choice_is_none(olga):
    olga.open(f"{olga.url}?status=lost&only=rich&only=came&sort=height&page=nine")
    assert olga.guests() == ["Ana", "Cleo"]


def test_a_long_list_comes_in_parts(make, community, browser):
    event = make.event(community)
    guest = make.rsvp(event, "Zoe")
    make.crowd(guest, 119)
    page = make.signed_in(browser(), make.organiser(community))
    page.open(f"/o/e/{event.slug}/guests?sort=name")
    assert page.sees("1–50 of 120")
    last = page.follow("Last page").url
    page.follow("First page")
    assert len({*page.guests(), *page.follow("Next page").guests()}) == 100
    assert page.follow("Next page").guests()[-1] == "Zoe"
    assert (page.url, page.sees("101–120 of 120")) == (last, True)
    assert page.follow("First page").url.endswith("/guests?sort=name")


def test_what_stands_on_every_row_is_said_once(make, community, browser):
    event = make.event(community)
    for name in ("Ana", "Beto"):
        make.rsvp(event, name, person=None)
    page = make.signed_in(browser(), make.organiser(community))
    text = page.open(f"/o/e/{event.slug}/guests?status=going").text
    assert text.count("None of them has an email address.") == 1
    assert not page.page.select("tbody .pill")


def test_that_all_are_here_for_the_first_time_is_said_once(make, community, browser):
    event = make.event(community)
    for name in ("Ana", "Beto"):
        make.rsvp(event, name)
    page = make.signed_in(browser(), make.organiser(community))
    page.open(f"/o/e/{event.slug}/guests")
    assert page.text.count("It's the first time here for all of them.") == 1
    assert not page.page.select("tbody .new")


def test_a_guests_own_page_says_all_that_is_known(make, community, browser):
    event = make.event(community)
    ana = make.rsvp(event, "Ana", note="Late", companions=2, ask_me_about="Bees")
    come(make, ana, clock.now() - timedelta(minutes=5))
    page = make.signed_in(browser(), make.organiser(community))
    page.open(f"/o/e/{event.slug}/guests").follow("Ana")
    for words in ("Ana", "and 2 companions", "Late", "Bees", "came", "first time here", "Coming"):
        assert page.sees(words), words
    other = make.rsvp(make.event(), "Beto")
    assert page.open(f"/o/e/{event.slug}/guests/{other.id}").status == 404


def test_a_yes_by_htmx_counts_anew_by_the_choice_of_the_page(make, community, browser):
    event = make.event(community, needs_approval=True)
    for name in ("Ana", "Beto"):
        make.rsvp(event, name, status="pending", person=None)  # nobody is mailed
    page = make.signed_in(browser(htmx=True), make.organiser(community))
    page.open(f"/o/e/{event.slug}/guests?status=pending&only=no_address").press("Approve Ana")
    assert counts(page) == {"all": 2, "pending": 1, "going": 1, "no_address": 1}
    assert page.one("[data-guest=Ana]")["data-status"] == "going"

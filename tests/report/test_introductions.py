"""What the report tells of introductions: counts, of five people or more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import ASKED_AFTER, accept, say_what_came
from eventapp.model import CameOfIt, Event, Introduction, IntroductionSide, KeptFigures, Rsvp
from eventapp.report.actions import keep_figures
from eventapp.report.figures import Introduced, by_guest, introduction_figures, may_replace
from eventapp.report.queries import INTRODUCED_WITHIN
from tests.browser import Browser
from tests.introductions.three import accepts, introduced
from tests.make import Make
from tests.met.evening import hours_ago, last_night
from tests.properties import given, st
from tests.report.figures import figures
from tests.report.test_report import guests_in, open_report

Browsers = Callable[..., Browser]
USEFUL, NO = CameOfIt.USEFUL, CameOfIt.NO
SIDES = st.frozensets(
    st.tuples(st.integers(1, 9), st.integers(1, 12), st.sampled_from([None, *CameOfIt])),
    max_size=20,
)


def join(make: Make, by: Rsvp, one: Rsvp, other: Rsvp) -> Introduction:
    row = introduced(make, by.person, one, other)
    accepts(make, row, one, other)
    return row


def say(make: Make, row: Introduction, came_of_it: CameOfIt, *rsvps: Rsvp) -> None:
    for rsvp in rsvps:
        with make.act():
            of = {"introduction_id": row.id, "person_id": rsvp.person_id}
            side = db.session.query(IntroductionSide).filter_by(**of).one()
            say_what_came(side, came_of_it, at=clock.now() + ASKED_AFTER)


def pairs(guests: Sequence[Rsvp]) -> list[tuple[Rsvp, Rsvp]]:
    return list(zip(guests[::2], guests[1::2], strict=True))


def test_they_are_counted_with_what_came_of_them(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    maker, *guests = guests_in(make, event, 11)
    rows = [join(make, maker, *pair) for pair in pairs(guests)]
    introduced(make, maker.person, guests[0], guests[2])  # which nobody has accepted
    for row, pair in zip(rows[:4], pairs(guests), strict=False):
        say(make, row, USEFUL if row is not rows[3] else NO, *pair)
    page = open_report(make, browser, event)
    assert page.sees("Introductions afterwards")
    told = figures(page)
    assert told == {"newcomers": "10", "introduced": "10", "introductions": "5"} | {
        "useful_share": "75%"
    }
    as_csv = page.client.get(f"/o/e/{event.slug}/report.csv").get_data().decode("utf-8-sig")
    assert "Guests introduced to somebody afterwards,10" in as_csv


def test_of_four_nothing_is_told(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    maker, *guests = guests_in(make, event, 5)
    for pair in pairs(guests):
        join(make, maker, *pair)
    page = open_report(make, browser, event)
    assert figures(page) == {"newcomers": "5"}
    assert not page.sees("Introductions afterwards")


def test_one_more_moves_nothing(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    maker, *guests = guests_in(make, event, 11)
    rows = [join(make, maker, *pair) for pair in pairs(guests)]
    page = open_report(make, browser, event)
    first = figures(page)
    assert first["introduced"] == "10"
    say(make, rows[0], USEFUL, *guests[:2])
    say(make, rows[1], NO, *guests[2:4])
    assert figures(page.open(page.url)) == first
    say(make, rows[2], NO, guests[4])
    assert figures(page.open(page.url)) == {**first, "useful_share": "40%"}


def test_they_are_counted_for_three_months_and_stay(make: Make, browser: Browsers) -> None:
    event = last_night(make, starts_at=hours_ago(INTRODUCED_WITHIN.days * 24 - 30))
    maker, *guests = guests_in(make, event, 11)
    for pair in pairs(guests):
        join(make, maker, *pair)
    make.due(keep_figures)
    assert make.row(KeptFigures, event_id=event.id).introductions["introduced"] == 10
    with make.act():
        later = db.session.get_one(Event, event.id)
        later.starts_at -= INTRODUCED_WITHIN
        later.ends_at -= INTRODUCED_WITHIN
        db.session.query(Introduction).delete()
    assert make.due(keep_figures) == 0
    assert figures(open_report(make, browser, event))["introduced"] == "10"


def test_accepting_tells_the_report_no_earlier_than_both(make: Make) -> None:
    event = last_night(make)
    maker, *guests = guests_in(make, event, 11)
    for one, other in pairs(guests):
        row = introduced(make, maker.person, one, other)
        with make.act():
            accept(db.session.get_one(Introduction, row.id).sides[0], at=clock.now())
    make.due(keep_figures)
    assert make.row(KeptFigures, event_id=event.id).introductions == {}


@given(before=SIDES, after=SIDES)
def test_they_change_by_what_five_people_did(
    before: frozenset[tuple[int, int, str | None]], after: frozenset[tuple[int, int, str | None]]
) -> None:
    marks = [
        sorted(f"{guest}: {said}" for guest, said in by_guest(_sides(each)).items())
        for each in (before, after)
    ]
    changed = {mark.split(":")[0] for mark in set(marks[0]) ^ set(marks[1])}
    if may_replace(*marks):
        assert len(changed) >= 5
    told = introduction_figures(_sides(after))
    are_enough = len({guest for guest, *_ in after}) >= 5
    assert ("introduced" in told) == are_enough
    assert are_enough or not told, "five introductions may be of one guest"
    answered = {guest for guest, _, came_of_it in after if came_of_it}
    assert "useful_share" not in told or (len(answered) >= 5 and "introductions" in told)


def _sides(rows: frozenset[tuple[int, int, str | None]]) -> list[Introduced]:
    return [Introduced(*row) for row in sorted(rows, key=str)]


def test_they_stay_when_the_community_keeps_introductions_for_a_month(make: Make) -> None:
    community = make.community(keep_introductions_months=1)
    event = last_night(make, community=community, starts_at=hours_ago(24 * 33))
    maker, *guests = guests_in(make, event, 11)
    for pair in pairs(guests):
        join(make, maker, *pair)
    with time_machine.travel(event.ends_at + timedelta(days=3)):
        make.due(keep_figures)
    assert make.row(KeptFigures, event_id=event.id).introductions["introduced"] == 10
    with make.act():
        db.session.query(Introduction).delete()
    make.due(keep_figures)
    assert make.row(KeptFigures, event_id=event.id).introductions["introduced"] == 10

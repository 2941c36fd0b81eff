"""The report of an event, as its organisers read it and take it away."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from itertools import permutations
from statistics import median, quantiles
from typing import Any

import pytest
from python_calamine import load_workbook

from eventapp.attendees.queries import viewer_of
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.met.actions import decline, say_we_met
from eventapp.met.queries import Attendee
from eventapp.model import CheckIn, Event, KeptFigures, Person, Rsvp
from eventapp.report.words import SHARES, WORDS
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import hours_ago, last_night, let_in
from tests.overview.arriving import come
from tests.report.figures import figures, fives

Browsers = Callable[..., Browser]


def say(make: Make, *pairs: tuple[Rsvp, Rsvp], declines: bool = False) -> None:
    """Each first one says that they met the second, or declines it."""
    with make.act():
        for noter, met in pairs:
            event = db.session.get_one(Event, noter.event_id)
            person = db.session.get_one(Person, noter.person_id)
            viewer = viewer_of(event, person)
            assert viewer.rsvp
            guest, them = (
                Attendee(event, person, viewer.rsvp, viewer),
                db.session.get_one(Rsvp, met.id),
            )
            if declines:
                decline(guest, them, at=clock.now())
            else:
                say_we_met(guest, them, at=clock.now(), note={})


def guests_in(make: Make, event: Event, count: int) -> list[Rsvp]:
    guests = [make.rsvp(event, f"Guest {number}") for number in range(count)]
    let_in(make, *guests)
    return guests


def open_report(make: Make, browser: Browsers, event: Event, **more: Any) -> Browser:
    return organiser_of(make, browser, event, **more).open(f"/o/e/{event.slug}/report")


def test_an_evening_in_figures(make: Make, browser: Browsers) -> None:
    chance = random.Random(7)
    community = make.community()
    before = last_night(make, community=community, starts_at=hours_ago(24 * 30))
    event = last_night(make, community=community)
    regulars = guests_in(make, before, 6)
    asked_at = clock.now()
    persons = [one.person for one in regulars] + [make.person() for _ in range(20)]
    guests = [
        make.rsvp(event, person=person, morning_after_at=asked_at if number % 6 else None)
        for number, person in enumerate(persons)
    ]
    let_in(make, *guests)
    pairs = chance.sample([(a, b) for a in range(26) for b in range(26) if a != b], 90)
    said = [pair for pair in pairs if pair[0] < 15]
    say(make, *((guests[a], guests[b]) for a, b in said))
    declined = [pair for pair in said if pair[::-1] not in said][:6]
    say(make, *((guests[b], guests[a]) for a, b in declined), declines=True)

    stands = {tuple(sorted(pair)) for pair in said if pair not in declined}
    all_pairs = {tuple(sorted(pair)) for pair in said}
    met = [sum(who in pair for pair in stands) for who in range(26)]
    some = [count for count in met if count]
    lower, _, upper = quantiles(some, n=4, method="inclusive")
    both = {pair for pair in stands if pair in said and pair[::-1] in said}
    answered = {a for a, _ in said} | {b for _, b in declined}
    asked = {who for who in range(26) if who % 6}
    told = figures(open_report(make, browser, event))
    assert told.pop("confirmed_share") == f"{fives(100 * len(both) / len(all_pairs))}%"
    assert told.pop("answered_share") == f"{fives(100 * len(answered & asked) / len(asked))}%"
    assert {name: float(figure) for name, figure in told.items()} == {
        "newcomers": 20,
        "met_people": fives(len(some)),
        "met_median": median(some),
        "met_lower_quartile": lower,
        "met_upper_quartile": upper,
        "newcomers_met_two": fives(sum(count >= 2 for count in met[6:])),
    }


def test_who_came_who_did_not_and_who_waited(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    for people in (2, 4, 5):
        come(make, event, hours_ago(15), people)
    make.rsvp(event, companions=5)
    come(make, event, hours_ago(14), 3)
    make.rsvp(event, "Wait", status="waitlisted", companions=4)
    make.rsvp(event, "Gone", status="cancelled", companions=5)
    page = open_report(make, browser, event)
    told = figures(page)
    assert told == {"came": "15", "no_shows": "5", "waitlisted": "5"}
    bars = [row.select("td")[1].get_text() for row in page.page.select(".arrivals-table tbody tr")]
    assert bars == ["10"], "three who came an hour later are too few"


def test_arrivals_claim_nothing_of_the_hidden(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    come(make, event, hours_ago(15), 6)
    come(make, event, hours_ago(14), 5)
    page = open_report(make, browser, event)
    drawn = str(page.page.select_one("section[aria-labelledby=when]"))
    assert page.sees("Dotted: fewer than five, or nobody, in each quarter of an hour.")
    assert not page.sees("At the busiest")
    assert not page.sees("Arrivals from")
    numbers = [text.get_text() for text in page.page.select(".chart .most")]
    assert numbers == ["5", "5"], "none is said to be the busiest"
    assert len(page.page.select(".chart line.untold")) == 3
    come(make, event, hours_ago(14.5), 4)
    come(make, event, hours_ago(13.5), 1)
    assert str(page.open(page.url).page.select_one("section[aria-labelledby=when]")) == drawn


def test_nothing_is_told_of_four(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 4)
    say(make, *((one, other) for one in guests for other in guests if one != other))
    make.rsvp(event, "Wait", status="waitlisted", companions=3)
    page = open_report(make, browser, event)
    assert figures(page) == {}
    assert page.sees("Once five guests have said who they met")
    assert not make.rows(KeptFigures)


def test_one_answer_moves_nothing_and_five_do(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 11)
    say(make, *_each_with(guests[0], guests[1:6]))
    page = open_report(make, browser, event)
    first = figures(page)
    assert first["met_median"] == "1"
    assert first["met_people"] == "5"
    for guest in guests[6:10]:
        say(make, *_each_with(guests[0], [guest]), *_each_with(guests[1], [guest]))
        assert figures(page.open(page.url)) == first
    with make.act():
        db.session.query(CheckIn).filter_by(rsvp_id=guests[1].id).delete()
    after_undo = figures(page.open(page.url))
    assert {name: after_undo[name] for name in first if "met" in name} == {
        name: first[name] for name in first if "met" in name
    }
    say(make, *_each_with(guests[0], [guests[10]]), *_each_with(guests[1], [guests[10]]))
    later = figures(page.open(page.url))
    assert later["met_median"] == "2"
    assert later["met_people"] == "10"


def _each_with(met: Rsvp, noters: Sequence[Rsvp]) -> list[tuple[Rsvp, Rsvp]]:
    return [(noter, met) for noter in noters]


def test_both_files_have_the_figures_of_the_page(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 8)
    say(make, *_each_with(guests[0], guests[1:]), *_each_with(guests[1], guests[2:]))
    page = open_report(make, browser, event)
    shown = {name: float(text.removesuffix("%")) for name, text in figures(page).items()}
    assert len(shown) >= 4
    address = f"/o/e/{event.slug}/report"
    as_csv = page.client.get(f"{address}.csv").get_data().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(as_csv))
    assert header == ["Figure", "Number", "Unit"]
    words = {str(label): name for name, label in WORDS.items()}
    assert {words[row[0]]: float(row[1]) for row in rows} == shown
    units = {words[row[0]]: row[2] for row in rows}
    assert {name for name, unit in units.items() if unit == "%"} == SHARES & shown.keys()
    book = load_workbook(io.BytesIO(page.client.get(f"{address}.xlsx").data))
    _, *cells = book.get_sheet_by_index(0).to_python()
    assert {words[str(row[0])]: row[1] for row in cells} == shown


@pytest.mark.parametrize(("hours", "leads"), [(15, True), (1, False)])
def test_the_event_leads_to_it_once_it_is_over(
    make: Make, browser: Browsers, hours: float, leads: bool
) -> None:
    event = make.event(starts_at=hours_ago(hours))
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}")
    links = page.page.select(f"a[href='/o/e/{event.slug}/report']")
    assert len(links) == leads


def test_it_is_read_in_spanish(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 6)
    say(make, *_each_with(guests[0], guests[1:]), (guests[0], guests[1]), (guests[1], guests[2]))
    page = open_report(make, browser, event, language="es")
    assert page.sees("Quién conoció a gente")
    assert figures(page)["met_people"] == "5"


def test_who_met_whom_is_drawn_without_names(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 12)
    ring = list(zip(guests, [*guests[1:], guests[0]], strict=True))
    say(make, *ring[:8])
    page = open_report(make, browser, event)
    assert not page.page.select("svg.meetings"), "nine people are too few"
    say(make, *ring[8:])
    page.open(page.url)
    assert not page.page.select("svg.meetings"), "four more say something: it stays as it was"
    say(make, (guests[2], guests[8]))
    page.open(page.url)
    assert page.sees("there's nothing to draw"), "all are one group"
    assert not page.page.select("svg.meetings")
    assert [cell.get_text() for cell in page.page.select(".network-table td")] == ["10", "–", "15"]
    say(make, *permutations(guests[:6], 2))
    drawn = page.open(page.url).page.select_one("svg.meetings")
    assert drawn is not None
    assert len(drawn.select("circle:not(.ground, .loop)")) == 10
    assert "Guest" not in drawn.get_text()
    rows = page.page.select(".network-table tbody tr")
    told = [[cell.get_text() for cell in row.select("td")[2:]] for row in rows]
    assert told == [list(column) for column in zip(*told, strict=True)], "both halves of the table"
    between = [told[at][at] != "–" for at in range(len(told))]
    assert len(drawn.select(".loop")) == sum(between)

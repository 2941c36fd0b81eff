"""Two look at one report, or somebody answers while it is made: no two looks differ by less than
what five people said.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Encounter, KeptFigures
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import last_night
from tests.racing import Look, deadlocks, overtaking, race, session_of
from tests.report.figures import figures
from tests.report.test_report import guests_in, say

EVENTS = 12


@pytest.mark.slow
def test_two_look_at_once(app: Flask, make: Make) -> None:
    community = make.community()
    events = [last_night(make, community=community) for _ in range(EVENTS)]
    for event in events:
        guests = guests_in(make, event, 7)
        say(make, *((guest, guests[0]) for guest in guests[1:]))
    before = deadlocks(app)
    sides = [
        [Look(f"/o/e/{event.slug}/report", session_of(make, organiser)) for event in events]
        for organiser in (make.organiser(community), make.organiser(community))
    ]
    assert set(chain(*race(app, *sides))) == {200}
    assert deadlocks(app) == before
    kept = make.rows(KeptFigures)
    assert [each.figures["met_people"] for each in kept] == [5] * EVENTS
    assert all(len(each.answers) == 6 for each in kept)


def test_who_answers_while_it_is_made_is_in_it_or_waits(
    make: Make, browser: Callable[..., Browser]
) -> None:
    event = last_night(make)
    guests = guests_in(make, event, 8)
    say(make, *((guest, guests[0]) for guest in guests[1:6]))
    page = organiser_of(make, browser, event)
    address = f"/o/e/{event.slug}/report"
    with overtaking(make, lambda: page.client.get(address), once_read="FROM encounter") as answer:
        more = {"noter_id": guests[6].id, "met_id": guests[0].id, "noted_at": clock.now()}
        db.session.add(Encounter(event_id=event.id, **more))
    assert answer().status_code == 200
    kept = make.row(KeptFigures, event_id=event.id)
    assert len(kept.answers) == 6
    told = figures(page.open(address))
    say(make, (guests[7], guests[0]))
    assert figures(page.open(address)) == told, "the seventh waits for four others"

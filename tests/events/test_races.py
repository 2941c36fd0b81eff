"""Organisers who do the same, or the opposite, to an event at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.events.actions import unpublish_event
from eventapp.model import Event
from tests.browser import Browser
from tests.events.organising import TYPED, organiser_of
from tests.make import Make
from tests.racing import Tap, deadlocks, overtaking, race, session_of

pytestmark = pytest.mark.both_databases

TIMES = 8


@pytest.mark.slow
def test_a_draft_discarded_by_two_while_a_third_publishes(app: Flask, make: Make) -> None:
    community = make.community()
    olga = session_of(make, make.organiser(community))
    drafts = [make.event(community, published_at=None) for _ in range(TIMES)]
    verbs = ("discard", "discard", "publish", "copy")
    before = deadlocks(app)
    answers = race(
        app, *([Tap(f"/o/e/{each.slug}/{verb}", olga) for each in drafts] for verb in verbs)
    )
    assert set(chain(*answers)) <= {303, 404, 409}
    assert deadlocks(app) == before


@pytest.mark.slow
def test_a_form_sent_twice_at_once_is_one_event(app: Flask, make: Make) -> None:
    community = make.community()
    olga = session_of(make, make.organiser(community))
    forms = [{**TYPED, "form_id": new_secret()} for _ in range(TIMES)]
    taps = [Tap(f"/o/{community.slug}/events/new", olga, typed) for typed in forms]
    before = deadlocks(app)
    answers = race(app, taps, taps)
    assert set(chain(*answers)) == {303}
    assert len(make.rows(Event)) == TIMES
    assert deadlocks(app) == before


def test_what_became_a_draft_meanwhile_is_not_called_off(
    make: Make, browser: Callable[..., Browser]
) -> None:
    event = make.event()
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/call-off")
    token = {"csrf_token": page.one("main [name=csrf_token]")["value"]}
    send = partial(page.client.post, f"/o/e/{event.slug}/call-off", data=token)
    with overtaking(make, send, once_read=r"WHERE event\.slug =") as answer:
        unpublish_event(db.session.get_one(Event, event.id), at=clock.now())
    assert answer().status_code == 409
    assert make.row(Event).called_off_at is None

"""Organisers who do the same, or the opposite, to an event at the same moment."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask

from tests.make import Make
from tests.racing import Tap, deadlocks, race, session_of

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

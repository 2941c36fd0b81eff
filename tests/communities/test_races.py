"""Two organisers who remove each other at the same moment: the first one stays."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.model import Organiser
from tests.make import Make
from tests.racing import Tap, deadlocks, race, session_of

TIMES = 8


@pytest.mark.slow
def test_two_organisers_who_remove_each_other(app: Flask, make: Make) -> None:
    sides: tuple[list[Tap], list[Tap]] = ([], [])
    for _ in range(TIMES):
        community = make.community()
        make.organiser(community)
        make.organiser(community)
        with app.app_context():
            rows = db.session.scalars(select(Organiser).filter_by(community_id=community.id)).all()
            people = [row.person for row in rows]
        for side, one, other in zip(sides, people, rows[::-1], strict=True):
            path = f"/o/{community.slug}/organisers/{other.id}/remove"
            side.append(Tap(path, session_of(make, one)))
    before = deadlocks(app)
    answers = race(app, *sides)
    assert max(chain(*answers)) < 500
    assert deadlocks(app) == before
    assert len(make.rows(Organiser)) == TIMES

"""An event with a guest of each kind, and its organiser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Talk


@pytest.fixture
def community(make):
    return make.community()


@pytest.fixture
def event(make, community):
    """A week ahead, with somebody of each kind."""
    event = make.event(
        community, starts_at=clock.now() + timedelta(days=7), capacity=6, door_answers=["Shirt"]
    )
    make.rsvp(event, "Ana Ruiz", companions=1, answers={"Shirt": "M"}, listing="everyone")
    make.rsvp(event, "Bo Ek", person=None)
    make.rsvp(event, "Carla Sanz", status="waitlisted")
    make.rsvp(event, "Dario Gil", status="cancelled")
    with make.act():
        db.session.add(
            Talk(event_id=event.id, title="Yeast", speaker="Ana Ruiz", speaker_key="ana")
        )
    return event


@pytest.fixture
def olga(make, browser, community):
    return make.signed_in(browser(), make.organiser(community))

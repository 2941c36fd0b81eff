"""Nobody is seen by whom they did not agree to be seen by: on lists, in searches, in counts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.attendees import queries
from eventapp.attendees.queries import Viewer, viewer_of
from eventapp.core.db import db
from eventapp.model import CheckIn, Event, Listing, Organiser, Person, Rsvp, Status
from eventapp.rsvp.actions import enter
from tests.attendees.rows import NOW, community, event, on_a_database, person
from tests.make import Make
from tests.plans import asked, plan_of
from tests.properties import given, st


@dataclass(frozen=True)
class Guest:
    status: str
    listing: str | None
    is_confirmed: bool
    is_in: bool
    is_verified: bool

    @property
    def comes(self) -> bool:
        return self.status == "going"

    def agreed_to(self, listings: set[str]) -> bool:
        return self.is_confirmed and self.listing in listings


guests = st.builds(
    Guest,
    st.sampled_from(["going", "going", "going", *Status]),
    st.sampled_from([None, *Listing]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.slow
@given(st.lists(guests, min_size=1, max_size=5), st.booleans())
@on_a_database
def test_nobody_sees_who_did_not_agree_to_be_seen(
    app: Flask, came_along: list[Guest], door_was_used: bool
) -> None:
    with app.app_context():
        here, rsvps, organiser = _guests(came_along, door_was_used)
        viewers = [None, organiser, *(rsvp.person for rsvp in rsvps)]
        for who, viewer in enumerate((viewer_of(here, each) for each in viewers), -2):
            own = came_along[who] if who >= 0 else None
            may = {"everyone"}
            if own and own.comes and (own.is_confirmed or own.is_verified):
                may.add("attendees")
            others = [n for n in range(len(came_along)) if n != who]
            agreed = [n for n in others if came_along[n].agreed_to(may)]
            shown = [n for n in agreed if came_along[n].comes]
            if viewer.is_organiser:
                shown = [n for n in others if came_along[n].comes]
            in_it = [n for n, guest in enumerate(came_along) if guest.is_in and door_was_used]
            there = in_it or [n for n in range(len(came_along)) if came_along[n].comes]
            _check(here, viewer, rsvps, shown, [n for n in agreed if n in there])
        db.session.rollback()


def _guests(came_along: list[Guest], door_was_used: bool) -> tuple[Event, list[Rsvp], Person]:
    here, organiser = event(community(), "one"), person(99)
    db.session.add(Organiser(community=here.community, person=organiser, since=NOW))
    rsvps = []
    for number, guest in enumerate(came_along):
        rsvp = enter(
            here,
            f"Guest Number{number}",
            status=guest.status,
            at=NOW,
            person=person(number, verified=guest.is_verified),
            listing=guest.listing,
            confirmed_at=NOW if guest.is_confirmed else None,
        )
        rsvps.append(rsvp)
        if guest.is_in and door_was_used:
            row = CheckIn(event_id=here.id, rsvp=rsvp, people=1, at=NOW, door="d", by="b")
            db.session.add(row)
    db.session.flush()
    return here, rsvps, organiser


def _check(
    here: Event, viewer: Viewer, rsvps: list[Rsvp], shown: list[int], met: list[int]
) -> None:
    """`shown` and `met`: the others whom this viewer may see, and may say they met."""
    own = [viewer.rsvp.id] if viewer.rsvp and viewer.rsvp.status == "going" else []
    expected = own + [rsvps[number].id for number in shown]
    listed = [rsvp.id for rsvp in queries.listed(here, viewer, limit=50)]
    searched = [rsvp.id for rsvp in queries.listed(here, viewer, typed="number", limit=50)]
    assert listed == expected
    assert sorted(searched) == sorted(expected)
    assert queries.count_listed(here, viewer) == len(shown)
    there = db.session.scalars(select(Rsvp.id).where(queries.came_and_listed(here, viewer))).all()
    assert sorted(there) == sorted(rsvps[number].id for number in met)


def test_sqlite_reads_a_long_list_in_its_order(app: Flask, make: Make) -> None:
    """Sorted first, all of 200,000 would be read for the fifty of a page."""
    here = make.event()
    with app.app_context(), asked() as statements:
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL decides by its statistics")
        queries.listed(here, Viewer(), limit=50)
        (plan,) = [plan_of(*statement) for statement in statements]
    assert "ix_rsvp_event_id_status_waitlisted_at" in plan
    assert "ORDER BY" not in plan

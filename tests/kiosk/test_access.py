"""Which tablets are kiosks, and what else a kiosk may do: nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, DoorLink, DoorPass, Session
from tests.door.helpers import at_door, by_link
from tests.kiosk.helpers import a_scan, at_kiosk


@pytest.fixture
def event(make):
    return make.event(title="Noche de datos")


@pytest.fixture
def ana(make, event):
    return make.rsvp(event, "Ana López", person=make.person("ana.lopez@example.org"), companions=1)


@pytest.fixture
def tablet(make, browser, event, htmx):
    return at_kiosk(make, browser(htmx=htmx), event)


@pytest.mark.parametrize(
    "who", ["stranger", "helper", "lead", "organiser", "other kiosk", "withdrawn"]
)
@pytest.mark.parametrize("path", ["kiosk", "kiosk/check-in", "kiosk/leave"])
def test_only_a_kiosk_is_a_kiosk(make, browser, event, ana, who, path):
    asking = browser().open("/sign-in")
    if who == "helper":
        at_door(make, asking, event)
    elif who == "lead":
        link = make.door_link(event, role="lead")
        asking.open(f"/door/{link.secret}").press("Open the door")
    elif who == "organiser":
        make.signed_in(asking, make.organiser(make.community()))
    elif who == "other kiosk":
        at_kiosk(make, asking, make.event())
    elif who == "withdrawn":
        at_kiosk(make, asking, event)
        with make.act():
            db.session.query(DoorLink).update({"withdrawn_at": clock.now()})
    asking.open("/sign-in")
    if path == "kiosk":
        assert asking.open(f"/e/{event.slug}/{path}").status == 403
    else:
        response = asking.client.post(f"/e/{event.slug}/{path}", data=a_scan(asking, ana.ticket))
        assert response.status_code == 403
    assert not make.rows(CheckIn)


def test_there_is_no_kiosk_without_an_event(browser):
    assert browser().open("/e/nothing/kiosk").status == 404


def test_a_kiosk_has_no_other_rights(make, tablet, event, ana):
    for path in ("door", "door?q=ana", "door/headcount"):
        assert tablet.open(f"/e/{event.slug}/{path}").status == 403
    assert tablet.open(f"/t/{ana.ticket}").sees("This is a ticket")
    assert not tablet.sees("Ana")
    for act in ("door/scan", f"door/{ana.id}/check-in", f"door/{ana.id}/undo", "door/walk-in"):
        answered = tablet.client.post(f"/e/{event.slug}/{act}", data=a_scan(tablet, ana.ticket))
        assert answered.status_code == 403


def test_a_kiosk_signs_its_tablet_out(make, browser):
    community = make.community()
    event = make.event(community)
    tablet = make.signed_in(browser(), make.organiser(community))
    assert tablet.open("/o/").status == 200
    at_kiosk(make, tablet, event)
    assert tablet.open("/o/").url.startswith("/sign-in")
    assert not make.rows(Session)
    assert tablet.open(f"/e/{event.slug}/door").status == 403


def test_a_kiosk_stands_at_no_door_that_its_tablet_opened_before(make, browser, event):
    other = make.event()
    tablet = by_link(make, by_link(make, browser(), other), event)
    at_kiosk(make, tablet, event)
    for slug in (event.slug, other.slug):
        assert tablet.open(f"/e/{slug}/door").status == 403
    assert len(make.rows(DoorPass)) == 1


def test_a_kiosk_in_use_is_seen(make, tablet, ana):
    long_ago = clock.now() - timedelta(hours=2)
    with make.act():
        db.session.query(DoorPass).update({"last_seen_at": long_ago})
    tablet.press("Check me in", code=ana.short_code)
    assert clock.now() - make.row(DoorPass).last_seen_at < timedelta(minutes=2)

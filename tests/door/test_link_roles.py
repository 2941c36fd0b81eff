"""A door link makes a helper, a lead, or a kiosk with its PIN."""

from __future__ import annotations

import pytest

from eventapp.core.links import digest
from eventapp.door.links import pin_digest
from eventapp.model import DoorLink
from tests.door.helpers import post


def open_link(browser, link):
    return browser.open(f"/door/{link.secret}")


def test_a_link_is_a_helpers_unless_said_otherwise(make, browser, htmx):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors").press("Make a door link", name="Garden")
    link = make.row(DoorLink)
    assert (link.role, link.opens_hours_before, link.closes_hours_after) == ("helper", None, None)
    assert link.pin_digest is None


def test_a_link_for_a_lead_leads(make, browser):
    community = make.community()
    event = make.event(community, capacity=1)
    make.rsvp(event)
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors").press("Make a door link", name="Garden", role="lead")
    assert olga.sees("door lead")
    lead = open_link(browser(), make.row(DoorLink)).press("Open the door")
    answer = post(lead, f"/e/{event.slug}/door/walk-in", name="Bo", over_capacity="y")
    assert answer.json["outcome"] == "admitted"


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "١٢٣٤"])
def test_a_kiosk_needs_a_pin(make, browser, htmx, pin):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors")
    olga.press("Make a door link", name="Tablet", role="kiosk", pin=pin)
    assert olga.status == 422
    assert olga.codes() == ["pin"]
    assert not make.rows(DoorLink)


def test_the_pin_is_kept_as_a_digest_with_the_links_own_secret(make, browser):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors")
    olga.press("Make a door link", name="Tablet", role="kiosk", pin="0042")
    link = make.row(DoorLink)
    assert link.role == "kiosk"
    assert link.pin_digest == pin_digest(link.secret, "0042") == digest(f"{link.secret}:0042")


@pytest.mark.parametrize("role", ["admin", ""])
def test_other_roles_are_refused(make, browser, role):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors").press("Make a door link", name="Garden", role=role)
    assert olga.status == 422
    assert not make.rows(DoorLink)


@pytest.mark.parametrize("role", ["helper", "lead"])
def test_the_command_makes_links_of_each_role(app, make, role):
    event = make.event()
    done = app.test_cli_runner().invoke(args=["door-link", event.slug, "--role", role])
    assert done.exit_code == 0
    assert make.row(DoorLink).role == role


def test_the_command_asks_for_the_pin_of_a_kiosk(app, make):
    event = make.event()
    words = ["door-link", event.slug, "--role", "kiosk"]
    done = app.test_cli_runner().invoke(args=words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--pin" in done.stderr
    assert app.test_cli_runner().invoke(args=[*words, "--pin", "4711"]).exit_code == 0
    link = make.row(DoorLink)
    assert link.pin_digest == pin_digest(link.secret, "4711")


def test_the_command_knows_no_other_role(app, make):
    event = make.event()
    done = app.test_cli_runner().invoke(args=["door-link", event.slug, "--role", "boss"])
    assert (done.exit_code, done.stdout) == (2, "")

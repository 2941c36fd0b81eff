"""Who may stand at a door: a phone with a door link that is good, or an organiser."""

from __future__ import annotations

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.links import withdraw_link
from eventapp.model import AuditEntry, DoorLink, DoorPass
from tests.browser import form_data
from tests.door.helpers import at_door, by_link, post


def test_a_door_link_asks_for_one_tap_and_no_account(make, browser):
    event = make.event()
    by_link(make, browser(), event)


def test_opening_a_link_changes_nothing_before_the_tap(make, browser):
    link = make.door_link(make.event())
    browser().open(f"/door/{link.secret}")
    assert not make.rows(DoorPass)


def test_a_link_cut_short_is_not_found(make, browser):
    link = make.door_link(make.event())
    assert browser().open(f"/door/{link.secret[:-2]}").status == 404


def test_a_phone_may_help_at_two_events(make, browser):
    one, two, phone = make.event(), make.event(), browser()
    by_link(make, phone, one)
    by_link(make, phone, two)
    assert phone.open(f"/e/{one.slug}/door").status == 200


def test_a_withdrawn_link_ends_at_once(make, browser):
    community = make.community()
    event = make.event(community)
    phone = at_door(make, browser(), event)
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors").press("Withdraw for good: Main door")
    answer = post(phone, f"/e/{event.slug}/door/scan", code="x" * 22)
    assert (answer.status_code, answer.json) == (401, {"error": "door"})
    assert phone.open(f"/e/{event.slug}/door").status == 403
    assert browser().open(f"/door/{make.row(DoorLink).secret}").status == 404


def test_an_organiser_makes_a_link_and_it_works(make, browser, htmx):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors").press("Make a door link", name="Garden")
    assert olga.sees(f"/door/{make.row(DoorLink).secret}")
    phone = browser().open(f"/door/{make.row(DoorLink).secret}").press("Open the door")
    assert phone.status == 200


def test_a_form_sent_twice_makes_one_link(make, browser, htmx):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    form = olga.open(f"/o/e/{event.slug}/doors").one("form:has([name=form_id])")
    typed = {**form_data(form), "name": "Garden"}
    for _ in range(2):
        assert olga.submit(form, typed).sees(f"/door/{make.row(DoorLink).secret}")
    make.row(AuditEntry, verb="door_link_made")
    olga.submit(form, {**typed, "name": "Bar"})
    olga.open(f"/o/e/{event.slug}/doors").press("Make a door link", name="Garden")
    names = [link.name for link in make.rows(DoorLink)]
    assert sorted(names) == ["Bar", "Garden", "Garden"], "corrected, and the same on a new form"


def test_a_form_sent_again_after_its_link_was_withdrawn_makes_another(make, browser, htmx):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    form = olga.open(f"/o/e/{event.slug}/doors").one("form:has([name=form_id])")
    typed = {**form_data(form), "name": "Garden"}
    olga.submit(form, typed)
    with make.act():
        first = db.session.get_one(DoorLink, make.row(DoorLink).id)
        withdraw_link(first, at=clock.now())
    for _ in range(2):
        olga.submit(form, typed)
        assert [link.withdrawn_at is None for link in make.rows(DoorLink)] == [False, True]


def test_an_organiser_stands_at_the_door_without_a_link(make, browser):
    community = make.community()
    event = make.event(community)
    olga = make.signed_in(browser(), make.organiser(community))
    assert olga.open(f"/e/{event.slug}/door").status == 200
    assert olga.one(".door-top a")["href"] == f"/o/e/{event.slug}/doors"


def test_a_helper_is_offered_no_way_to_the_organisers_pages(make, browser):
    assert not at_door(make, browser(), make.event()).page.select(".door-top a")


ACTS = ["scan", "{rsvp}/check-in", "{rsvp}/undo", "walk-in"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["stranger", "guest", "other door", "other organiser"])
def test_nobody_else_acts_at_a_door(make, browser, act, who):
    event = make.event()
    rsvp = make.rsvp(event, "Ana Ruiz")
    asking = browser().open("/sign-in")
    if who == "guest":
        make.signed_in(asking, make.person())
    elif who == "other door":
        at_door(make, asking, make.event())
    elif who == "other organiser":
        make.signed_in(asking, make.organiser(make.community()))
    path = f"/e/{event.slug}/door/{act.format(rsvp=rsvp.id)}"
    asking.open("/sign-in")
    answer = post(asking, path, code=rsvp.ticket, name="X")
    assert (answer.status_code, answer.json) == (401, {"error": "door"})
    assert asking.open(f"/e/{event.slug}/door").status == 403


@pytest.mark.parametrize("act", ["check-in", "undo"])
def test_a_guest_of_another_event_is_not_found_by_id(make, browser, act):
    event, elsewhere = make.event(), make.rsvp(make.event())
    door = at_door(make, browser(), event)
    assert post(door, f"/e/{event.slug}/door/{elsewhere.id}/{act}").status_code == 404


@pytest.mark.parametrize("path", ["", "/doors", "/doors/1/withdraw"])
@pytest.mark.parametrize("who", ["stranger", "helper", "other organiser"])
def test_door_links_are_the_organisers(make, browser, path, who):
    event = make.event()
    asking = browser().open("/sign-in")
    if who == "helper":
        at_door(make, asking, event)
    elif who == "other organiser":
        make.signed_in(asking, make.organiser(make.community()))
    asking.open("/sign-in")
    token = asking.page.find(attrs={"name": "csrf_token"})["value"]
    answer = asking.client.post(f"/o/e/{event.slug}/doors{path[6:]}", data={"csrf_token": token})
    assert answer.status_code == (404 if who == "other organiser" else 303)
    if answer.status_code == 303:
        assert answer.headers["Location"].startswith("/sign-in")


def test_the_ticket_says_nothing_to_a_stranger_and_confirms_at_a_door(make, browser, htmx):
    event = make.event()
    rsvp = make.rsvp(event, "Ana Ruiz", companions=1)
    stranger = browser().open(f"/t/{rsvp.ticket}")
    assert "Ana" not in stranger.response.text
    assert event.title not in stranger.response.text
    assert stranger.text == browser().open(f"/t/{'x' * 22}").text
    door = at_door(make, browser(htmx=htmx), event).open(f"/t/{rsvp.ticket}")
    assert door.sees("A ticket for 2")
    door.press("Check in")
    assert door.one("#verdict")["data-outcome"] == "admitted"
    door.open(f"/t/{rsvp.ticket}").press("Undo")
    assert door.one("#verdict")["data-outcome"] == "undone"


def test_the_command_prints_a_link_that_works(app, make, browser):
    event = make.event()
    result = app.test_cli_runner().invoke(args=["door-link", event.slug, "--name", "Garden"])
    assert result.exit_code == 0
    door = browser().open(result.output.strip()).press("Open the door")
    assert door.page.find(string="Garden")


def test_the_command_knows_no_such_event(app):
    result = app.test_cli_runner().invoke(args=["door-link", "nothing"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing" in result.stderr


@pytest.mark.parametrize("path", ["door", "door?q=ana", "door/headcount"])
def test_a_kiosk_is_no_door(make, browser, path):
    event = make.event()
    tablet = browser().open(f"/door/{make.door_link(event, role='kiosk').secret}")
    assert tablet.press("Start the kiosk").url == f"/e/{event.slug}/kiosk"
    assert tablet.open(f"/e/{event.slug}/{path}").status == 403

"""A rehearsal is wiped without a trace, by its organisers or after a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door import rehearsal
from eventapp.me.actions import delete_person
from eventapp.model import DoorLink, Event, Person, Rsvp
from tests.door.helpers import at_door, post
from tests.door.rehearsal.copies import a_whole_evening, everything, rehearse, wipe


def test_wiped_it_leaves_no_row_behind_and_the_event_as_it_was(make, browser, event):
    before = everything(make)
    a_whole_evening(make, browser, rehearse(make, event))
    while_it_goes_on = everything(make)
    for table, rows in before.items():
        assert [row for row in rows if row not in while_it_goes_on[table]] == [], table
    assert len(while_it_goes_on["door_log"]) == 6
    wipe(make, event)
    wipe(make, event)
    assert everything(make) == before


def test_starting_over_puts_everybody_outside_again(make, browser, event):
    a_whole_evening(make, browser, rehearse(make, event))
    make.rsvp(event, "Late Lou", person=None)
    wipe(make, event)
    copy = rehearse(make, event)
    assert make.row(Event, id=copy.id).admitted == 0
    names = {one.name for one in make.rows(Rsvp, event_id=copy.id)}
    assert "Late Lou" in names
    assert "Eva" not in names
    assert not make.rows(DoorLink, event_id=copy.id)


def test_it_wipes_itself_after_a_week(make, event):
    before = everything(make)
    rehearse(make, event)
    for days, left in ((7, 1), (8, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            make.due(*rehearsal.wipe_old_rehearsals)
        assert len(make.rows(Event)) == 1 + left
    assert everything(make) == before


def test_a_draft_is_discarded_with_its_rehearsal(make, community, olga):
    draft = make.event(community, published_at=None)
    rehearse(make, draft)
    olga.open(f"/o/e/{draft.slug}/discard").press("Discard")
    assert not make.rows(Event)


def test_who_is_forgotten_is_forgotten_in_the_copy(make, event):
    copy = rehearse(make, event)
    (ana,) = make.rows(Rsvp, event_id=event.id, name="Ana Ruiz")
    with make.act():
        delete_person(db.session.get_one(Person, ana.person_id), at=clock.now())
    assert "Ana" not in str([row for name, row in everything(make).items() if name != "talk"])
    assert len(make.rows(Rsvp, event_id=copy.id)) == 4


def test_an_organiser_rehearses_starts_over_and_wipes(make, browser, event, community, htmx):
    olga = make.signed_in(browser(htmx=htmx), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/doors").press("Rehearse")
    assert olga.url == f"/o/e/{event.slug}-rehearsal/doors"
    olga.press("Make a door link", name="Trial")
    assert olga.url == f"/o/e/{event.slug}-rehearsal/doors"
    assert olga.sees("Trial")
    olga.follow("To the door")
    assert olga.one("[data-rehearsal]")
    olga.open(f"/o/e/{event.slug}/doors").follow("To the rehearsal").press("Start over")
    assert olga.url == f"/o/e/{event.slug}-rehearsal/doors"
    assert not olga.sees("Trial")
    olga.press("Wipe the rehearsal")
    assert olga.url == f"/o/e/{event.slug}/doors"
    assert len(make.rows(Event)) == 1


@pytest.mark.parametrize("act", ["", "/wipe", "/start-over"])
@pytest.mark.parametrize("who", ["stranger", "helper", "other organiser"])
def test_rehearsing_is_the_organisers(make, browser, event, act, who):
    rehearse(make, event)
    before = make.rows(Event)[-1].id
    asking = browser().open("/sign-in")
    if who == "helper":
        at_door(make, asking, event)
    elif who == "other organiser":
        make.signed_in(asking, make.organiser(make.community()))
    asking.open("/sign-in")
    answer = post(asking, f"/o/e/{event.slug}/rehearsal{act}")
    assert answer.status_code == (404 if who == "other organiser" else 401)
    assert make.rows(Event)[-1].id == before

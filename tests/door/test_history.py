"""What happened at the doors is kept, and can be looked up; conflicts are listed to tick off."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, Community, DoorConflict, DoorLog
from tests.browser import form_data
from tests.door.helpers import at_door, post
from tests.html import words_of
from tests.racing import overtaking


@pytest.fixture
def event(make):
    return make.event(capacity=2)


@pytest.fixture
def helper(make, browser, event):
    return at_door(make, browser(), event, "Garden")


@pytest.fixture
def lead(make, browser, event, htmx):
    return at_door(make, browser(htmx=htmx), event, "Main door", role="lead")


def offline(door, event, code, minutes_ago=5, **fields):
    at = (clock.now() - timedelta(minutes=minutes_ago)).isoformat()
    path = f"/e/{event.slug}/door/scan"
    return post(door, path, code=code, offline="1", happened_at=at, **fields).json


def kinds(make):
    return sorted(row.kind for row in make.rows(DoorConflict))


def test_the_history_of_a_guest_tells_all_of_it(make, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    for verb in ("check-in", "undo", "check-in"):
        post(helper, f"/e/{event.slug}/door/{rsvp.id}/{verb}")
    helper.open(f"/e/{event.slug}/door/{rsvp.id}/history")
    told = [row.strong.get_text() for row in helper.page.select("#history .row")]
    assert told == ["let in", "undone", "let in"]
    assert helper.sees("Garden")


def test_the_history_tells_how_many_of_a_party_each_line_is(make, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=1)
    for _ in range(2):
        post(helper, f"/e/{event.slug}/door/{rsvp.id}/check-in", people="1")
    helper.open(f"/e/{event.slug}/door/{rsvp.id}/history")
    told = [words_of(row) for row in helper.page.select("#history .row")]
    assert [words.startswith("let in 1 person") for words in told] == [True, True]


def test_the_history_is_for_this_door_alone(make, browser, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    other = make.rsvp(make.event(), "Beto")
    assert browser().open(f"/e/{event.slug}/door/{rsvp.id}/history").status == 403
    assert helper.open(f"/e/{event.slug}/door/{other.id}/history").status == 404


def test_both_times_of_a_phone_whose_clock_is_wrong_are_kept(make, helper, event):
    rsvp, now = make.rsvp(event, "Ana Ruiz"), clock.now()
    wrong = now + timedelta(hours=3)
    post(
        helper,
        f"/e/{event.slug}/door/scan",
        code=rsvp.ticket,
        offline="1",
        happened_at=(wrong - timedelta(minutes=7)).isoformat(),
        sent_at=wrong.isoformat(),
    )
    log = make.row(DoorLog)
    assert log.phone_at == wrong - timedelta(minutes=7)
    assert abs(log.happened_at - (now - timedelta(minutes=7))) < timedelta(seconds=20)


@pytest.mark.parametrize(
    "heard", [[("Garden", 9), ("Main door", 6)], [("Main door", 6), ("Garden", 9)]]
)
def test_admitted_twice_is_a_conflict_with_both_times(make, lead, helper, event, heard):
    rsvp = make.rsvp(event, "Ana Ruiz")
    for door, minutes_ago in heard:
        offline({"Garden": helper, "Main door": lead}[door], event, rsvp.ticket, minutes_ago)
    assert kinds(make) == ["twice"]
    lead.open(f"/e/{event.slug}/door/conflicts")
    words = lead.one("[data-conflict=twice]").get_text(" ", strip=True)
    assert words.index("Garden") < words.index("Main door")


def test_an_admission_that_was_undone_is_none_of_the_two(make, browser, lead, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    undone = (clock.now() - timedelta(minutes=45)).isoformat()
    offline(helper, event, rsvp.ticket, 50)
    path = f"/e/{event.slug}/door/{rsvp.id}/undo"
    post(helper, path, offline="1", happened_at=undone)
    terrace = at_door(make, browser(), event, "Terrace")
    offline(terrace, event, rsvp.ticket, 20)
    offline(lead, event, rsvp.ticket, 10)
    lead.open(f"/e/{event.slug}/door/conflicts")
    words = lead.one("[data-conflict=twice]").get_text(" ", strip=True)
    assert words.index("Terrace") < words.index("Main door")
    assert "Garden" not in words


def test_more_of_a_party_than_were_missing_is_a_conflict(make, helper, lead, event):
    rsvp = make.rsvp(event, "Ana Ruiz", companions=1)
    post(helper, f"/e/{event.slug}/door/scan", code=rsvp.ticket, people=1)
    assert offline(lead, event, rsvp.ticket, 0, people=2)["outcome"] == "admitted"
    assert kinds(make) == ["twice"]


def test_a_door_that_turned_them_away_is_not_where_they_came_in(make, helper, lead, event):
    rsvp, before = make.rsvp(event, "Ana Ruiz"), clock.now() - timedelta(seconds=1)
    path = f"/e/{event.slug}/door/scan"
    post(helper, path, code=rsvp.ticket)
    told = post(lead, path, code=rsvp.ticket, happened_at=before.isoformat()).json
    assert (told["outcome"], told["first_door"]) == ("already", "Garden")
    assert make.row(CheckIn).door == "Garden"


def test_a_second_scan_with_a_network_is_none(make, lead, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz")
    for door in (helper, lead):
        post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
    assert kinds(make) == []


@pytest.mark.parametrize("status", ["cancelled", "waitlisted"])
def test_let_in_offline_against_the_list_is_a_fact_and_a_conflict(make, helper, event, status):
    rsvp = make.rsvp(event, "Ana Ruiz", status=status)
    assert offline(helper, event, rsvp.ticket)["outcome"] == "admitted"
    assert kinds(make) == [status]


def test_a_walk_in_into_a_full_house_offline_is_one(make, helper, event):
    make.rsvp(event, "Ana Ruiz", companions=1)
    post(helper, f"/e/{event.slug}/door/walk-in", name="Zoë", offline="1")
    assert kinds(make) == ["full"]


def test_a_code_of_nobody_that_was_let_in_offline_is_one(make, helper, event):
    assert offline(helper, event, "WIFI:S:bar;;")["outcome"] == "denied"
    assert kinds(make) == ["unknown"]


def test_a_lead_ticks_them_off(make, lead, helper, event):
    rsvp = make.rsvp(event, "Ana Ruiz", status="cancelled")
    offline(helper, event, rsvp.ticket)
    lead.open(f"/e/{event.slug}/door")
    assert lead.sees("One conflict to look at")
    lead.open(f"/e/{event.slug}/door/conflicts").press("Tick off Ana Ruiz")
    assert lead.sees("No conflicts")
    assert make.row(DoorConflict).settled_at is not None


def test_a_leads_other_screen_hears_that_it_is_settled(make, browser, lead, helper, event):
    offline(helper, event, make.rsvp(event, "Ana Ruiz", status="cancelled").ticket)
    screen = at_door(make, browser(htmx=True), event, "Terrace", role="lead")
    poll = screen.one("#headcount")["hx-get"]
    lead.open(f"/e/{event.slug}/door/conflicts").press("Tick off Ana Ruiz")
    assert "conflict to look at" not in screen.client.get(poll).text
    assert screen.client.get(poll).status_code == 200


def test_a_second_lead_who_settles_it_is_not_written_over_the_first(
    make, browser, lead, helper, event
):
    offline(helper, event, make.rsvp(event, "Ana Ruiz", status="cancelled").ticket)
    number = make.row(DoorConflict).id
    settle = f"/e/{event.slug}/door/conflicts/{number}/settle"
    send = partial(post, at_door(make, browser(), event, "Terrace", role="lead"), settle)
    with overtaking(make, send, once_read="FROM door_conflict") as answer:
        row = db.session.get_one(DoorConflict, number)
        row.settled_at, row.settled_by = clock.now(), "the first"
    assert answer().status_code == 303
    assert make.row(DoorConflict).settled_by == "the first"


def test_conflicts_are_a_leads_business(make, browser, helper, event):
    offline(helper, event, make.rsvp(event, "Ana Ruiz", status="cancelled").ticket)
    page = f"/e/{event.slug}/door/conflicts"
    assert helper.open(page).status == 403
    assert browser().open(page).status == 403
    settle = f"{page}/{make.row(DoorConflict).id}/settle"
    assert post(helper.open(f"/e/{event.slug}/door"), settle).status_code == 403
    elsewhere = make.event()
    other_lead = at_door(make, browser(), elsewhere, role="lead")
    conflict = make.row(DoorConflict).id
    answer = post(other_lead, f"/e/{elsewhere.slug}/door/conflicts/{conflict}/settle")
    assert answer.status_code == 404


def test_the_organisers_door_is_named_in_the_language_of_who_reads(make, browser, event, htmx):
    ana, community = make.rsvp(event, "Ana Ruiz"), make.row(Community, id=event.community_id)
    olga = make.signed_in(browser(language="es"), make.organiser(community))
    form = olga.open(f"/e/{event.slug}/door?q=ana").one("#found form[action$='/check-in']")
    olga.submit(form, form_data(form))
    assert make.row(CheckIn).door == "Organización"
    lead = make.signed_in(browser(htmx=htmx), make.organiser(community))
    for page in (f"{ana.id}/history", "?q=ana"):
        address = f"/e/{event.slug}/door" + (page if page.startswith("?") else f"/{page}")
        assert lead.open(address).sees("Organisers")
        assert "Organización" not in lead.text
    roster = lead.client.get(f"/e/{event.slug}/door/roster").json
    [row] = roster["guests"]
    assert row[roster["fields"].index("arrived_door")] == "Organisers"

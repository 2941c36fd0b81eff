"""Rehearse on a copy of the list: like the evening, and nothing of it counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import digest
from eventapp.door import rehearsal
from eventapp.me.actions import delete_person
from eventapp.model import CheckIn, DoorLink, Event, NameWord, OutboxMail, Person, Rsvp, Talk
from eventapp.rsvp.actions import enter_all
from eventapp.worker import EACH_HOUR, EACH_ROUND, do_what_is_due
from tests.door.helpers import at_door, post
from tests.html import words_of


def everything(make) -> dict[str, list[Any]]:
    """Every row of every table."""
    with make.app.app_context():
        return {
            table.name: sorted(map(tuple, db.session.execute(select(table))), key=str)
            for table in db.metadata.sorted_tables
        }


def rehearse(make, event) -> Event:
    with make.act():
        return rehearsal.rehearse(db.session.get_one(Event, event.id), at=clock.now())


def wipe(make, event) -> None:
    with make.act():
        rehearsal.wipe_rehearsal(db.session.get_one(Event, event.id))


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


# The copy


def test_the_copy_has_the_same_guests_and_nobodys_address(make, event):
    copy = rehearse(make, event)
    said = ("name", "status", "companions", "short_code", "answers", "waitlisted_at", "language")
    originals, copies = (make.rows(Rsvp, event_id=one.id) for one in (event, copy))
    assert [[getattr(one, name) for name in said] for one in copies] == [
        [getattr(one, name) for name in said] for one in originals
    ]
    assert [one.source_ref for one in copies] == [f"rehearsal:{one.id}" for one in originals]
    for one in copies:
        assert (one.person_id, one.listing, one.confirmed_at, one.source) == (
            None, None, None, "import",
        )  # fmt: skip
    secrets = {s for one in [*originals, *copies] for s in (one.key, one.ticket, one.badge)}
    assert len(secrets) == 3 * 8
    assert len(make.rows(NameWord, event_id=copy.id)) == 8
    assert [talk.title for talk in make.rows(Talk, event_id=copy.id)] == ["Yeast"]


def test_a_phone_without_network_knows_the_tickets_that_guests_have(make, browser, event):
    copy = rehearse(make, event)
    answer = at_door(make, browser(), copy).client.get(f"/e/{copy.slug}/door/roster").json
    known = [dict(zip(answer["fields"], row, strict=True))["ticket"] for row in answer["guests"]]
    assert known == [digest(one.ticket)[:16] for one in make.rows(Rsvp, event_id=event.id)]


def test_the_copy_counts_seats_as_the_event_does_and_nobody_is_in(make, browser, event):
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.admitted, there.door_revision = 2, 5
    copy = rehearse(make, event)
    row = make.row(Event, id=copy.id)
    assert (row.capacity, row.seats_taken, row.seats_over) == (6, 3, 0)
    assert (row.admitted, row.door_revision, row.door_answers) == (0, 0, ["Shirt"])


def test_its_door_is_open_at_any_hour(make, browser, event):
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    (ana,) = make.rows(Rsvp, event_id=copy.id, name="Ana Ruiz")
    answer = post(door, f"/e/{copy.slug}/door/{ana.id}/check-in")
    assert answer.json["outcome"] == "admitted"


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_its_address_reads_like_the_events(make, event, taken):
    endings = ["-rehearsal", "-rehearsal-2", "-rehearsal-3"]
    for ending in endings[:taken]:
        make.event(slug=event.slug + ending)
    assert rehearse(make, event).slug == event.slug + endings[taken]


def test_a_long_address_is_cut(make, community):
    event = make.event(community, slug="x" * 60)
    make.event(slug="x" * 50 + "-rehearsal")
    slug = rehearse(make, event).slug
    assert slug == "x" * 48 + "-rehearsal-2"
    assert len(slug) == 60


def test_there_is_one_rehearsal_at_a_time(make, event):
    assert rehearse(make, event).id == rehearse(make, event).id
    assert len(make.rows(Event)) == 2


# At its door


def test_a_ticket_and_a_short_code_of_the_event_find_the_copy(make, browser, event):
    copy = rehearse(make, event)
    ana, bo = (make.row(Rsvp, event_id=event.id, name=name) for name in ("Ana Ruiz", "Bo Ek"))
    door = at_door(make, browser(), copy)
    by_ticket = post(door, f"/e/{copy.slug}/door/scan", code=f"http://localhost/t/{ana.ticket}")
    assert (by_ticket.json["outcome"], by_ticket.json["guest"]) == ("admitted", "Ana Ruiz")
    by_code = post(door, f"/e/{copy.slug}/door/scan", code=bo.short_code)
    assert (by_code.json["outcome"], by_code.json["guest"]) == ("admitted", "Bo Ek")
    again = post(door, f"/e/{copy.slug}/door/scan", code=ana.ticket)
    assert again.json["outcome"] == "already"
    row = make.row(Event, id=copy.id)
    assert (row.admitted, make.row(Event, id=event.id).admitted) == (3, 0)


def test_a_phones_ordinary_camera_finds_the_copy(make, browser, event):
    copy = rehearse(make, event)
    ana = make.row(Rsvp, event_id=event.id, name="Ana Ruiz")
    door = at_door(make, browser(), copy).open(f"/t/{ana.ticket}")
    door.press("Check in")
    assert make.row(CheckIn).event_id == copy.id
    assert not browser().open(f"/t/{ana.ticket}").sees("Ana Ruiz")


def test_a_ticket_for_elsewhere_is_for_elsewhere(make, browser, event):
    elsewhere = make.rsvp(make.event())
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    answer = post(door, f"/e/{copy.slug}/door/scan", code=elsewhere.ticket)
    assert answer.json["reason"] == "other_event"


def test_a_guest_who_came_on_the_list_since_is_not_in_the_copy(make, browser, event):
    copy = rehearse(make, event)
    late = make.rsvp(event, "Late Lou")
    door = at_door(make, browser(), copy)
    answer = post(door, f"/e/{copy.slug}/door/scan", code=late.ticket)
    assert answer.json["reason"] == "unknown"


def test_tickets_of_the_copy_open_no_real_door(make, browser, event):
    copy = rehearse(make, event)
    (ana,) = make.rows(Rsvp, event_id=copy.id, name="Ana Ruiz")
    door = at_door(make, browser(), event)
    answer = post(door, f"/e/{event.slug}/door/scan", code=ana.ticket)
    assert answer.json["reason"] == "other_event"


def test_a_scan_at_a_real_door_asks_no_more_than_before(make, browser, event, count_queries):
    """Where a rehearsal goes on, and where none does."""
    tonight = make.event()
    tickets = [make.rsvp(tonight).ticket for _ in range(2)]
    door = at_door(make, browser(), tonight)
    counts = []
    for ticket in tickets:
        with count_queries() as queries:
            post(door, f"/e/{tonight.slug}/door/scan", code=ticket)
        counts.append(len(queries))
        rehearse(make, tonight)
    assert counts[0] == counts[1]


def test_links_of_the_event_do_not_open_it_nor_the_other_way_round(make, browser, event):
    copy = rehearse(make, event)
    real, tried = at_door(make, browser(), event), at_door(make, browser(), copy)
    assert real.open(f"/e/{copy.slug}/door").status == 403
    assert tried.open(f"/e/{event.slug}/door").status == 403


def test_it_says_that_it_is_a_rehearsal_wherever_one_stands(make, browser, event):
    copy = rehearse(make, event)
    link = make.door_link(copy)
    phone = browser().open(f"/door/{link.secret}")
    assert phone.one("[data-rehearsal]")
    phone.press("Open the door")
    assert phone.one("[data-rehearsal]")
    assert "Rehearsal" in words_of(phone.one("#headcount"))
    real = at_door(make, browser(), event)
    assert not real.page.select("[data-rehearsal]")
    assert "Rehearsal" not in words_of(real.one("#headcount"))


def test_a_walk_in_who_leaves_an_address_is_not_known_by_it(make, browser, event):
    copy = rehearse(make, event)
    door = at_door(make, browser(), copy)
    post(door, f"/e/{copy.slug}/door/walk-in", name="Eva", email="eva@example.org")
    assert make.row(Rsvp, name="Eva").person_id is None
    assert not make.rows(Person, email="eva@example.org")


# Where it is not


PUBLIC = ["", "/calendar.ics", "/people", "/met", "/rsvp"]


@pytest.mark.parametrize("page", PUBLIC)
def test_it_has_no_page(make, browser, event, olga, page):
    copy = rehearse(make, event)
    for somebody in (browser(), olga):
        somebody.open("/")
        token = somebody.page.find(attrs={"name": "csrf_token"})["value"]
        path = f"/e/{copy.slug}{page}"
        by = somebody.client
        answer = by.post(path, data={"csrf_token": token}) if page == "/rsvp" else by.get(path)
        assert answer.status_code == 404 or "/sign-in" in answer.headers["Location"]


ORGANISERS = [
    "", "/publish", "/unpublish", "/call-off", "/discard", "/copy", "/guests", "/guests/import",
    "/rehearsal", "/rehearsal/wipe", "/rehearsal/start-over",
]  # fmt: skip


@pytest.mark.parametrize("page", ORGANISERS)
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_organisers_do_nothing_with_it_but_at_its_doors(make, event, olga, page, verb):
    copy = rehearse(make, event)
    before = everything(make)
    olga.open(f"/o/e/{copy.slug}/doors")
    token = olga.page.find(attrs={"name": "csrf_token"})["value"]
    answer = olga.client.open(
        f"/o/e/{copy.slug}{page}", method=verb, data={"csrf_token": token} if verb == "POST" else {}
    )
    assert answer.status_code in (404, 405)
    assert everything(make) == before


@pytest.mark.parametrize("page", ["/", "/c/{community}", "/o/{community}", "/me", "/contacts"])
def test_no_list_has_it(make, event, community, olga, page):
    path = page.format(community=community.slug)
    before = olga.open(path).text
    rehearse(make, event)
    assert olga.open(path).text == before
    assert "rehearsal" not in olga.response.text


def test_the_events_own_list_stays_its_own(make, event, olga):
    before = olga.open(f"/o/e/{event.slug}/guests").text
    export = olga.press("Export as CSV").response.data
    copy = rehearse(make, event)
    (carla,) = make.rows(Rsvp, event_id=copy.id, name="Carla Sanz")
    assert olga.open(f"/o/e/{event.slug}/guests").text == before
    assert olga.press("Export as CSV").response.data == export
    assert carla


@pytest.mark.parametrize("words", [["export"], ["import", "--dry-run"], ["import"]])
def test_no_list_is_brought_to_it_or_taken_from_it(make, event, tmp_path, words):
    copy = rehearse(make, event)
    (tmp_path / "list.csv").write_text("name,email\nEva,eva@example.org\n")
    before = everything(make)
    file = [str(tmp_path / "list.csv")] if words[0] == "import" else []
    run = make.app.test_cli_runner().invoke(args=["guests", words[0], copy.slug, *file, *words[1:]])
    assert (run.exit_code, run.stdout) == (1, "")
    assert everything(make) == before


def test_nobody_is_mailed(make, browser, event):
    copy = rehearse(make, event)
    mails = len(make.rows(OutboxMail))
    door = at_door(make, browser(), copy)
    for name in ("Ana Ruiz", "Bo Ek"):
        rsvp = make.row(Rsvp, event_id=copy.id, name=name)
        post(door, f"/e/{copy.slug}/door/{rsvp.id}/check-in")
    post(door, f"/e/{copy.slug}/door/walk-in", name="Eva", email="eva@example.org")
    for hours in (13, 24, 60):
        with time_machine.travel(clock.now() + timedelta(hours=hours)), make.app.app_context():
            do_what_is_due([*EACH_ROUND, *EACH_HOUR])
            db.session.remove()
    assert len(make.rows(OutboxMail)) == mails


# Wiping it


def a_whole_evening(make, browser, copy) -> None:
    door = at_door(make, browser(), copy)
    for rsvp in make.rows(Rsvp, event_id=copy.id):
        post(door, f"/e/{copy.slug}/door/{rsvp.id}/check-in")
    (ana,) = make.rows(Rsvp, event_id=copy.id, name="Ana Ruiz")
    post(door, f"/e/{copy.slug}/door/{ana.id}/undo")
    post(door, f"/e/{copy.slug}/door/walk-in", name="Eva", email="eva@example.org")


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


# The organiser's pages


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


@pytest.mark.slow
def test_a_big_list_is_copied_without_asking_for_each_guest(make, count_queries):
    event = make.event()
    with make.act():
        there = db.session.get_one(Event, event.id)
        guests = [{"name": f"Ana Ruiz {number}", "status": "going"} for number in range(1500)]
        enter_all(there, guests, at=clock.now())
        there.seats_taken = 1500
    with count_queries() as queries:
        copy = rehearse(make, event)
    assert len([one for one in queries if not one.startswith("INSERT INTO rsvp")]) < 20
    assert len(make.rows(Rsvp, event_id=copy.id)) == 1500
    with count_queries() as queries:
        wipe(make, event)
    assert len(queries) < 10

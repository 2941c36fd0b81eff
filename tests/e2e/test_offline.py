"""The door with the network gone, in real Chromium: nothing is lost, nothing counted twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import CheckIn, DoorLink, DoorLog, Event
from tests.chromium import Engine
from tests.e2e.phones import Phone, Server, missing
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

A_MOMENT = timedelta(seconds=2)


@pytest.fixture(scope="session")
def server(demo_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("server") / "log"
    running = Server(demo_app.config["SQLALCHEMY_DATABASE_URI"], log)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def event(demo: Make) -> Event:
    return demo.event()


@pytest.fixture
def phone(demo: Make, event: Event, server: Server, chromium_engine: Engine) -> Iterator[Any]:
    """`phone()`: another phone at this event's door, by a link of its own, with its list."""
    phones: list[Phone] = []

    def new(name: str = "Main door", **more: str) -> Phone:
        one = Phone(chromium_engine, server, event.slug)
        phones.append(one)
        return one.open_link(demo.door_link(event, name, **more)).ready()

    yield new
    for one in phones:
        one.close()


def log_of(make: Make, event: Event) -> list[DoorLog]:
    return sorted(make.rows(DoorLog, event_id=event.id), key=lambda row: row.id)


def inside(make: Make, event: Event) -> set[int]:
    return {row.rsvp_id for row in make.rows(CheckIn, event_id=event.id)}


def test_a_door_goes_on_while_the_database_has_trouble(
    demo_app: Flask, demo: Make, event: Event, phone: Callable[..., Phone], server: Server
) -> None:
    ana, luis = (demo.rsvp(event, name) for name in ("Ana Núñez", "Luis Łukasz"))
    door = phone()
    with missing(demo_app, "rsvp"):
        assert door.scan(ana.ticket) == "admitted"
        expect(door.verdict).to_contain_text("Will be sent.")
        assert door.scan(luis.ticket) == "admitted"
        assert door.search("nunez") == ["Ana Núñez"]
        with door.tab.expect_response("**/door/batch") as answer:
            pass  # the phone asks every few seconds
        assert answer.value.status == 503
    door.expect_all_sent()
    assert inside(demo, event) == {ana.id, luis.id}
    assert [row.outcome for row in log_of(demo, event)] == ["admitted", "admitted"]
    assert "Traceback" not in server.log.read_text()


def test_a_whole_evening_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana Núñez de la Fuente", companions=2)
    luis, zoe = demo.rsvp(event, "Luis Łukasz"), demo.rsvp(event, "Zoë O'Brien", status="cancelled")
    door = phone()
    door.unplug()
    began = clock.now()
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Come in, all 3!")
    expect(door.verdict).to_contain_text("Will be sent.")
    assert door.admitted == 3
    expect(door.status).to_have_text(
        re.compile(r"^No network: 1 waits to be sent. List of \d\d:\d\d.$")
    )

    door.reopen()  # as after the phone was restarted
    expect(door.status).to_have_text(re.compile("^No network: 1 waits to be sent"))
    assert door.admitted == 3
    assert door.scan(f"https://anywhere.example/t/{ana.ticket}") == "already"
    assert door.search("nunez fue") == ["Ana Núñez de la Fuente"]
    assert door.search("ŁUK") == ["Luis Łukasz"]
    assert door.press("Check in Luis Łukasz") == "admitted"
    assert door.press("Undo Luis Łukasz") == "undone"
    assert door.search("obrien") == ["Zoë O'Brien"]
    assert door.press("Check in Zoë O'Brien") == "denied"
    assert door.verdict.get_attribute("data-reason") == "cancelled"
    assert door.walk_in("Yan Walker") == "admitted"
    assert door.search("walk") == ["Yan Walker"]
    assert door.admitted == 4
    assert inside(demo, event) == set()
    ended = clock.now()

    door.plug_in()
    door.expect_all_sent()
    log = log_of(demo, event)
    assert [row.verb for row in log] == ["admit", "admit", "admit", "undo", "walk_in"]
    assert [row.outcome for row in log] == ["admitted", "already", "admitted", "undone", "admitted"]
    assert [row.happened_at for row in log] == sorted(row.happened_at for row in log)
    assert all(began - A_MOMENT < row.happened_at < ended + A_MOMENT for row in log)
    assert all(row.heard_at > ended for row in log)
    assert inside(demo, event) == {ana.id, log[4].rsvp_id}
    expect(door.tab.locator("#headcount")).to_have_attribute("data-admitted", "4")
    assert door.search("walker") == ["Yan Walker"]
    assert luis.id not in inside(demo, event)
    assert zoe.id not in inside(demo, event)


def test_codes_that_the_phone_does_not_know(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    door = phone()
    late = demo.rsvp(event, "Late Guest")
    door.unplug()
    assert door.scan("WIFI:T:WPA;S:bar;P:cerveza;;") == "denied"
    expect(door.tab.get_by_role("button", name="Let in anyway")).to_have_count(0)
    assert door.scan(late.ticket) == "denied"
    assert door.press("Let in anyway") == "queued"
    door.plug_in()
    door.expect_all_sent()
    assert [(row.outcome, row.reason) for row in log_of(demo, event)] == [
        ("denied", "unknown"),
        ("admitted", None),
    ]
    assert inside(demo, event) == {late.id}


def test_an_answer_that_was_lost(demo: Make, event: Event, phone: Callable[..., Phone]) -> None:
    ana = demo.rsvp(event, "Ana")
    door = phone()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    door.tab.route("**/door/scan", lose)
    assert door.scan(ana.ticket) == "admitted"
    door.expect_all_sent()
    (row,) = log_of(demo, event)
    assert (row.outcome, inside(demo, event)) == ("admitted", {ana.id})


def test_a_batch_whose_answer_was_lost(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, luis = demo.rsvp(event, "Ana"), demo.rsvp(event, "Luis")
    door, lost = phone(), []

    def lose(route: Route) -> None:
        route.fetch()
        lost.append(route.request.url)
        route.abort() if len(lost) < 3 else route.continue_()

    door.unplug()
    door.scan(ana.ticket)
    door.scan(luis.ticket)
    door.tab.route("**/door/batch", lose)
    door.plug_in()
    door.expect_all_sent()
    assert len(lost) >= 3
    assert [row.outcome for row in log_of(demo, event)] == ["admitted", "admitted"]
    assert inside(demo, event) == {ana.id, luis.id}


def test_a_server_that_is_killed(
    demo: Make, event: Event, server: Server, phone: Callable[..., Phone]
) -> None:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(6)]
    door = phone()
    outcomes = [door.scan(one.ticket) for one in guests[:2]]
    server.kill()
    outcomes += [door.scan(one.ticket) for one in guests[2:4]]
    door.reopen()
    outcomes += [door.scan(one.ticket) for one in guests[4:]]
    assert outcomes == ["admitted"] * 6
    assert door.admitted == 6
    server.start()
    door.expect_all_sent()
    assert inside(demo, event) == {one.id for one in guests}
    assert [row.offline for row in log_of(demo, event)] == [False] * 2 + [True] * 4


def withdraw_all(make: Make, event: Event) -> None:
    links = [link.id for link in make.rows(DoorLink, event_id=event.id)]
    with make.act():
        for link in links:
            db.session.get_one(DoorLink, link).withdrawn_at = clock.now()


LISTS_KEPT = """async () => {
  const lists = await caches.open("door-lists");
  return (await lists.keys()).filter((one) => one.url.includes("/roster")).length;
}"""


def forgets_lists(door: Phone) -> None:
    door.wait_until(f"async () => (await ({LISTS_KEPT})()) === 0")


def test_a_link_that_was_withdrawn_meanwhile(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana")
    door = phone()
    door.unplug()
    door.scan(ana.ticket)
    withdraw_all(demo, event)
    door.plug_in()
    expect(door.status).to_contain_text("Ask for the door link again")
    door.expect_waiting(1)
    forgets_lists(door)
    door.reopen()
    expect(door.tab.locator("#still-waiting")).to_contain_text("Waiting: 1.")
    door.open_link(demo.door_link(event, "Second door"))
    door.expect_all_sent()
    (row,) = log_of(demo, event)
    assert (row.outcome, row.door, inside(demo, event)) == ("admitted", "Second door", {ana.id})


def test_a_refused_door_page_is_not_kept(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    demo.rsvp(event, "Ana")
    door = phone()
    withdraw_all(demo, event)
    door.tab.goto(f"/e/{event.slug}/door")
    expect(door.tab.locator("h1")).to_have_text("You are not at this door")
    door.wait_until("async (slug) => !(await caches.match(`/e/${slug}/door`))")
    forgets_lists(door)


def test_the_list_is_forgotten_once_it_has_closed(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    demo.rsvp(event, "Ana")
    door = phone()
    door.unplug()
    door.context.clock.set_fixed_time(event.ends_at + timedelta(days=3))
    door.reopen()
    expect(door.status).to_contain_text("no list on this phone")
    assert door.search("ana") == []
    forgets_lists(door)


def test_the_list_is_forgotten_when_an_organiser_signs_out(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    demo.rsvp(event, "Ana")
    door = phone()
    door.tab.goto(demo.sign_in_link(demo.person()).split("localhost")[1])
    door.tab.locator("main form button").click()
    door.tab.wait_for_url("**/me")
    assert door.tab.evaluate(LISTS_KEPT) == 2
    door.tab.get_by_role("button", name="Sign out", exact=True).click()
    door.wait_until("async () => !(await caches.has('door-lists'))")


def test_two_tabs_of_the_same_page(demo: Make, event: Event, phone: Callable[..., Phone]) -> None:
    ana, luis = demo.rsvp(event, "Ana"), demo.rsvp(event, "Luis")
    door = phone()
    first = door.tab
    door.tab = second = door.context.new_page()
    second.goto(f"/e/{event.slug}/door")
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    door.tab = first
    assert door.scan(ana.ticket) == "already"
    assert door.scan(luis.ticket) == "admitted"
    door.expect_waiting(3)
    door.tab = second
    door.expect_waiting(3)
    door.plug_in()
    door.expect_all_sent()
    assert [row.outcome for row in log_of(demo, event)] == ["admitted", "already", "admitted"]


def test_a_poisoned_entry_stands_aside(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, luis = demo.rsvp(event, "Ana"), demo.rsvp(event, "Luis")
    door = phone()
    door.unplug()
    door.scan(ana.ticket)
    door.walk_in("Zoe ://x")
    door.scan(luis.ticket)
    door.plug_in()
    door.expect_all_sent()
    refused = door.tab.locator("[data-slot=refused]")
    expect(refused).to_contain_text("Zoe ://x")
    expect(refused).to_contain_text("That is a ticket, not a name.")
    assert inside(demo, event) == {ana.id, luis.id}
    refused.get_by_role("button", name="Forget this").click()
    expect(refused).to_be_hidden()


def test_a_phone_that_is_full(
    demo: Make, event: Event, phone: Callable[..., Phone], server: Server
) -> None:
    ana = demo.rsvp(event, "Ana")
    door = phone()
    devtools = door.context.new_cdp_session(door.tab)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": 1})
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Not stored: keep this page open.")
    expect(door.status).to_contain_text("Keep this page open")
    door.plug_in()
    door.expect_all_sent()
    assert inside(demo, event) == {ana.id}


def test_a_phone_that_cannot_write_down_what_was_heard_sends_it_once(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, door = demo.rsvp(event, "Ana"), phone()
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    door.tab.evaluate("""() => {
      const isFull = new DOMException("full", "QuotaExceededError");
      IDBObjectStore.prototype.put = () => { throw isFull; };
    }""")
    sent: list[str] = []
    door.tab.on("request", lambda one: sent.append(one.url) if "/batch" in one.url else None)
    with door.tab.expect_response("**/door/batch"):
        door.plug_in()
    door.tab.wait_for_timeout(1500)
    assert len(sent) <= 2  # the first may have an old token
    assert inside(demo, event) == {ana.id}


def test_what_a_scan_does_is_chosen_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    rsvp, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.unplug()
    door.tab.get_by_role("button", name="Ask first").click()
    assert door.scan(rsvp.ticket) == "needs_input"
    door.tab.get_by_role("button", name="Let in at once").click()
    assert door.scan(rsvp.ticket) == "admitted"


def test_one_of_a_party_and_one_of_two_namesakes_come_in_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, other = demo.rsvp(event, "Ana Ruiz", companions=2), demo.rsvp(event, "Ana Ruíz")
    door = phone()
    door.unplug()
    assert door.search("ana") == ["Ana Ruiz", "Ana Ruíz"]
    for one in (ana, other):
        row = door.tab.locator(f"#guest-{one.id}")
        expect(row).to_contain_text(one.short_code)
    door.tab.locator(f"#guest-{ana.id} select").select_option("1")
    assert door.press("Check in Ana Ruiz") == "admitted"
    expect(door.tab.locator(f"#guest-{ana.id}")).to_contain_text("2 are still missing")
    assert door.admitted == 1
    door.plug_in()
    door.expect_all_sent()
    assert demo.row(CheckIn, rsvp_id=ana.id).people == 1


def test_the_next_name_takes_the_place_of_the_last(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    for name in ("Ana Ruiz", "Beto Gil"):
        demo.rsvp(event, name)
    door = phone()
    door.search("ana")
    assert door.press("Check in Ana Ruiz") == "admitted"
    door.tab.keyboard.type("beto")
    expect(door.tab.locator("#q")).to_have_value("beto")
    door.tab.locator("#verdict p").first.click()
    door.tab.locator("#q").click()
    door.tab.keyboard.type("ana")
    expect(door.tab.locator("#q")).to_have_value("ana")


@pytest.mark.parametrize("network", ["online", "offline"])
def test_whom_the_search_does_not_find_is_added_by_that_name(
    phone: Callable[..., Phone], network: str
) -> None:
    door = phone()
    if network == "offline":
        door.unplug()
    assert door.search("Zoë Walker") == []
    door.tab.locator("#walk-in summary").click()
    assert door.press("Add and let in") == "admitted"
    expect(door.tab.locator("#found")).to_have_text("")
    expect(door.tab.locator("#walk-in [name=name]")).not_to_be_visible()
    door.tab.keyboard.type("beto")
    expect(door.tab.locator("#q")).to_have_value("beto")


def test_a_known_door_link_opens_the_door_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    door = phone()
    link = demo.row(DoorLink, event_id=event.id)
    door.reopen()
    door.unplug()
    door.tab.goto(f"/door/{link.secret}")
    expect(door.tab).to_have_url(re.compile(f"/e/{event.slug}/door$"))
    expect(door.tab.locator("#q")).to_be_visible()


def test_a_network_that_swallows_everything(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana")
    door = phone()
    door.tab.route("**/door/**", lambda route: None)
    assert door.scan(ana.ticket) == "admitted"
    expect(door.status).to_have_text(re.compile("^No network"))
    door.tab.unroute("**/door/**")
    door.expect_all_sent()
    assert inside(demo, event) == {ana.id}


def test_the_rest_of_a_party_comes_later(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana = demo.rsvp(event, "Ana", companions=2)
    door = phone()
    door.search("ana")
    door.tab.locator("#found select").select_option("1")
    assert door.press("Check in Ana") == "admitted"
    door.unplug()
    assert door.search("an") == ["Ana"]
    expect(door.tab.locator("#found")).to_contain_text("2 are still missing")
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Come in, all 2!")
    assert door.admitted == 3
    assert door.scan(ana.ticket) == "already"
    door.plug_in()
    door.expect_all_sent()
    assert demo.row(CheckIn, rsvp_id=ana.id).people == 3


def test_a_phone_that_asks_first_asks_without_network_too(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    rsvp, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.tab.get_by_role("button", name="Ask first").click()
    door.ready().unplug()
    assert door.scan(rsvp.ticket) == "needs_input"
    assert not log_of(demo, event)
    assert door.press("Check in") == "admitted"
    door.plug_in()
    door.expect_all_sent()
    assert inside(demo, event) == {rsvp.id}


def test_leaving_waits_for_the_network(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    with demo.act():
        db.session.get_one(Event, event.id).notes_leaving = True
    rsvp, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.scan(rsvp.ticket)
    door.tab.get_by_role("button", name="They leave").click()
    door.ready().unplug()
    assert door.scan(rsvp.ticket) == "denied"
    expect(door.verdict).to_contain_text("note who leaves once it is back")
    door.plug_in()
    door.walk_in("Zoë")  # is heard, and with it whatever waited
    door.expect_all_sent()
    assert [log.outcome for log in log_of(demo, event)] == ["admitted", "admitted"]


@pytest.mark.parametrize("role", ["helper", "lead"])
def test_only_a_lead_undoes_later_without_network(
    demo: Make, event: Event, phone: Callable[..., Phone], role: str
) -> None:
    rsvp, door = demo.rsvp(event, "Ana Ruiz"), phone(role=role)
    door.scan(rsvp.ticket)
    door.tab.clock.install(time=clock.now() + timedelta(minutes=2))
    door.tab.reload()
    door.ready().unplug()
    door.search("ana")
    undo = door.tab.get_by_role("button", name="Undo Ana Ruiz")
    if role == "helper":
        expect(undo).to_have_count(0)
    else:
        assert door.press("Undo Ana Ruiz") == "undone"
    door.plug_in()
    door.walk_in("Zoë")
    door.expect_all_sent()
    assert (rsvp.id in inside(demo, event)) == (role == "helper")


def test_a_server_in_trouble_makes_the_phone_forget_nothing(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    rsvp, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.tab.route("**/door/roster", lambda route: route.fulfill(status=502))
    assert door.scan(rsvp.ticket) == "admitted"
    with door.tab.expect_response("**/door/roster"):
        door.tab.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    door.unplug()
    assert door.scan(rsvp.ticket) == "already"


def test_whom_the_server_said_to_be_in_is_in_without_network_too(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    rsvp, door, other = demo.rsvp(event, "Ana Ruiz"), phone(), phone("Garden")
    other.scan(rsvp.ticket)
    door.tab.route("**/door/roster", lambda route: route.abort())
    assert door.scan(rsvp.ticket) == "already"
    door.unplug()
    assert door.scan(rsvp.ticket) == "already"


def test_a_leads_reason_whose_answer_is_lost_lets_in(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    rsvp, door = demo.rsvp(event, "Ana Ruiz", status="waitlisted"), phone(role="lead")
    assert door.scan(rsvp.ticket) == "denied"
    door.tab.locator("#over-reason").fill("speaks tonight")
    door.unplug()
    assert door.press("Let in all the same") == "admitted"
    door.plug_in()
    door.expect_all_sent()
    assert inside(demo, event) == {rsvp.id}
    assert log_of(demo, event)[-1].over_reason == "speaks tonight"


def test_after_a_withdrawal_no_answer_of_before_is_believed(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.search("ana")
    assert door.scan(ana.ticket) == "admitted"
    withdraw_all(demo, event)
    assert door.scan(ana.ticket) == "denied"
    expect(door.verdict).to_contain_text("The door link is no longer good")
    expect(door.tab.locator("#found")).to_have_text("")


def test_another_name_is_not_added_by_the_last_one(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    with demo.act():
        db.session.get_one(Event, event.id).capacity = 1
    demo.rsvp(event, "Ana Ruiz")
    door = phone()
    assert door.walk_in("Alba Uno") == "denied"
    name = door.tab.locator("#walk-in [name=name]")
    expect(name).to_have_value("Alba Uno")
    assert door.search("Berta Dos") == []
    expect(name).to_have_value("Berta Dos")
    door.unplug()
    assert door.search("Carla Tres") == []
    expect(name).to_have_value("Carla Tres")


def test_the_row_of_who_came_in_by_their_ticket_says_so(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    ana, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.search("ana")
    assert door.scan(ana.ticket) == "admitted"
    expect(door.tab.locator(f"#guest-{ana.id}")).to_contain_text("in since")


def test_a_slip_of_the_finger_is_forgiven_without_network_too(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    for name in ("José Etxebarria Núñez", "Ana Ruiz"):
        demo.rsvp(event, name)
    door = phone()
    door.unplug()
    for typed in ("etxebaria", "Etxebaarria", "txebarria", "etxebrarai", "Nuñes"):
        two_slips = typed == "etxebrarai"
        assert door.search(typed) == ([] if two_slips else ["José Etxebarria Núñez"])


@pytest.mark.parametrize("plugged", [True, False], ids=["online", "offline"])
def test_who_listens_is_told_the_names_that_were_found(
    demo: Make, event: Event, phone: Callable[..., Phone], plugged: bool
) -> None:
    for surname in ("Abad", "Bueno", "Calvo", "Duarte", "Egea"):
        demo.rsvp(event, f"Ana {surname}")
    door = phone()
    if not plugged:
        door.unplug()
    heard = door.tab.locator("#found-said[role=status]")
    for typed, said in (
        ("ana", "Ana Abad, Ana Bueno, Ana Calvo, +2"),
        ("duarte", "Ana Duarte"),
        ("quentin", re.compile("^Nobody by that name")),
    ):
        door.search(typed)
        expect(heard).to_have_text(said)
    assert door.tab.locator("#found").evaluate("it => it.closest('[aria-live]')") is None


def test_what_was_sent_waits_no_more(demo: Make, event: Event, phone: Callable[..., Phone]) -> None:
    ana, door = demo.rsvp(event, "Ana Ruiz"), phone()
    door.unplug()
    assert door.scan(ana.ticket) == "admitted"
    expect(door.verdict).to_contain_text("Will be sent.")
    door.plug_in()
    door.expect_all_sent()
    expect(door.verdict).not_to_contain_text("Will be sent.")


@pytest.mark.parametrize("unplugged", [False, True], ids=["online", "offline"])
def test_the_next_row_stays_where_it_is(
    demo: Make, event: Event, phone: Callable[..., Phone], unplugged: bool
) -> None:
    for number in range(8):
        demo.rsvp(event, f"Ana Ruiz {number}")
    door = phone()
    if unplugged:
        door.unplug()
    door.search("ruiz")
    rows = door.tab.locator("#found [data-guest]")
    expect(rows).to_have_count(8)
    place = rows.nth(3).bounding_box()
    rows.nth(2).get_by_role("button", name="Check in").click()
    expect(rows.nth(2)).to_contain_text("in since")
    expect(door.tab.locator("#verdict[data-outcome=admitted]")).to_have_count(1)
    door.wait_until("async () => true")
    assert rows.nth(3).bounding_box()["y"] == pytest.approx(place["y"], abs=1)


def test_a_no_to_a_row_is_brought_into_view(
    demo: Make, event: Event, phone: Callable[..., Phone]
) -> None:
    for number in range(12):
        demo.rsvp(event, f"Ana Ruiz {number:02}", status="cancelled")
    door = phone()
    door.search("ruiz")
    rows = door.tab.locator("#found [data-guest]")
    rows.last.get_by_role("button", name="Check in").click()
    expect(door.tab.locator("#verdict[data-outcome=denied]")).to_be_in_viewport(ratio=0.9)

"""A broken entry of a batch holds up no other; what is no batch is refused."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door import batch
from eventapp.model import CheckIn, DoorLink, DoorLog, Event
from tests.door.batches import entry, send, send_entries, token_of
from tests.door.helpers import at_door


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def door(make, browser, event):
    return at_door(make, browser(), event)


BROKEN = [
    (None, "entry"),
    ("scan", "entry"),
    ([], "entry"),
    (17, "entry"),
    ({}, "verb"),
    ({"scan_id": None}, "scan_id"),
    ({"scan_id": "17"}, "scan_id"),
    ({"scan_id": ["a"]}, "scan_id"),
    ({"verb": "burn"}, "verb"),
    ({"verb": ["scan"]}, "verb"),
    ({"verb": "scan", "code": None}, "required"),
    ({"verb": "scan", "code": {"a": 1}}, "required"),
    ({"verb": "scan", "code": "x" * 5000}, "too_long"),
    ({"verb": "walk_in"}, "required"),
    ({"verb": "walk_in", "name": " "}, "required"),
    ({"verb": "walk_in", "name": "x" * 200}, "too_long"),
    ({"verb": "walk_in", "name": "Zo\0e"}, "control_characters"),
    ({"verb": "walk_in", "name": "Zoë", "email": "zoe@", "offline": False}, "email"),
    (
        {"verb": "walk_in", "name": "Zoë", "email": "zo\udc00e@example.org", "offline": False},
        "email",
    ),
    ({"verb": "check_in"}, "rsvp_id"),
    ({"verb": "check_in", "rsvp_id": 10**12}, "rsvp_id"),
    ({"verb": "check_in", "rsvp_id": -1}, "rsvp_id"),
    ({"verb": "check_in", "rsvp_id": 2**31 - 1}, "guest"),
    ({"verb": "undo", "added_by": str(uuid4())}, "guest"),
    ({"verb": "undo", "added_by": "17"}, "scan_id"),
    ({"happened_at": "yesterday"}, "happened_at"),
    ({"happened_at": "2026-12-01T19:00:00"}, "happened_at"),
    ({"happened_at": "9999-12-31T23:59:59+00:00"}, "happened_at"),
]


@pytest.mark.parametrize(("broken", "code"), BROKEN)
def test_a_broken_entry_is_named_and_holds_up_nobody(make, door, event, broken, code):
    ana, luis = make.rsvp(event, "Ana"), make.rsvp(event, "Luis")
    if isinstance(broken, dict) and broken:
        broken = {**entry("scan", code=ana.ticket), **broken}
    answers = send_entries(
        door,
        event,
        entry("scan", code=ana.ticket),
        broken,
        entry("scan", code=luis.ticket),
    )
    assert [one.get("outcome") for one in answers] == ["admitted", None, "admitted"]
    assert answers[1]["error"] == code
    assert answers[1]["message"]
    assert len(make.rows(DoorLog)) == 2


def test_text_that_no_database_holds_is_no_ticket(make, door, event):
    codes = ["\0", "WIFI:T:WPA;S:x\0y;;", "\udc00" * 22, "🎟" * 1000, "https://x.example/t/%00"]
    answers = send_entries(door, event, *(entry("scan", code=code) for code in codes))
    assert {(one["outcome"], one["reason"]) for one in answers} == {("denied", "unknown")}


def test_a_ticket_for_elsewhere_is_told_apart(make, door, event):
    other = make.rsvp(make.event(), "Ana")
    (answer,) = send_entries(door, event, entry("scan", code=other.ticket))
    assert (answer["outcome"], answer["reason"]) == ("denied", "other_event")


def test_a_guest_of_another_event_is_no_guest(make, door, event):
    other = make.rsvp(make.event(), "Ana")
    for verb in ("check_in", "undo"):
        (answer,) = send_entries(door, event, entry(verb, rsvp_id=other.id))
        assert answer["error"] == "guest"
    assert not make.rows(CheckIn)


def test_ten_thousand_at_once_are_too_many(make, door, event):
    ana = make.rsvp(event, "Ana")
    many = [entry("scan", code=ana.ticket) for _ in range(10_000)]
    answer = send(door, event, {"sent_at": clock.now().isoformat(), "entries": many})
    assert (answer.status_code, answer.json) == (413, {"error": "batch_too_big"})
    assert not make.rows(DoorLog)


@pytest.mark.parametrize("most", [51, 50])
def test_fifty_fit(make, door, event, most):
    batch = [entry("scan", code="nobody's") for _ in range(most)]
    answer = send(door, event, {"entries": batch})
    assert answer.status_code == (200 if most == 50 else 413)
    assert len(make.rows(DoorLog)) == (50 if most == 50 else 0)


@pytest.mark.parametrize(
    "body",
    [b"", b"scan", b"\xff\xfe", b"[" * 100_000, b"[]", b"17", b"{}", b'{"entries": {}}',
     b'{"entries": 1' + b"0" * 5000 + b"}"],
)  # fmt: skip
def test_what_is_no_batch_is_a_wrong_call(make, door, event, body):
    answer = door.client.post(
        f"/e/{event.slug}/door/batch",
        data=body,
        content_type="application/json",
        headers={"X-CSRFToken": token_of(door)},
    )
    assert (answer.status_code, answer.json) == (400, {"error": "batch"})


def test_it_needs_the_token_of_this_browser(make, door, event):
    answer = send(door, event, {"entries": []}, token="forged")
    assert answer.status_code == 400


@pytest.fixture
def a_bug(monkeypatch):
    """Everything that is said of Luis goes wrong, in a way that nobody foresaw."""

    def goes_wrong(error):
        perform = batch.perform

        def performed(event, entry, **more):
            result = perform(event, entry, **more)
            if result.guest == "Luis":
                raise error
            return result

        monkeypatch.setattr(batch, "perform", performed)

    return goes_wrong


def test_a_bug_over_one_entry_holds_up_nobody_and_leaves_nothing_half_done(
    make, door, event, a_bug
):
    a_bug(ZeroDivisionError("a bug"))
    ana, luis, zoe = (make.rsvp(event, name) for name in ("Ana", "Luis", "Zoë"))
    answers = send_entries(
        door, event, *(entry("scan", code=one.ticket) for one in (ana, luis, zoe))
    )
    assert [one.get("error") for one in answers] == [None, "failed", None]
    assert {row.rsvp_id for row in make.rows(CheckIn)} == {ana.id, zoe.id}
    assert make.row(Event).admitted == 2


def test_a_database_that_is_away_is_no_fault_of_an_entry(make, door, event, a_bug):
    a_bug(OperationalError("select", {}, Exception("gone")))
    luis = make.rsvp(event, "Luis")
    answer = send(door, event, {"entries": [entry("scan", code=luis.ticket)]})
    assert (answer.status_code, answer.json) == (503, {"error": "unavailable"})


def test_who_is_not_at_this_door_sends_nothing(make, browser, door, event):
    other = make.event()
    ana = make.rsvp(other, "Ana")
    stranger = browser().open(f"/e/{other.slug}")
    kiosk_link = make.door_link(other, "Kiosk", role="kiosk")
    kiosk = browser().open(f"/door/{kiosk_link.secret}").press("Start the kiosk")
    for asking in (stranger, door, kiosk):
        token = token_of(asking)
        answer = send(asking, other, {"entries": [entry("scan", code=ana.ticket)]}, token=token)
        assert (answer.status_code, answer.json) == (401, {"error": "door"})
    assert not make.rows(CheckIn)


def test_a_withdrawn_link_sends_nothing_until_another_is_opened(make, door, event):
    ana = make.rsvp(event, "Ana")
    batch = {"entries": [entry("scan", code=ana.ticket)]}
    withdrawn = make.row(DoorLink).id
    with make.act():
        db.session.get_one(DoorLink, withdrawn).withdrawn_at = clock.now()
    assert send(door, event, batch).status_code == 401
    link = make.door_link(event, "Again")
    door.open(f"/door/{link.secret}").press("Open the door")
    assert send(door, event, batch).json["answers"][0]["outcome"] == "admitted"
    assert make.row(DoorLog).door == "Again"

"""Who comes with a guest arrives first, and is found by their own name: by hosts, and no guest."""

from __future__ import annotations

import pytest

from tests.door.helpers import at_door
from tests.events.organising import organiser_of
from tests.html import words_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def ana(make, event):
    names = ["Pedro Gil", "Zoë Müller"]
    return make.rsvp(event, "Ana Ruiz", companions=2, companion_names=names)


def search(page, typed):
    return page.open(f"{page.url.partition('?')[0]}?q={typed}")


@pytest.mark.parametrize("typed", ["pedro gil", "gil pe", "PEDRO", "zoe", "mueller"])
def test_a_door_finds_the_party_by_a_companion(make, browser, event, ana, typed):
    make.rsvp(event, "Eva Sanz", companions=1)
    door = search(at_door(make, browser(), event), typed)
    assert door.guests() == ["Ana Ruiz"]
    assert words_of(door.one(f"#guest-{ana.id} [data-with]")) == "with Pedro Gil, Zoë Müller"


def test_who_is_called_so_comes_before_and_who_is_nearly_after(make, browser, event, ana):
    make.rsvp(event, "Petro Gil")
    make.rsvp(event, "Pedro Gil Sanz")
    door = search(at_door(make, browser(), event), "pedro g")
    assert door.guests() == ["Pedro Gil Sanz", "Ana Ruiz", "Petro Gil"]


def test_another_events_companion_is_not_found(make, browser, event, ana):
    assert search(at_door(make, browser(), make.event()), "pedro gil").guests() == []


def test_who_walks_in_may_be_of_a_party(make, browser, event, ana):
    door = at_door(make, browser(), event)
    door.press("Add", name="Pedro Gil")
    assert door.guests() == ["Ana Ruiz"]


def test_the_list_of_hosts_finds_the_party_and_names_them(make, browser, event, ana, htmx):
    make.rsvp(event, "Eva Sanz", companions=1)
    page = organiser_of(make, browser, event, htmx=htmx)
    page.open(f"/o/e/{event.slug}/guests?q=pedro")
    assert page.guests() == ["Ana Ruiz"]
    assert words_of(page.one("[data-with]")) == "with Pedro Gil, Zoë Müller"
    assert page.open(f"/o/e/{event.slug}/guests?q=pedro&status=maybe").guests() == []


def test_a_phone_keeps_the_names_and_loads_them_anew(make, browser, event, ana, app):
    door = at_door(make, browser(), event)
    address = f"/e/{event.slug}/door/roster"
    listed = door.client.get(address).json
    named = listed["guests"][0][listed["fields"].index("brings")]
    assert [one["name"] for one in named] == ["Pedro Gil", "Zoë Müller"]
    assert [one["also"] for one in named] == ["", "zoe mueller"]
    olga = organiser_of(make, browser, event)
    olga.open(f"/o/e/{event.slug}/guests/{ana.id}").press("Save", companion_names="Bea\nCleo")
    again = door.client.get(address).json
    assert again["revision"] != listed["revision"]
    assert [one["name"] for one in again["guests"][0][-1]] == ["Bea", "Cleo"]


def test_no_guest_finds_whom_another_brings(make, browser, event, ana):
    eva = make.rsvp(event, "Eva", listing="everyone")
    page = browser().open(f"/r/{eva.key}")
    page = page.open(f"/e/{event.slug}/people?q=pedro")
    assert page.status == 200
    assert "Ana Ruiz" not in page.text

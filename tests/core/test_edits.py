"""Two people edit one row: whoever saves second sees both texts, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import Tag

from eventapp.core.db import db
from eventapp.core.differences import mark_difference
from eventapp.model import Event, Rsvp
from tests.browser import Browser, form_data
from tests.contacts.evening import noted
from tests.html import words_of
from tests.make import Make
from tests.met.evening import hours_ago
from tests.processes import app_on, processes

Browsers = Callable[..., Browser]


@dataclass(frozen=True)
class Edit:
    """A form that two have open: where it is, its button, and what each of them types."""

    address: str
    button: str
    field: str
    theirs: dict[str, Any]
    mine: dict[str, Any]


EDITS = {
    "event": Edit("/o/e/may/edit", "Save", "title", {"title": "Theirs"}, {"title": "Mine"}),
    "talks": Edit(
        "/o/e/may/edit", "Save", "talks", {"talks-0-title": "Bees"}, {"talks-0-title": "Wasps"}
    ),
    "places": Edit("/o/e/may", "Change the places", "capacity", {"capacity": 50}, {"capacity": 60}),
    "door": Edit(
        "/o/e/may/doors/settings",
        "Save",
        "notes_leaving",
        {"notes_leaving": "y"},
        {"door_answers": ["Diet"]},
    ),
    "community": Edit("/o/beers/settings", "Save", "about", {"about": "Theirs"}, {"about": "Mine"}),
    "card": Edit("/me/card", "Save my card", "company", {"company": "Acme"}, {"company": "Bits"}),
    "ticks": Edit("/me/card", "Save my card", "share", {"share": ["web"]}, {"share": ["role"]}),
    "guest": Edit("/r/{key}", "Save", "companions", {"companions": "2"}, {"companions": "1"}),
    "person": Edit("/me", "Save", "name", {"name": "Theirs"}, {"name": "Mine"}),
    "note": Edit("/e/may/met", "Save the note", "note", {"note": "Theirs"}, {"note": "Mine"}),
    "tags": Edit("/e/may/met", "Save the note", "tags", {"tags": "bees,pears"}, {"tags": "wasps"}),
    "address": Edit(
        "/o/e/may/guests/{mistyped}/address",
        "Correct it and send the email",
        "email",
        {"email": "theirs@example.org"},
        {"email": "mine@example.org"},
    ),
}


def two_tabs(make: Make, browser: Browser, edit: Edit) -> tuple[Browser, Browser]:
    """Two tabs of somebody who organises, comes and has met one other, each with the form open."""
    community = make.community(slug="beers")
    event = make.event(community, slug="may", capacity=40, starts_at=hours_ago(1))
    olga = make.organiser(community)
    rsvp = make.rsvp(event, person=olga, answers={"Diet": "vegan"})
    other = make.rsvp(event, "Bea Gil", listing="attendees")
    mistyped = make.rsvp(event, "Cem Oz", confirmed_at=None)
    noted(make, rsvp, other)
    make.signed_in(browser, olga)
    tabs = (Browser(browser.client, htmx=browser.htmx) for _ in range(2))
    address = edit.address.format(key=rsvp.key, other=other.id, mistyped=mistyped.id)
    first, second = (tab.open(address) for tab in tabs)
    return first, second


def save_in(page: Browser, edit: Edit, **typed: Any) -> None:
    """Press the form's button, and say yes where it first asks about the email."""
    page.press(edit.button, **typed)
    if page.page.select("#ask-first"):
        page.press("Yes, and send the email")


def pressed_by(page: Browser, button: str) -> Tag:
    """The form with this button."""
    pressed = next(b for b in page.page.select("form button") if words_of(b) == button)
    form = pressed.find_parent("form")
    assert isinstance(form, Tag)
    return form


def form_of(page: Browser, button: str) -> dict[str, Any]:
    """What the form with this button would send, its keys to the request aside."""
    sent = form_data(pressed_by(page, button))
    return {name: sent[name] for name in sent if name not in ("csrf_token", "made_from")}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_who_saves_second_sees_both_texts_and_nothing_is_lost(
    make: Make, browser: Browsers, edit: Edit, htmx: bool
) -> None:
    first, second = two_tabs(make, browser(htmx=htmx), edit)
    save_in(first, edit, **edit.theirs)
    assert first.status == 200
    saved = form_of(first.open(second.url), edit.button)
    second.press(edit.button, **edit.mine)
    assert (second.status, second.codes()) == (409, ["edited_meanwhile"])
    assert form_of(first.open(first.url), edit.button) == saved
    typed = form_of(second, edit.button)
    assert typed.items() >= {name: _sent(value) for name, value in edit.mine.items()}.items()
    both = second.one(f"[data-differs={edit.field}]")
    assert words_of(both.select("[data-typed]")[0]) != words_of(both.select("[data-saved]")[0])
    save_in(second, edit)
    assert second.status == 200
    assert form_of(first.open(first.url), edit.button).items() >= typed.items()


def _sent(value: Any) -> Any:
    return value if isinstance(value, list) else str(value)


@pytest.mark.parametrize("name", ["talks", "ticks", "guest", "tags"])
def test_a_form_sent_twice_is_saved_once(make: Make, browser: Browsers, name: str) -> None:
    edit = EDITS[name]
    for page in two_tabs(make, browser(), edit):
        page.press(edit.button, **edit.theirs)
        assert page.status == 200
        assert page.codes() == []


def test_fields_alone_are_taken_as_made_from_the_row_as_it_is(
    make: Make, browser: Browsers
) -> None:
    rsvp = make.rsvp(make.event())
    page = browser().open(f"/r/{rsvp.key}")
    page.press("Save", ask_me_about="bees")
    token = str(page.page.select("[name=csrf_token]")[0]["value"])
    sent = {"name": "Ana", "ask_me_about": "wasps", "csrf_token": token}
    assert page.client.post(f"/r/{rsvp.key}", data=sent).status_code == 303
    assert make.row(Rsvp).ask_me_about == "wasps"


def test_what_happens_at_the_door_makes_no_form_stale(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = make.event(community, capacity=40)
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/edit")
    rsvp = make.rsvp(event, "Bo")
    door = browser().open(f"/door/{make.door_link(event).secret}").press("Open the door")
    door.search("Bo").press("Check in Bo")
    assert make.row(Event).admitted == 1
    assert olga.press("Save", title="Cider").status == 200
    assert browser().open(f"/r/{rsvp.key}").sees("Cider")


def test_a_form_from_before_a_cancellation_does_not_take_the_place_again(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    rsvp = make.rsvp(make.event())
    here, elsewhere = (browser(htmx=htmx).open(f"/r/{rsvp.key}") for _ in range(2))
    elsewhere.press("Cancel my place")
    here.press("Save", ask_me_about="bees")
    assert (here.status, here.codes()) == (409, ["edited_meanwhile"])
    assert here.one("[data-differs=answer]")
    assert make.row(Rsvp).status == "cancelled"
    here.press("I'm coming after all")
    assert (make.row(Rsvp).status, make.row(Rsvp).ask_me_about) == ("going", "bees")


def test_a_draft_that_is_gone_is_not_found(make: Make, browser: Browsers) -> None:
    community = make.community()
    event = make.event(community, published_at=None)
    olga = make.organiser(community)
    page = f"/o/e/{event.slug}"
    first, second = (make.signed_in(browser(), olga).open(f"{page}/edit") for _ in range(2))
    first.open(page).follow("Discard the draft").press("Yes, discard it")
    assert second.press("Save", title="Cider").status == 404


def save(url: str, address: str, cookie: str, sent: dict[str, Any]) -> int:
    """What one browser does in a process of its own."""
    app = app_on(url)
    client = app.test_client()
    for part in cookie.split("; "):
        client.set_cookie(*part.split("=", 1))
    status = client.post(address, data=sent).status_code
    with app.app_context():
        db.engine.dispose()
    return status


@pytest.mark.slow
@pytest.mark.parametrize("name", ["event", "note"])
def test_of_many_who_save_at_once_exactly_one_wins(
    make: Make, browser: Browsers, app: Any, name: str
) -> None:
    edit = EDITS[name]
    tab, _ = two_tabs(make, browser(), edit)
    form = pressed_by(tab, edit.button)
    cookies = "; ".join(f"{name}={tab.client.get_cookie(name).value}" for name in ("sid", "form"))
    sent = [{**form_data(form), edit.field: f"Text {number}"} for number in range(4)]
    url, address = app.config["SQLALCHEMY_DATABASE_URI"], str(form["action"])
    with processes(4) as pool:
        statuses = list(pool.map(save, [url] * 4, [address] * 4, [cookies] * 4, sent))
    assert sorted(statuses) == [303] + [409] * 3
    saved = form_of(tab.open(tab.url), edit.button)
    assert saved[edit.field] == f"Text {statuses.index(303)}"


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("a b c", "a x c", (("a ", "b", " c"), ("a ", "x", " c"))),
        ("a", "", (("", "a", ""), ("", "", ""))),
        ("a b", "a b c", (("a b", "", ""), ("a b ", "c", ""))),
        ("a a", "a a a", (("a a", "", ""), ("a a ", "a", ""))),
        (
            "w " * 40 + "x",
            "w " * 40 + "y",
            (("…" + "w " * 12, "x", ""), ("…" + "w " * 12, "y", "")),
        ),
    ],
)
def test_what_differs_is_marked(one: str, other: str, marked: Any) -> None:
    assert mark_difference(one, other) == marked

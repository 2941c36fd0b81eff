"""In a real browser, what an organiser typed into the form of an event is not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from eventapp.model import Community, Event
from tests.chromium import Chromium
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def olga(demo: Make, event: Event, chromium: Callable[..., Any]) -> Any:
    return demo.signed_in(chromium(), demo.organiser(demo.row(Community, id=event.community_id)))


def said(tab: Page) -> Any:
    return tab.get_by_text("This is what you typed before.")


def questions(tab: Page) -> list[str]:
    """What the browser asks from now on; it is told yes."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.on("dialog", answer)
    return asked


def test_it_is_there_again_after_leaving_until_it_is_saved(olga: Chromium, event: Event) -> None:
    tab, edit = olga.tab, f"/o/e/{event.slug}/edit"
    olga.open(edit)
    tab.get_by_label("Title").fill("Cider")
    tab.get_by_text("When things are open").click()
    tab.get_by_label("Door opens").fill("2")
    asked = questions(tab)
    olga.follow("Guests")
    assert asked == [], "nothing is lost by a link"
    olga.open(f"/o/e/{event.slug}").follow("Edit")
    expect(said(tab)).to_be_visible()
    expect(tab.get_by_label("Title")).to_have_value("Cider")
    expect(tab.get_by_label("Door opens")).to_have_value("2")

    olga.press("Save", ends="2001-01-01T10:00")
    olga.open(edit)
    expect(tab.get_by_label("Title")).to_have_value("Cider")
    tab.get_by_role("button", name="Discard it").click()
    expect(tab.get_by_label("Title")).to_have_value(event.title)
    expect(said(tab)).to_be_hidden()

    olga.press("Save", title="Perry").open(edit)
    expect(said(tab)).to_be_hidden()
    expect(tab.get_by_label("Title")).to_have_value("Perry")


def test_another_form_on_the_page_keeps_it(olga: Chromium, event: Event) -> None:
    olga.open(f"/o/e/{event.slug}")
    places = olga.tab.get_by_label("How many people fit?")
    places.fill("40")
    olga.press("Make it a draft again")
    expect(places).to_have_value("40")
    olga.press("Change the places")
    expect(said(olga.tab)).to_be_hidden()


def test_who_closes_the_tab_is_warned(olga: Chromium, event: Event) -> None:
    olga.open(f"/o/e/{event.slug}/edit")
    asked = questions(olga.tab)
    olga.tab.get_by_label("Title").fill("Cider")
    with olga.tab.expect_event("close"):
        olga.tab.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_an_event_that_starts_later_ends_later(olga: Chromium, event: Event) -> None:
    edit = f"/o/e/{event.slug}/edit"
    olga.open(edit).press("Save", starts="2027-01-04T19:00", ends="2027-01-04T22:00").open(edit)
    olga.tab.get_by_label("Ends", exact=True).fill("2027-05-04T21:30")
    olga.tab.get_by_label("Starts", exact=True).fill("2027-05-04T19:00")
    expect(olga.tab.get_by_label("Ends", exact=True)).to_have_value("2027-05-04T21:30")
    olga.press("Save").open(edit)
    olga.tab.get_by_label("Starts", exact=True).fill("2027-06-01T20:00")
    expect(olga.tab.get_by_label("Ends", exact=True)).to_have_value("2027-06-01T22:30")


def test_a_message_to_guests_is_there_again_until_it_is_sent(
    olga: Chromium, demo: Make, event: Event
) -> None:
    ana, beto = demo.rsvp(event, "Ana Typed"), demo.rsvp(event, "Beto Typed")
    tab, write = olga.tab, f"/o/e/{event.slug}/guests/write"
    olga.open(f"{write}?guest={ana.id}")
    words = tab.get_by_label("Message")
    tab.get_by_label("Subject").fill("Jumpers")
    words.fill("It's cold.\nBring one.")
    asked = questions(tab)
    olga.press("Look at the email")
    expect(tab.get_by_text("Send this to Ana Typed?")).to_be_visible()
    tab.go_back()
    expect(words).to_have_value("It's cold.\nBring one.")
    olga.open(f"{write}?guest={beto.id}")  # to whom it goes is not taken along
    expect(words).to_have_value("It's cold.\nBring one.")
    olga.press("Look at the email")
    expect(tab.get_by_text("Send this to Beto Typed?")).to_be_visible()
    olga.press("Go on writing")
    expect(words).to_have_value("It's cold.\nBring one.")
    olga.press("Look at the email").press("Send the email")
    expect(tab.get_by_text("1 email is on its way.")).to_be_visible()
    olga.open(f"{write}?guest={ana.id}")
    expect(words).to_have_value("")
    assert asked == ["beforeunload"], "the address of another was typed over it"

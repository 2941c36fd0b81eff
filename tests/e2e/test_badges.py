"""Choosing badges in a real browser, while the answers are slow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from eventapp.model import Community, Event
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def tab(demo: Make, event: Event, chromium: Callable[..., Any]) -> Page:
    demo.rsvp(event, "Ana Ruiz", companions=1)
    olga = demo.organiser(demo.row(Community, id=event.community_id))
    window = demo.signed_in(chromium(), olga).open(f"/o/e/{event.slug}/badges")
    page: Page = window.tab
    return page


class Slowly:
    """The answers to changes, held back until they are let go."""

    def __init__(self, tab: Page) -> None:
        self.held: list[Route] = []
        tab.route(re.compile(r"/badges\?"), lambda route: self.held.append(route))

    def let_go(self) -> None:
        while self.held:
            self.held.pop(0).continue_()


def test_what_is_typed_while_the_preview_loads_stays(tab: Page) -> None:
    slowly, first = Slowly(tab), tab.get_by_label("First free label")
    tab.get_by_label("Companions", exact=True).select_option("guest_of")
    first.fill("4")
    slowly.let_go()
    expect(tab.locator("#badges")).to_contain_text("Ana Ruiz")
    expect(tab.locator("#badges svg desc").filter(has_text="Guest of")).to_have_count(1)
    expect(first).to_have_value("4")
    expect(first).to_be_focused()
    first.blur()
    slowly.let_go()
    expect(tab.get_by_role("link", name="Print")).to_have_attribute("href", re.compile("start=4"))


def test_the_sheet_of_before_is_not_printed_meanwhile(tab: Page) -> None:
    slowly, link = Slowly(tab), tab.get_by_role("link", name="Print")
    opened: list[Page] = []
    tab.context.on("page", lambda page: opened.append(page))
    tab.get_by_label("First free label").fill("4")
    place = link.bounding_box()
    assert place
    tab.mouse.click(place["x"] + 9, place["y"] + 9)
    tab.wait_for_timeout(200)
    assert not opened
    slowly.let_go()
    expect(link).to_have_attribute("href", re.compile("start=4"))


def test_a_wrong_number_is_said_beside_its_field_and_then_not_any_more(tab: Page) -> None:
    first = tab.get_by_label("First free label")
    tab.get_by_label("Labels").select_option("5392")
    for typed, said in (("7", 1), ("4", 0)):
        first.fill(typed)
        first.blur()
        expect(tab.locator(".field [data-code]")).to_have_count(said)

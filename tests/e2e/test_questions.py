"""In a real browser, an organiser writes questions and a guest answers, also without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from eventapp.model import Community, Event, Rsvp
from tests.make import Make
from tests.rsvp.asking import plan

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_what_to_choose_from_is_asked_where_guests_choose(
    demo: Make, event: Event, chromium: Callable[..., Any], *, scripts: bool
) -> None:
    olga = demo.organiser(demo.row(Community, id=event.community_id))
    email = f"ana-{event.slug}@example.org"
    page = demo.signed_in(chromium(scripts=scripts), olga)
    page.tab.goto(f"/o/e/{event.slug}/questions")
    row = page.tab.locator(".question-row").first
    expect(row.get_by_label("To choose from")).to_be_hidden()
    row.get_by_label("The answer is").select_option("any_of")
    row.get_by_label("What you ask").fill("What don't you eat?")
    row.get_by_label("To choose from").fill("Meat\nFish\nGluten")
    page.tab.get_by_role("button", name="Save").click()
    expect(page.tab.locator(".question-row")).to_have_count(2)
    assert plan(demo, event)[0].options == ("Meat", "Fish", "Gluten")

    guest = chromium(scripts=scripts)
    guest.tab.goto(f"/e/{event.slug}")
    guest.tab.get_by_label("Your name").fill("Ana Ruiz")
    guest.tab.get_by_label("Email").fill(email)
    guest.tab.get_by_label("Fish").check()
    guest.tab.get_by_label("Meat").check()
    guest.tab.get_by_role("button", name="I'm coming").click()
    expect(guest.tab.get_by_label("The six digits")).to_be_visible()
    guest.tab.get_by_label("The six digits").fill(demo.mails(email)[0][0].values["digits"])
    guest.tab.get_by_role("button", name="Show my ticket").click()
    expect(guest.tab.locator("#ticket")).to_be_visible()
    assert demo.row(Rsvp, event_id=event.id).answers == {"What don't you eat?": "Meat; Fish"}
    guest.tab.get_by_text("Change your answer").click()
    expect(guest.tab.get_by_label("Fish")).to_be_checked()
    expect(guest.tab.get_by_label("Gluten")).not_to_be_checked()

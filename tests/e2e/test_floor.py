"""A question on a talk in real windows: asked on a phone, shown by a host, voted for, on a wall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from eventapp.core import clock
from eventapp.model import Community, Event, Floor, FloorQuestion
from tests.floor.evening import going_on, guest, opened
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

POLLS = 11_000  # milliseconds, after which every page has asked for news
WORDS = {
    "en": ("Ask", "Show", "Me too", "Nobody has asked anything yet."),
    "es": ("Preguntar", "Mostrar", "Yo también", "Nadie ha preguntado nada todavía."),
}
ASKED = "¿Por qué centeno?"


@pytest.fixture
def community(demo: Make) -> Community:
    return demo.community()


@pytest.fixture
def event(demo: Make, community: Community) -> Event:
    event = going_on(demo, community=community)
    opened(demo, event)
    return event


@pytest.mark.parametrize(("language", "scripts"), [("es", True), ("en", False)])
def test_from_the_phone_to_the_wall(
    demo: Make,
    chromium: Callable[..., Any],
    community: Community,
    event: Event,
    language: str,
    scripts: bool,
) -> None:
    """Without scripts, pages that others look at are loaded again, as their header says."""
    ask, show, me_too, nobody = WORDS[language]
    ana, bea = guest(demo, event, "Ana Ruiz"), guest(demo, event, "Bea Gil")
    wall, phone, host, other = (chromium(language=language, scripts=scripts) for _ in range(4))

    if scripts:
        wall.tab.clock.install(time=clock.now())
    wall.tab.goto(f"/floor/{demo.row(Floor, event_id=event.id).wall}")
    expect(wall.tab.locator("#wall")).to_contain_text(nobody)

    phone.tab.goto(f"/r/{ana.key}/questions")
    phone.tab.locator("#ask textarea").fill(ASKED)
    phone.tab.get_by_role("button", name=ask, exact=True).click()
    expect(phone.tab.locator("[data-question][data-state=waiting]")).to_contain_text(ASKED)

    demo.signed_in(host, demo.organiser(community)).tab.goto(f"/o/e/{event.slug}/floor")
    host.tab.get_by_role("button", name=f"{show}: {ASKED}", exact=True).click()
    expect(host.tab.locator("[data-all=shown] [data-question]")).to_contain_text(ASKED)
    follow(wall, scripts=scripts)
    expect(wall.tab.locator("[data-question]")).to_contain_text(ASKED)
    expect(wall.tab.locator("[data-asker]")).to_have_text("Ana Ruiz")

    other.tab.goto(f"/r/{bea.key}/questions")
    expect(other.tab.locator("#ask textarea")).to_be_hidden()
    assert other.tab.locator("button.vote").bounding_box()["y"] < 844, "on the first screen"
    other.tab.get_by_role("button", name=f"{me_too}: {ASKED}").click()
    expect(other.tab.locator("button.vote[aria-pressed=true]")).to_have_text(f"{me_too} · 1")
    follow(wall, scripts=scripts)
    expect(wall.tab.locator("[data-question] .votes")).to_have_attribute("data-votes", "1")
    assert demo.row(FloorQuestion, event_id=event.id).state == "shown"
    close(wall, phone, host, other)


def follow(window: Any, *, scripts: bool) -> None:
    """Look again once the page has asked for news."""
    if scripts:
        window.tab.clock.fast_forward(POLLS)
    else:
        window.tab.reload()


def close(*windows: Any) -> None:
    for window in windows:
        assert not window.complaints
        window.close()

"""One primary action a screen: of the filled buttons, at most one is in sight at once, and none
stands in the rows of a list, where there are as many as there are rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from eventapp.core import clock
from eventapp.model import Community, Event
from tests.browser import Browser
from tests.html import parse
from tests.make import Make
from tests.routes.admitted import ADMITTED
from tests.routes.world import ROLES, Visitor, World

Browsers = Callable[..., Browser]
FILLED = ".button:not(.quiet):not(.danger)"
ROWS = ("li", "tr")
HELD_BACK = ("template", "dialog", "noscript")


def primary_actions(page: BeautifulSoup) -> list[Tag]:
    """The filled buttons in sight. The bar of a phone is there until what it leads to is."""
    found = page.select(f"main {FILLED}")
    bar = page.select(".answer-bar .button")
    return [one for one in found if is_in_sight(one) and one not in bar]


def is_in_sight(tag: Tag) -> bool:
    """A button that is hidden itself works with JavaScript alone, which shows it."""
    return not any(
        one.name in HELD_BACK
        or one.has_attr("hidden")
        or (one.name == "details" and not one.has_attr("open"))
        for one in tag.parents
    )


def problems(page: BeautifulSoup) -> Iterator[str]:
    buttons = primary_actions(page)
    if len(buttons) > 1:
        yield str([" ".join(one.get_text().split()) for one in buttons])
    for one in buttons:
        if one.find_parent(ROWS):
            yield f"in a row: {one.get_text()}"


def pages(world: World) -> Iterator[tuple[str, BeautifulSoup]]:
    """Each page, as whom it is for, and once more with something searched for. Who is refused sees
    a page about an error, which test_errors.py looks at.
    """
    for rule in world.routes("GET"):
        for role in (role for role in ROLES if role in ADMITTED[rule.endpoint]):
            address, who = world.here.address(rule), f"{rule.endpoint}, {role}"
            yield who, (page := page_at(world.visitors[role], address))
            if page.select_one("[name=q]"):
                yield f"{who}, searching", page_at(world.visitors[role], f"{address}?q=a")


def page_at(visitor: Visitor, address: str) -> BeautifulSoup:
    answer = visitor.ask("GET", address)
    return parse(answer.text if "html" in answer.mimetype else "")


def test_no_page_has_two_primary_actions(world: World) -> None:
    wrong = {f"{who}: {problem}" for who, page in pages(world) for problem in problems(page)}
    assert not wrong, "\n".join(sorted(wrong))


STATES: dict[str, dict[str, Any]] = {
    "draft": {"published_at": None},
    "coming": {"capacity": 40},
    "full": {"capacity": 2},
    "asks for approval": {"needs_approval": True},
    "on": {"starts_at": -timedelta(hours=1)},
    "over": {"starts_at": -timedelta(hours=20)},
    "called off": {"called_off_at": timedelta()},
}


def event_in(make: Make, state: str) -> Event:
    values = {
        name: clock.now() + value if isinstance(value, timedelta) else value
        for name, value in {"starts_at": timedelta(days=3), **STATES[state]}.items()
    }
    return make.event(make.community(slug="beers"), slug="may", **values)


@pytest.mark.parametrize("state", STATES)
def test_nor_has_any_state_of_an_event(make: Make, browser: Browsers, state: str) -> None:
    event = event_in(make, state)
    olga = make.organiser(make.row(Community))
    for number, status in enumerate(("going", "maybe", "waitlisted", "pending", "cancelled")):
        guest = make.rsvp(event, f"Guest {number}", status=status)
        unproven = make.rsvp(event, f"Unproven {number}", status=status, confirmed_at=None)
        look(make, browser, guest.person, f"/r/{guest.key}", "/e/may", "/me")
        look(make, browser, unproven.person, f"/r/{unproven.key}", "/e/may")
        look(make, browser, guest.person, f"/r/{guest.key}/met", "/e/may/met")
    look(make, browser, olga, "/o/e/may", "/o/e/may/guests", "/o/e/may/doors", "/o/e/may/places")
    look(make, browser, olga, "/o/beers", "/o/e/may/cover", "/e/may", "/c/beers", "/")


def look(make: Make, browser: Browsers, person: Any, *paths: str) -> None:
    page = make.signed_in(browser(), person)
    for path in paths:
        found = parse(page.client.get(path).text)
        assert list(problems(found)) == [], path

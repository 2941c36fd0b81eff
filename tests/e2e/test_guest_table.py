"""The organisers' guest list in a real browser: by keyboard, by ticks, and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from eventapp.model import Person
from tests.e2e.page_problems import problems_of
from tests.e2e.test_looks import SUPPER, TONIGHT, sign_in
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOCUSED = "() => document.activeElement.dataset.guest"
FIRST_TOP = "() => document.querySelector('[data-guest]').getBoundingClientRect().top"


@pytest.fixture
def window(demo: Make, chromium: Callable[..., Any]) -> Any:
    window = chromium()
    sign_in(window, demo.sign_in_link(demo.row(Person, email="olga@example.org")))
    return window


def test_keys_move_tick_search_and_open(window: Any) -> None:
    window.open(f"/o/e/{TONIGHT}/guests?sort=name")
    names, keys = window.guests(), window.tab.keyboard
    for key in ("j", "j", "ArrowDown", "k"):
        keys.press(key)
    assert window.tab.evaluate(FOCUSED) == names[1]
    keys.press("x")
    assert window.tab.locator("[name=guest]:checked").count() == 1
    assert window.tab.locator("[data-ticked]").inner_text() == "1 ticked"
    keys.press("a")
    assert window.tab.locator("[name=guest]:checked").count() == len(names)
    keys.press("/")
    keys.type("jk")  # letters, and no keys, in the search
    assert window.tab.locator("#q").input_value() == "jk"
    window.open(f"/o/e/{TONIGHT}/guests?sort=name")
    keys.press("j")
    keys.press("Enter")
    window.tab.wait_for_url("**/guests/*")
    assert window.tab.locator("h2", has_text=names[0]).count()


def test_a_search_keeps_the_chip_that_htmx_brought(window: Any) -> None:
    window.open(f"/o/e/{TONIGHT}/guests")
    window.tab.locator("#chip-going").click()
    window.tab.locator("#chip-going[aria-current]").wait_for()
    with window.tab.expect_response(lambda answer: "q=a" in answer.url) as found:
        window.tab.locator("#q").press_sequentially("a")
    assert "status=going" in found.value.url


def test_who_is_ticked_is_who_is_asked_about(window: Any) -> None:
    window.open(f"/o/e/{SUPPER}/guests?status=pending")
    name = window.guests()[0]
    window.tab.locator("[name=guest]").first.check()
    window.tab.locator("#many button", has_text="Approve").click()
    window.tab.wait_for_url("**/guests/approve?*")
    assert window.tab.locator("[data-names]").inner_text() == name


def test_on_a_phone_the_first_guest_is_near_the_top_and_nothing_is_too_small(window: Any) -> None:
    for page in (f"{SUPPER}/guests?status=pending", f"{TONIGHT}/guests"):
        window.open(f"/o/e/{page}")
        assert window.tab.evaluate(FIRST_TOP) < 300, page
    window.tab.locator("[name=guest]").first.check()
    # At the end, where the bar of acts lies over nobody.
    window.tab.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    assert not problems_of(window)


def test_on_a_phone_the_first_guest_is_near_the_top_without_scripts(
    demo: Make, chromium: Callable[..., Any]
) -> None:
    plain = chromium(scripts=False)
    link = demo.sign_in_link(demo.row(Person, email="olga@example.org"))
    plain.tab.goto(urlsplit(link).path)
    plain.tab.locator("main form button").click()
    plain.tab.goto(f"/o/e/{TONIGHT}/guests")
    assert plain.tab.locator("[data-guest]").first.bounding_box()["y"] < 300
    plain.close()


def test_on_a_phone_every_page_of_the_guests_begins_near_the_top(window: Any) -> None:
    for page in ("export", "new", "import"):
        window.open(f"/o/e/{TONIGHT}/guests/{page}")
        first = window.tab.locator(".page > :not(header, nav, #notice):not(:empty)").first
        assert first.bounding_box()["y"] < 220, page
    assert not problems_of(window)


def test_on_a_phone_a_long_title_takes_two_lines_and_no_more(window: Any) -> None:
    window.open(f"/o/e/{TONIGHT}/guests")
    title = "document.querySelector('h1')"
    window.tab.evaluate(f"() => {{ {title}.textContent = 'What we learned '.repeat(9) }}")
    assert window.tab.evaluate(f"() => {title}.clientHeight") > 40
    assert window.tab.evaluate(FIRST_TOP) < 300


def test_on_a_phone_a_whole_row_leads_to_its_guest(window: Any) -> None:
    window.open(f"/o/e/{TONIGHT}/guests?sort=name")
    row = window.tab.locator("tbody tr:has(.when:visible)").first
    name = row.get_attribute("data-guest")
    row.locator(".when").click(force=True)  # its link is above it
    window.tab.wait_for_url("**/guests/*")
    assert window.tab.locator("h2", has_text=name).count()


def test_the_focus_stays_where_somebody_is_after_a_swap(window: Any) -> None:
    focused = "() => document.activeElement.textContent.trim()"
    window.open(f"/o/e/{TONIGHT}/guests/import").press("Preview the import")
    assert window.tab.evaluate(focused) == "Preview the import"  # it stayed: what is above changed
    window.press("Preview the import", pasted="Name,Table\nZoë,4")
    window.press("Look again")
    assert window.tab.evaluate(focused) == "Look again"  # another, in its place

"""An evening of rounds in real windows: a guest's phone, a host's, and the page on the wall."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from eventapp.core import clock
from eventapp.model import Community, Event, Rounds, Rsvp
from tests.e2e.page_problems import problems_at
from tests.make import Make
from tests.rounds.evening import announced, going_on, start, there

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Counts the tones that a page plays, for there is nobody to hear them.
COUNT_TONES = """() => {
  window.tones = 0;
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    window.tones += 1;
    return make.call(this);
  };
}"""
POLLS = 11_000  # milliseconds, after which every page has asked for news
WORDS = {
    "en": ("I'm leaving the rounds", "Take part", "Start round 1", "Start round 2"),
    "es": ("Dejo las rondas", "Participar", "Empezar la ronda 1", "Empezar la ronda 2"),
}
NINE_MINUTES = re.compile(r"^(10:00|9:\d\d)$")


@pytest.fixture
def community(demo: Make) -> Community:
    return demo.community()


@pytest.fixture
def event(demo: Make, community: Community) -> Event:
    event = going_on(demo, community=community)
    announced(demo, event)
    return event


def later(window: Any, milliseconds: int) -> None:
    """Have the window's clock go on, with all that waits for it."""
    window.tab.clock.fast_forward(milliseconds)


def at_clock(window: Any, shown: datetime) -> Any:
    """A window whose own clock shows this, and which goes on from there."""
    window.tab.clock.install(time=shown)
    return window


def wall_of(demo: Make, event: Event) -> str:
    return f"/rounds/{demo.row(Rounds, event_id=event.id).wall}"


def path_of(rsvp: Rsvp) -> str:
    return f"/r/{rsvp.key}/rounds"


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_the_tick_to_the_bell(
    demo: Make,
    chromium: Callable[..., Any],
    community: Community,
    event: Event,
    language: str,
) -> None:
    leave, take_part, start_first, start_next = WORDS[language]
    there(demo, event, "Bea", "Cleo", listing="attendees")
    (ana,) = there(demo, event, "Ana", listing="nobody")
    phone = at_clock(chromium(language=language), clock.now() - timedelta(hours=3))
    phone.open(path_of(ana))
    phone.press(leave).press(take_part)
    wall = at_clock(chromium(language=language), clock.now())
    wall.context.add_init_script(f"({COUNT_TONES})()")
    wall.open(wall_of(demo, event)).tab.locator("[data-bell]").click()
    expect(wall.tab.locator("[data-bell][aria-pressed=true]")).to_be_visible()
    assert wall.tab.evaluate("tones") == 3, "one stroke, to hear how loud it is"

    host = demo.signed_in(chromium(language=language), demo.organiser(community))
    host.open(f"/o/e/{event.slug}/rounds").press(start_first)
    for window in (phone, wall):
        later(window, POLLS)
    expect(phone.tab.locator("[data-table='1']")).to_be_visible()
    expect(phone.tab.locator("[data-guest=Bea]")).to_be_visible()
    expect(phone.tab.locator("[data-left]")).to_have_text(NINE_MINUTES)
    expect(wall.tab.locator("[data-table='1'] [data-name]")).to_have_text(["Bea", "Cleo"])
    assert "Ana" not in wall.tab.locator("main").inner_text()
    assert wall.tab.evaluate("tones") == 6, "a round begins"

    host.press(start_next)
    later(wall, POLLS)
    expect(wall.tab.locator("#rounds[data-round='2']")).to_be_visible()
    wall.tab.wait_for_function("tones === 9")
    later(wall, 10 * 60_000)
    wall.tab.wait_for_function("tones === 15")  # two strokes: the time is up
    for window in (phone, wall, host):
        window.close()


def test_a_table_and_its_time_go_on_without_network(
    demo: Make, chromium: Callable[..., Any], event: Event
) -> None:
    ana, *_ = there(demo, event, "Ana", "Bea")
    start(demo, event)
    phone = at_clock(chromium(), clock.now() + timedelta(days=2)).open(path_of(ana))
    expect(phone.tab.locator("[data-left]")).to_have_text(NINE_MINUTES)
    phone.context.set_offline(True)
    later(phone, 5 * 60_000)
    expect(phone.tab.locator("[data-left]")).to_have_text(re.compile(r"^4:\d\d$"))
    expect(phone.tab.locator("[data-after]")).to_be_hidden()
    later(phone, 5 * 60_000)
    expect(phone.tab.locator("[data-left]")).to_have_text("0:00")
    expect(phone.tab.locator("[data-after]")).to_contain_text("The next round begins at")
    expect(phone.tab.locator("[data-guest=Bea]")).to_be_visible()
    phone.close()


def test_the_wall_goes_on_without_network_page_by_page(
    demo: Make, chromium: Callable[..., Any], event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.rounds.wall_pages.TABLES_MOST", 1)
    there(demo, event, "Ana", "Bea", "Cleo", "Dan", "Eva", listing="attendees")
    start(demo, event)
    wall = at_clock(chromium(), clock.now()).open(wall_of(demo, event))
    wall.context.set_offline(True)
    shown = wall.tab.locator("[data-table]:visible")
    expect(shown).to_have_count(1)
    first = str(shown.get_attribute("data-table"))
    for table in ({"1": "2", "2": "1"}[first], first):
        later(wall, 10_000)
        expect(wall.tab.locator(f"[data-table='{table}']")).to_be_visible()
        expect(shown).to_have_count(1)
    expect(wall.tab.locator("[data-left]")).to_have_text(NINE_MINUTES)
    wall.close()


def test_without_scripts_a_guest_takes_part_and_reads_until_when(
    demo: Make, chromium: Callable[..., Any], event: Event
) -> None:
    there(demo, event, "Bea", "Cleo")
    (ana,) = there(demo, event, "Ana")
    plain = chromium(scripts=False)
    plain.tab.goto(path_of(ana))
    for button in ("I'm leaving the rounds", "Take part"):
        plain.tab.get_by_role("button", name=button).click()
    start(demo, event)
    assert "refresh" in plain.tab.url, "its page is loaded again and again"
    plain.tab.reload()
    expect(plain.tab.locator("[data-until]")).to_contain_text("until")
    expect(plain.tab.locator("[data-guest=Bea]")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_page_is_fit_to_be_shown(
    demo: Make,
    chromium: Callable[..., Any],
    community: Community,
    event: Event,
    language: str,
) -> None:
    ana, *_ = there(demo, event, "Ana", "Bea", listing="attendees")
    new = demo.rsvp(event, "Nora")
    off = going_on(demo, community=community)
    window = demo.signed_in(chromium(language=language), demo.organiser(community))
    guest = [path_of(new), path_of(ana), f"/r/{new.key}", wall_of(demo, event)]
    host = [f"/o/e/{one.slug}/rounds" for one in (event, off)]
    pages = [*guest, *host]
    problems = [problem for page in pages for problem in problems_at(window, page, briefly=True)]
    start(demo, event)
    running = [path_of(ana), wall_of(demo, event), host[0]]
    problems += [problem for page in running for problem in problems_at(window, page)]
    assert not problems, "\n".join(problems)
    window.close()

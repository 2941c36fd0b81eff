"""The phone's camera at the door: real Chromium, its camera fed from a film."""

from __future__ import annotations

import statistics
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eventapp.model import DoorLog, Event
from tests.chromium import Chromium
from tests.door.helpers import by_link
from tests.e2e import codes
from tests.e2e.cameras import ALLOWED, FAKE_CAMERA, turn_on
from tests.e2e.page_problems import SMALL_TARGETS, violations
from tests.e2e.phones import has_list
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCH = Path(__file__).with_name("watch_door.js").read_text()
BAD_CODES: list[str | bytes] = [
    "WIFI:T:WPA;S:bar;P:hunter2;;",
    "https://example.org/menu?table=4",
    f"https://other.example.net/t/{'x' * 22}",
    bytes(range(256)) * 4,
    "\0" * 40,
]


def log_of(demo: Make, event: Event) -> list[DoorLog]:
    return sorted(demo.rows(DoorLog, event_id=event.id), key=lambda row: row.id)


def test_twenty_tickets_in_all_conditions_come_in_once(
    demo: Make, window: Any, film: Any, capsys: pytest.CaptureFixture[str], at_a_try: Any
) -> None:
    at_a_try(lambda: are_quick(scan_twenty(demo, window, film, demo.event()), "online", capsys))


def scan_twenty(demo: Make, window: Any, film: Any, event: Event) -> Any:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(20)]
    ways = codes.shuffled(seed=7, times=2)
    scenes = [
        way(f"http://localhost/t/{guest.ticket}") for way, guest in zip(ways, guests, strict=True)
    ]
    bad = [codes.plain(content) for content in BAD_CODES]
    with window(FAKE_CAMERA, ALLOWED, film([*scenes, *bad]), before=WATCH) as phone:
        by_link(demo, phone, event)
        turn_on(phone)
        scanned = len(scenes) + len(bad)
        phone.tab.wait_for_function(f"() => seen.verdicts.length >= {scanned}", timeout=90_000)
        phone.tab.get_by_role("button", name="Stop").click()
        seen = phone.tab.evaluate("() => seen")
        phone.settle()

    log = log_of(demo, event)
    admitted = [row.rsvp_id for row in log if row.outcome == "admitted"]
    assert sorted(admitted) == sorted(guest.id for guest in guests)
    assert Counter(row.outcome for row in log) == {"admitted": 20, "denied": len(BAD_CODES)}
    assert {row.reason for row in log if row.outcome == "denied"} == {"unknown"}
    assert seen["asked"] == 1
    for guest, verdict in zip(guests, seen["verdicts"], strict=False):
        assert guest.name in verdict["words"].split("\n"), "the answer to the code in view"
    denials = [one["words"] for one in seen["verdicts"] if one["outcome"] == "denied"]
    assert all("No ticket of ours" in words for words in denials)
    assert len(seen["shakes"]) == scanned, "one vibration an answer"
    assert len(seen["tones"]) == 2 * scanned, "two tones an answer"
    return seen


def are_quick(seen: Any, where: str, capsys: pytest.CaptureFixture[str]) -> bool:
    """By the whole way, from the first frame that shows a code to the verdict in the page. The
    film shows one code after the other, and each has its verdict while it is in view, but for two
    at most.
    """
    began = {frame["number"]: frame["at"] for frame in reversed(seen["frames"])}
    waited = [one["at"] - began[number] for number, one in enumerate(seen["verdicts"], start=1)]
    median, slowest = statistics.median(waited), max(waited)
    with capsys.disabled():
        print(f"\ncode in view to verdict, {where}: median {median:.0f}, at most {slowest:.0f} ms")
    late = [
        number for number, one in enumerate(seen["verdicts"], start=1) if one["frame"] != number
    ]
    return median <= 200 and len(late) <= 2


def test_verdicts_come_as_quickly_without_network(
    demo: Make, window: Any, film: Any, capsys: pytest.CaptureFixture[str], at_a_try: Any
) -> None:
    at_a_try(lambda: are_quick(scan_offline(demo, window, film, demo.event()), "offline", capsys))


def scan_offline(demo: Make, window: Any, film: Any, event: Event) -> Any:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(8)]
    scenes = [codes.plain(f"http://localhost/t/{guest.ticket}") for guest in guests]
    with window(FAKE_CAMERA, ALLOWED, film(scenes), before=WATCH) as phone:
        by_link(demo, phone, event)
        has_list(phone.tab, event.slug)
        phone.context.set_offline(True)
        turn_on(phone)
        phone.tab.wait_for_function(f"() => seen.verdicts.length >= {len(guests)}", timeout=60_000)
        phone.tab.get_by_role("button", name="Stop").click()
        seen = phone.tab.evaluate("() => seen")
        assert log_of(demo, event) == []
    verdicts = seen["verdicts"]
    told = {one["words"].split("\n")[0] for one in verdicts if one["outcome"] == "admitted"}
    assert told == {guest.name for guest in guests}
    assert all("Will be sent." in one["words"] for one in verdicts)
    return seen


def searches(phone: Chromium, name: str) -> bool:
    return phone.search(name).guests() == [name]


@pytest.mark.parametrize(
    ("switches", "told"),
    [([FAKE_CAMERA], "may not use the camera"), ([], "No camera was found")],
    ids=["denied", "none"],
)
def test_without_a_camera_it_says_what_to_do_and_search_works(
    demo: Make, window: Any, event: Event, switches: list[str], told: str
) -> None:
    demo.rsvp(event, "Ana Ruiz")
    with window(*switches) as phone:
        by_link(demo, phone, event)
        turn_on(phone)
        phone.tab.get_by_text(told).wait_for()
        assert not phone.tab.locator("#camera video").is_visible()
        assert phone.tab.get_by_role("button", name="Scan with the camera").is_visible()
        assert searches(phone, "Ana Ruiz")


def test_a_camera_that_ends_in_mid_scan_says_so_and_starts_again(
    demo: Make, window: Any, film: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    scenes = [codes.plain(f"http://localhost/t/{guest.ticket}")]
    with window(FAKE_CAMERA, ALLOWED, film(scenes, gap=1)) as phone:
        by_link(demo, phone, event)
        turn_on(phone)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        phone.tab.evaluate("""() => {
          const [track] = document.querySelector("#camera video").srcObject.getTracks();
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }""")
        phone.tab.get_by_text("The camera has stopped").wait_for()
        assert searches(phone, "Ana Ruiz")
        turn_on(phone)
        phone.tab.locator("[data-state=on]").wait_for()


def test_picture_and_verdict_are_on_one_screen_and_fit_to_be_used(
    demo: Make, window: Any, film: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Maximiliana Fernández de la Fuente y Goikoetxea", companions=3)
    scenes = [codes.plain(f"http://localhost/t/{guest.ticket}")]
    with window(FAKE_CAMERA, ALLOWED, film(scenes, gap=1)) as phone:
        by_link(demo, phone, event)
        turn_on(phone)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        for place in ("#camera video", "#verdict"):
            box = phone.tab.locator(place).bounding_box()
            assert box["y"] >= 0, place
            assert box["y"] + box["height"] <= phone.tab.viewport_size["height"], place
        assert phone.tab.evaluate(SMALL_TARGETS) == []
        assert violations(phone) == []
        assert not phone.has_sideways_scroll()
        assert not phone.tab.get_by_role("button", name="Light").is_visible()
        assert phone.tab.evaluate("() => document.activeElement.innerText") == "Stop"

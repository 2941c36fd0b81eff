"""The phone's camera at the door: real Chromium, its camera fed from a film."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from eventapp.model import DoorLog, Event
from tests.chromium import ARGS, Chromium, Engine, executable, served
from tests.door.helpers import at_door
from tests.e2e import codes
from tests.e2e.test_looks import SMALL_TARGETS, violations
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAKE_CAMERA = "--use-fake-device-for-media-stream"
ALLOWED = "--use-fake-ui-for-media-stream"  # answers yes to the question for the camera
SHOWN, GAP = 1.2, 0.3  # seconds
BAD_CODES = [
    "WIFI:T:WPA;S:bar;P:hunter2;;",
    "https://example.org/menu?table=4",
    f"https://other.example.net/t/{'x' * 22}",
    bytes(range(256)) * 4,
    "\0" * 40,
]

# What the page does, written down from outside: when a frame with another number was shown,
# when the verdict changed, what was sounded and how the phone shook.
WATCH = f"""
window.seen = {{frames: [], verdicts: [], tones: [], shakes: [], asked: 0}};
navigator.vibrate = (pattern) => seen.shakes.push(pattern) > 0;
const {{start}} = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) {{
  seen.tones.push(this.frequency.value);
  return start.apply(this, when);
}};
const devices = MediaDevices.prototype, {{getUserMedia}} = devices;
devices.getUserMedia = function (...wish) {{ seen.asked++; return getUserMedia.apply(this, wish); }};
document.addEventListener("DOMContentLoaded", () => {{
  new MutationObserver(() => {{
    const verdict = document.getElementById("verdict");
    if (!verdict || verdict === window.lastVerdict) return;
    window.lastVerdict = verdict;
    const {{outcome, reason}} = verdict.dataset;
    if (outcome) seen.verdicts.push({{outcome, reason, at: performance.now(),
      words: verdict.innerText, frame: seen.frames.at(-1)?.number,
      since: performance.now() - seen.frames.at(-1)?.at}});
  }}).observe(document.body, {{subtree: true, childList: true}});
  const video = document.querySelector("#camera video");
  if (!video) return;
  const canvas = document.createElement("canvas");
  canvas.width = 1; canvas.height = {codes.MARK_BITS};
  const pen = canvas.getContext("2d", {{willReadFrequently: true}});
  const note = () => {{
    pen.drawImage(video, 0, 0, {codes.MARK}, {codes.MARK * codes.MARK_BITS}, 0, 0, 1, {codes.MARK_BITS});
    const bits = pen.getImageData(0, 0, 1, {codes.MARK_BITS}).data;
    let number = 0;
    for (let bit = 0; bit < {codes.MARK_BITS}; bit++) number |= (bits[bit * 4] > 128) << bit;
    if (seen.frames.at(-1)?.number !== number) seen.frames.push({{number, at: performance.now()}});
    video.requestVideoFrameCallback(note);
  }};
  video.requestVideoFrameCallback(note);
}});
"""


@pytest.fixture
def event(demo: Make) -> Event:
    return demo.event(slug=f"camera-{uuid4().hex[:8]}")


@pytest.fixture
def window(demo_app: Flask, chromium_engine: Engine) -> Iterator[Callable[..., Any]]:
    """A Chromium with switches of its own: `with window(ALLOWED) as phone`."""
    with served(demo_app) as address:

        @contextmanager
        def opened(*switches: str, before: str = "") -> Iterator[Chromium]:
            launched = chromium_engine.browser_type.launch(
                executable_path=executable(), args=[*ARGS, *switches]
            )
            phone = Chromium(launched, address)
            phone.context.add_init_script(before)
            yield phone
            phone.close()
            launched.close()

        yield opened


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """The switch that makes Chromium's camera show these pictures."""

    def made(scenes: list[Any], **times: float) -> str:
        file = tmp_path_factory.mktemp("film") / "film.mjpeg"
        codes.write_video(file, scenes, **{"shown": SHOWN, "gap": GAP, **times})
        return f"--use-file-for-fake-video-capture={file}"

    return made


def turn_on(phone: Chromium) -> None:
    phone.tab.get_by_role("button", name="Scan with the camera").click()


def log_of(demo: Make, event: Event) -> list[DoorLog]:
    return sorted(demo.rows(DoorLog, event_id=event.id), key=lambda row: row.id)


def test_twenty_tickets_in_all_conditions_come_in_once(
    demo: Make, window: Any, film: Any, event: Event, capsys: pytest.CaptureFixture[str]
) -> None:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(20)]
    ways = codes.shuffled(seed=7, times=2)
    scenes = [
        way(f"http://localhost/t/{guest.ticket}") for way, guest in zip(ways, guests, strict=True)
    ]
    bad = [codes.plain(content) for content in BAD_CODES]
    with window(FAKE_CAMERA, ALLOWED, film([*scenes, *bad]), before=WATCH) as phone:
        at_door(demo, phone, event)
        turn_on(phone)
        scanned = len(scenes) + len(bad)
        phone.tab.wait_for_function(f"() => seen.verdicts.length >= {scanned}", timeout=90_000)
        phone.tab.get_by_role("button", name="Stop").click()
        seen = phone.tab.evaluate("() => seen")
        phone._settle()

    log = log_of(demo, event)
    admitted = [row.rsvp_id for row in log if row.outcome == "admitted"]
    assert sorted(admitted) == sorted(guest.id for guest in guests)
    assert Counter(row.outcome for row in log) == {"admitted": 20, "denied": len(BAD_CODES)}
    assert {row.reason for row in log if row.outcome == "denied"} == {"unknown"}
    assert seen["asked"] == 1
    denials = [one["words"] for one in seen["verdicts"] if one["outcome"] == "denied"]
    assert all("No ticket of ours" in words for words in denials)
    assert len(seen["shakes"]) == scanned, "one vibration an answer"
    assert len(seen["tones"]) == 2 * scanned, "two tones an answer"

    # Each verdict is shown while its own code is still in view, so this is the whole way:
    # from the first frame that shows a code to the verdict in the page.
    waited = [one["since"] for one in seen["verdicts"]]
    median, slowest = statistics.median(waited), max(waited)
    with capsys.disabled():
        print(f"\ncode in view to verdict: median {median:.0f} ms, slowest {slowest:.0f} ms")
    assert median <= 200

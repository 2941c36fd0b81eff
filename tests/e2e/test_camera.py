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


@pytest.fixture(scope="module")
def engines(chromium_engine: Engine) -> Iterator[Callable[..., Engine]]:
    """Chromium by its switches, each started once."""
    started: dict[tuple[str, ...], Engine] = {(): chromium_engine}

    def with_switches(*switches: str) -> Engine:
        if switches not in started:
            started[switches] = chromium_engine.browser_type.launch(
                executable_path=executable(), args=[*ARGS, *switches]
            )
        return started[switches]

    yield with_switches
    for switches, engine in started.items():
        if switches:
            engine.close()


@pytest.fixture(scope="module")
def window(demo_app: Flask, engines: Callable[..., Engine]) -> Iterator[Callable[..., Any]]:
    """A window of a Chromium that has these switches: `with window(ALLOWED) as phone`."""
    with served(demo_app) as address:

        @contextmanager
        def opened(*switches: str, before: str = "") -> Iterator[Chromium]:
            phone = Chromium(engines(*switches), address)
            phone.context.add_init_script(before)
            yield phone
            phone.close()

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


def words(phone: Chromium) -> str:
    return phone.tab.locator("#camera [role=status]").inner_text()


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
        at_door(demo, phone, event)
        turn_on(phone)
        phone.tab.get_by_text(told).wait_for()
        assert not phone.tab.locator("#camera video").is_visible()
        assert phone.tab.get_by_role("button", name="Scan with the camera").is_visible()
        assert searches(phone, "Ana Ruiz")


BUSY = """navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException("Could not start video source", "NotReadableError"));"""
AS_ON_PLAIN_HTTP = """Object.defineProperty(Navigator.prototype, "mediaDevices", {value: undefined});
Object.defineProperty(window, "isSecureContext", {value: false});
Object.defineProperty(crypto, "randomUUID", {value: undefined});"""


def test_a_camera_that_another_app_holds_is_asked_for_again(
    demo: Make, window: Any, event: Event
) -> None:
    with window(FAKE_CAMERA, ALLOWED) as phone:
        at_door(demo, phone, event)
        phone.tab.evaluate(f"() => {{ window.real = navigator.mediaDevices.getUserMedia; {BUSY} }}")
        turn_on(phone)
        phone.tab.get_by_text("Close what else uses it").wait_for()
        phone.tab.evaluate("() => { navigator.mediaDevices.getUserMedia = window.real }")
        turn_on(phone)
        phone.tab.locator("[data-state=on]").wait_for()
        assert words(phone) == ""


def test_on_plain_http_it_says_what_the_camera_needs(
    demo: Make, window: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window(before=AS_ON_PLAIN_HTTP) as phone:
        at_door(demo, phone, event)
        assert "https" in words(phone)
        assert not phone.tab.get_by_role("button", name="Scan with the camera").is_visible()
        phone.tab.locator("#q").blur()
        type_as_scanner(phone, guest.ticket)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()


def test_a_camera_that_ends_in_mid_scan_says_so_and_starts_again(
    demo: Make, window: Any, film: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    scenes = [codes.plain(f"http://localhost/t/{guest.ticket}")]
    with window(FAKE_CAMERA, ALLOWED, film(scenes, gap=1)) as phone:
        at_door(demo, phone, event)
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


def test_the_camera_is_free_while_the_page_is_hidden(
    demo: Make, window: Any, event: Event
) -> None:
    with window(FAKE_CAMERA, ALLOWED) as phone:
        at_door(demo, phone, event)
        turn_on(phone)
        phone.tab.locator("[data-state=on]").wait_for()
        phone.tab.evaluate("""() => {
          window.track = document.querySelector("#camera video").srcObject.getTracks()[0];
          Object.defineProperty(document, "hidden", {value: true, configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }""")
        assert phone.tab.evaluate("() => track.readyState") == "ended"
        phone.tab.evaluate("""() => {
          delete document.hidden;
          document.dispatchEvent(new Event("visibilitychange"));
        }""")
        phone.tab.wait_for_function(
            "() => document.querySelector('#camera video').srcObject?.active"
        )
        phone.tab.get_by_role("button", name="Stop").click()
        assert phone.tab.evaluate("() => document.querySelector('#camera video').srcObject") is None


def test_picture_and_verdict_are_on_one_screen_and_fit_to_be_used(
    demo: Make, window: Any, film: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Maximiliana Fernández de la Fuente y Goikoetxea", companions=3)
    scenes = [codes.plain(f"http://localhost/t/{guest.ticket}")]
    with window(FAKE_CAMERA, ALLOWED, film(scenes, gap=1)) as phone:
        at_door(demo, phone, event)
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


FINDS_NOTHING = """window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { window.timesAsked = (window.timesAsked ?? 0) + 1; return []; }
};"""
NEVER_ANSWERS = "window.BarcodeDetector = class { detect() { return new Promise(() => {}); } };"
IS_NO_CLASS = "window.BarcodeDetector = function () { return {}; };"
READS = """window.BarcodeDetector = class {
  async detect() { return [{rawValue: "EVENTAPP", boundingBox: new DOMRectReadOnly(0, 0, 9, 9)}]; }
};"""
READ_KNOWN = """async () => {
  const {codeReader, pictureOfKnownCode} = await import("/static/door/detector.js");
  const reader = await codeReader();
  const [code] = await reader.read(pictureOfKnownCode());
  return [reader.isNative, code?.text];
}"""


@pytest.mark.parametrize(
    ("native", "is_used"),
    [(FINDS_NOTHING, False), (NEVER_ANSWERS, False), (IS_NO_CLASS, False), ("", False),
     (READS, True)],
    ids=["finds nothing", "never answers", "is no class", "is not there", "reads"],
)  # fmt: skip
def test_the_browsers_own_reader_is_used_where_it_reads(
    demo: Make, window: Any, event: Event, native: str, is_used: bool
) -> None:
    with window(before=native) as phone:
        at_door(demo, phone, event)
        assert phone.tab.evaluate(READ_KNOWN) == [is_used, "EVENTAPP"]
        phone._settle()


def test_a_reader_that_cannot_be_loaded_is_said_and_tried_again(
    demo: Make, window: Any, event: Event
) -> None:
    with window(FAKE_CAMERA, ALLOWED) as phone:
        at_door(demo, phone, event)
        phone.context.route("**/*.wasm", lambda route: route.abort())
        turn_on(phone)
        phone.tab.get_by_text("could not be loaded").wait_for()
        phone.context.unroute("**/*.wasm")
        turn_on(phone)
        phone.tab.locator("[data-state=on]").wait_for()
        phone.complaints.clear()  # of what was not loaded


# A hand-held scanner


def type_as_scanner(phone: Chromium, text: str) -> None:
    """As fast as a scanner; Playwright's own keys are slower on a busy machine."""
    phone.tab.evaluate(
        """async (text) => {
          for (const key of [...text, "Enter"]) {
            const press = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
            window.isPrevented = !document.activeElement.dispatchEvent(press);
          }
        }""",
        text,
    )


def test_a_scanner_types_without_anything_being_tapped_first(
    demo: Make, window: Any, event: Event
) -> None:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(6)]
    with window() as phone:
        at_door(demo, phone, event)
        phone.tab.get_by_role("button", name="Sound").focus()
        for guest in guests:  # faster than answers come
            type_as_scanner(phone, f"http://localhost/t/{guest.ticket}")
        assert phone.tab.evaluate("() => isPrevented"), "Enter would press the button"
        phone.tab.locator("#headcount[data-admitted='6']").wait_for()
        phone._settle()
    assert [row.rsvp_id for row in log_of(demo, event)] == [guest.id for guest in guests]


def test_who_types_slowly_is_no_scanner(demo: Make, window: Any, event: Event) -> None:
    with window() as phone:
        at_door(demo, phone, event)
        phone.tab.get_by_role("button", name="Sound").focus()
        phone.tab.keyboard.type("abcdefgh", delay=90)
        phone.tab.keyboard.press("Enter")
        phone.tab.wait_for_timeout(300)
        assert phone.tab.locator("#verdict").get_attribute("data-outcome") is None
        assert phone.tab.get_by_role("button", name="Sound").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("form", ["{ticket}", "http://localhost/t/{ticket}"])
def test_a_ticket_typed_into_the_search_is_a_scan(
    demo: Make, window: Any, event: Event, form: str
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window() as phone:
        at_door(demo, phone, event)
        phone.tab.locator("#q").focus()
        phone.tab.keyboard.insert_text(form.format(ticket=guest.ticket))
        phone.tab.keyboard.press("Enter")
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        assert phone.tab.locator("#q").input_value() == ""
        phone._settle()
    assert len(log_of(demo, event)) == 1


def test_the_next_code_may_be_half_typed_when_an_answer_comes(
    demo: Make, window: Any, event: Event
) -> None:
    first, second = demo.rsvp(event, "Ana Ruiz"), demo.rsvp(event, "Beto Gil")
    with window() as phone:
        at_door(demo, phone, event)
        phone.tab.locator("#scan summary").click()
        field = phone.tab.locator("#scan [name=code]")
        field.fill(first.ticket)
        field.press("Enter")
        field.press_sequentially(second.ticket[:10])
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        field.press_sequentially(second.ticket[10:])
        field.press("Enter")
        phone.tab.locator("#headcount[data-admitted='2']").wait_for()
        phone._settle()


def test_a_code_without_an_answer_is_sent_again_as_the_same_scan(
    demo: Make, window: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window() as phone:
        at_door(demo, phone, event)

        def lose_the_answer(route: Any) -> None:
            route.fetch()
            route.abort()

        phone.context.route("**/door/scan", lose_the_answer, times=1)
        phone.tab.locator("#q").blur()
        type_as_scanner(phone, guest.ticket)
        phone.tab.get_by_text("No answer came").wait_for()
        type_as_scanner(phone, guest.ticket)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        assert words(phone) == ""
        phone.complaints.clear()  # of the answer that was lost
    assert len(log_of(demo, event)) == 1


# Sound


def test_the_choice_of_silence_is_kept(demo: Make, window: Any, event: Event) -> None:
    guests = [demo.rsvp(event, f"Guest {number}") for number in range(2)]
    with window(before=WATCH) as phone:
        at_door(demo, phone, event)
        phone.tab.get_by_role("button", name="Sound").click()
        phone.open(phone.url)
        phone.tab.locator("h1").click(force=True)
        type_as_scanner(phone, guests[0].ticket)
        phone.tab.locator("#verdict[data-outcome=admitted]").wait_for()
        assert phone.tab.evaluate("() => [seen.tones, seen.shakes]") == [[], [[70]]]
        phone.tab.get_by_role("button", name="Sound").click()
        tried = len(phone.tab.evaluate("() => seen.tones"))
        type_as_scanner(phone, guests[1].ticket)
        phone.tab.locator("#headcount[data-admitted='2']").wait_for()
        assert len(phone.tab.evaluate("() => seen.tones")) == tried + 2
        phone._settle()


def test_each_kind_of_answer_sounds_and_shakes_in_its_own_way(
    demo: Make, window: Any, event: Event
) -> None:
    guest = demo.rsvp(event, "Ana Ruiz")
    with window(before=WATCH) as phone:
        at_door(demo, phone, event)
        phone.tab.locator("#q").click()
        phone.tab.locator("#q").blur()
        heard = []
        for code, outcome in ((guest.ticket, "admitted"), (guest.ticket, "already"), ("x" * 22, "denied")):
            type_as_scanner(phone, code)
            phone.tab.locator(f"#verdict[data-outcome={outcome}]").wait_for()
            heard.append(phone.tab.evaluate("() => [seen.tones.splice(0), seen.shakes.splice(0)]"))
        phone._settle()
    assert [len(shakes) for _, shakes in heard] == [1, 1, 1]
    assert len({str(tones) for tones, _ in heard}) == 3
    assert len({str(shakes) for _, shakes in heard}) == 3

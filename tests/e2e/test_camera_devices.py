"""What differs between phones: a light, several cameras, a reader of the browser's own."""

from __future__ import annotations

from typing import Any

import pytest

from eventapp.model import Event
from tests.door.helpers import by_link
from tests.e2e.cameras import ALLOWED, FAKE_CAMERA, turn_on
from tests.e2e.phones import NO_SERVICE_WORKER
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITH_TORCH = """
const {getCapabilities} = MediaStreamTrack.prototype;
MediaStreamTrack.prototype.getCapabilities = function () {
  return {...getCapabilities.call(this), torch: true};
};
window.wishes = [];
MediaStreamTrack.prototype.applyConstraints = async (wish) => void wishes.push(wish.advanced[0]);
"""


def test_a_light_is_offered_where_the_camera_has_one(demo: Make, window: Any, event: Event) -> None:
    with window(FAKE_CAMERA, ALLOWED, before=WITH_TORCH) as phone:
        by_link(demo, phone, event)
        assert not phone.tab.get_by_role("button", name="Light").is_visible()
        turn_on(phone)
        light = phone.tab.get_by_role("button", name="Light")
        light.click()
        phone.tab.locator("[data-part=torch][aria-pressed=true]").wait_for()
        light.click()
        phone.tab.locator("[data-part=torch][aria-pressed=false]").wait_for()
        assert phone.tab.evaluate("() => wishes") == [{"torch": True}, {"torch": False}]


def test_of_several_cameras_one_is_chosen(demo: Make, window: Any, event: Event) -> None:
    with window(f"{FAKE_CAMERA}=device-count=2", ALLOWED) as phone:
        by_link(demo, phone, event)
        turn_on(phone)
        choice = phone.tab.get_by_role("combobox", name="Camera")
        choice.wait_for()
        names = choice.locator("option").all_inner_texts()
        assert len(set(names)) == 2
        choice.select_option(names[1])
        phone.tab.wait_for_function(
            "(name) => document.querySelector('#camera video').srcObject"
            "?.getVideoTracks()[0].label === name",
            arg=names[1],
        )
        phone.tab.locator("[data-state=on]").wait_for()
        phone.tab.wait_for_function(
            "(name) => document.querySelector('#camera select').selectedOptions[0].text === name",
            arg=names[1],
        )


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
        by_link(demo, phone, event)
        assert phone.tab.evaluate(READ_KNOWN) == [is_used, "EVENTAPP"]
        phone.settle()


def test_a_reader_that_cannot_be_loaded_is_said_and_tried_again(
    demo: Make, window: Any, event: Event
) -> None:
    with window(FAKE_CAMERA, ALLOWED, before=NO_SERVICE_WORKER) as phone:
        by_link(demo, phone, event)
        phone.context.route("**/*.wasm", lambda route: route.abort())
        turn_on(phone)
        phone.tab.get_by_text("could not be loaded").wait_for()
        phone.context.unroute("**/*.wasm")
        turn_on(phone)
        phone.tab.locator("[data-state=on]").wait_for()
        phone.complaints.clear()  # of what was not loaded

"""The scanner in the engine of Safari, on the door's page and under its policy.

There is no camera here, so it reads still pictures, by the module that reads the camera's.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from tests.chromium import served
from tests.e2e import codes
from tests.make import Make
from tests.webkit import webkit, why_unavailable

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        why_unavailable() is not None, reason=f"without WebKit: {why_unavailable()}"
    ),
]

READ = """
const [pictures, done] = arguments;
(async () => {
  const {codeReader} = await import("/static/door/detector.js");
  const reader = await codeReader();
  const texts = [];
  for (const source of pictures) {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 360;
    canvas.getContext("2d").drawImage(image, 0, 0, 640, 360);
    texts.push((await reader.read(canvas)).map(({text}) => text));
  }
  return {isNative: reader.isNative, texts};
})().then(done, (error) => done({error: String(error)}));
"""


@pytest.fixture(scope="module")
def safari(demo_app: Flask) -> Iterator[Any]:
    with served(demo_app) as address, webkit() as driver:
        driver.set_script_timeout(30)
        driver.address = address
        yield driver


def as_address(picture: Image.Image) -> str:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def test_safaris_engine_reads_twenty_tickets(demo: Make, safari: Any) -> None:
    event = demo.event()
    link = demo.door_link(event)
    safari.get(f"{safari.address}/door/{link.secret}")
    safari.find_element("css selector", "main form button").click()
    tickets = [f"http://localhost/t/{demo.rsvp(event).ticket}" for _ in range(20)]
    ways = codes.shuffled(seed=11, times=2)
    pictures = [as_address(way(text)) for way, text in zip(ways, tickets, strict=True)]
    answer = safari.execute_async_script(READ, pictures)
    assert answer == {"isNative": False, "texts": [[text] for text in tickets]}

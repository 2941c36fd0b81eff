"""Every QR code is black on white, whatever colours the screen or the paper has."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from eventapp.core import clock
from eventapp.core.links import new_secret
from tests.door.helpers import at_door
from tests.floor.evening import opened
from tests.make import Make

EVENTAPP = Path(__file__).parents[2] / "eventapp"
CODES_MOST = 3  # of a page that has many
COLOURS: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "forced_colors": "none", "media": "screen"},
    {"color_scheme": "dark", "forced_colors": "none", "media": "screen"},
    {"color_scheme": "dark", "forced_colors": "active", "media": "screen"},
    {"color_scheme": "dark", "contrast": "more", "forced_colors": "none", "media": "screen"},
    {"color_scheme": "dark", "forced_colors": "active", "media": "print"},
)
# In a path whose unit is one module: the middle of the first eye, and the ground to its left.
PLACES = """
  (path) => [3.5, -1].map((beside) => {
    const box = path.getBBox();
    const place = new DOMPoint(box.x + beside, Math.floor(box.y) + 3.5);
    const { x, y } = place.matrixTransform(path.getScreenCTM());
    return [x, y];
  })
"""


def templates_with_codes() -> set[str]:
    """Those that draw one by the filter, or as a mark of a badge."""
    drawing = re.compile(r"\|\s*qr\b|mark\.path")
    return {
        str(file.relative_to(EVENTAPP))
        for file in EVENTAPP.rglob("templates/**/*.html")
        if drawing.search(file.read_text())
    }


def pages(demo: Make, event: Any, rsvp: Any) -> dict[str, Any]:
    """For each template with a code, a page that shows it."""
    link = demo.door_link(event, "Main door")
    o = f"/o/e/{event.slug}"
    return {
        "door/templates/_link_card.html": f"{o}/doors",
        "door/templates/print.html": f"{o}/doors/{link.id}/print",
        "kiosk/templates/_poster.html": f"{o}/poster",
        "floor/templates/_wall.html": f"/floor/{opened(demo, event).wall}",
        "rsvp/templates/_own_code.html": f"/r/{rsvp.key}",
        "rsvp/templates/_pass.html": f"/r/{rsvp.key}",
        "contacts/templates/qr.html": "/me/card/qr",
        "badges/templates/_badge.html": f"{o}/badges",
        "door/templates/_verdict.html": f"/e/{event.slug}/door",
    }


@pytest.mark.browser
@pytest.mark.slow
def test_each_code_is_black_on_white(demo: Make, chromium: Callable[..., Any]) -> None:
    community = demo.community()
    event = demo.event(
        community,
        slug=f"codes-{uuid4().hex[:8]}",
        starts_at=clock.now() - timedelta(hours=1),
        poster_secret=new_secret(),
    )
    olga = demo.organiser(community)
    shown = pages(demo, event, demo.rsvp(event, "Olga", person=olga))
    assert shown.keys() == templates_with_codes()
    window = demo.signed_in(chromium(), olga)
    window.tab.set_viewport_size({"width": 1280, "height": 1000})
    wrong = []
    for template, address in shown.items():
        if template == "door/templates/_verdict.html":
            at_door(demo, window, event).press("Add and let in", name="Zoe")
        else:
            window.open(address)
        window.tab.evaluate(
            "() => document.querySelectorAll('details').forEach((d) => d.open = true)"
        )
        for colours in COLOURS:
            window.tab.emulate_media(**colours)
            if found := what_is_wrong(window):
                wrong.append((template, colours, found))
    assert not wrong


def what_is_wrong(window: Any) -> str | None:
    """Of the codes shown: the colours in the middle of the first eye and beside that."""
    codes = window.tab.locator("svg.on-white path.qr:visible").all()
    if not codes:  # paper may do without
        on_paper = window.tab.evaluate("() => matchMedia('print').matches")
        return None if on_paper else "no code"
    for code in codes[:CODES_MOST]:
        code.scroll_into_view_if_needed()
        picture = Image.open(io.BytesIO(window.tab.screenshot())).convert("RGB")
        seen = [picture.getpixel((int(x), int(y))) for x, y in code.evaluate(PLACES)]
        if seen != [(0, 0, 0), (255, 255, 255)]:
            return f"{seen}"
    return None

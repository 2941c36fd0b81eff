"""Every page is valid HTML, as the standard and WAI-ARIA have it, but for the attributes of htmx:
every route, asked by whom it is for and by a stranger, and every form that was sent empty.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.browser import form_data
from tests.node.test_node import node
from tests.routes.admitted import ADMITTED
from tests.routes.conftest import Snapshot
from tests.routes.world import ROLES, World

__all__ = ["node"]

VALIDATOR = Path(__file__).with_name("validate.js")
SPANISH = {"Accept-Language": "es"}
# What differs from page to page and makes none invalid.
WORDS = re.compile(
    r">[^<]+|\d+|\b(?:action|alt|content|href|label|lang|placeholder|title|value"
    r'|data-[a-z-]+|hx-[a-z:]+)="[^"]*"'
)

Page = tuple[str, str]


def pages(world: World, snapshot: Snapshot) -> Iterator[Page]:
    """The pages with where each was found."""
    for rule in world.routes("GET"):
        address = world.here.address(rule)
        asking = {"stranger", *ADMITTED[rule.endpoint]}
        for role in (role for role in ROLES if role in asking):
            yield from page_in(f"{role}: GET {address}", world.visitors[role].ask("GET", address))
        answer = world.admitted(rule).ask("GET", address, headers=SPANISH)
        yield from page_in(f"in Spanish: GET {address}", answer)
    for visitor, form in world.forms():
        empty = dict.fromkeys(form_data(form), "")
        answer = visitor.ask("POST", str(form["action"]), data=empty)
        yield from page_in(f"POST {form['action']} with nothing", answer)
        if snapshot.is_written():
            snapshot.restore()


def page_in(place: str, answer: TestResponse) -> Iterator[Page]:
    if (html := answer.data) and "html" in answer.mimetype:
        yield place, html.decode()


def one_of_a_kind(found: Iterator[Page]) -> list[Page]:
    """Of pages that differ in words alone, the first: to validate one takes 20 ms."""
    kinds: dict[str, Page] = {}
    for place, html in found:
        kinds.setdefault(WORDS.sub("", html), (place, html))
    return list(kinds.values())


def problems_in(node: str, asked: list[Page]) -> list[tuple[str, str]]:
    """All in one process: a second to start."""
    ran = subprocess.run(
        [node, VALIDATOR], input=json.dumps(asked), capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return [(place, what) for place, what in json.loads(ran.stdout)]


@pytest.mark.slow
def test_every_page_is_valid(world: World, snapshot: Snapshot, node: str) -> None:
    asked = one_of_a_kind(pages(world, snapshot))
    problems = [": ".join(problem) for problem in problems_in(node, asked)]
    assert not problems, "\n".join(problems)
    assert len(asked) > 100


WHOLE = (
    '<!DOCTYPE html><html lang="en"><head><title>x</title></head>'
    "<body><main><h1>x</h1>{}</main></body></html>"
)
WRONG = {
    "a block in a paragraph": "<p><div></div></p>",
    "an id twice": '<p id="a"></p><p id="a"></p>',
    "an unknown attribute": '<p colour="red"></p>',
    "an unknown role": '<p aria-labelledby="none" role="widget">x</p>',
    "a heading left out": "<h3>x</h3>",
    "an item outside a list": "<div><li>x</li></div>",
}


def test_what_is_wrong_is_found(node: str) -> None:
    asked = [(name, WHOLE.format(body)) for name, body in {**WRONG, "nothing": "<p>x</p>"}.items()]
    assert {place for place, _ in problems_in(node, asked)} == set(WRONG)

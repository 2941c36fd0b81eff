"""Forms eat only forms, of bounded size, and whatever is sent to an address is answered."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from eventapp.model import Rsvp
from tests.application import SETTINGS
from tests.browser import form_data
from tests.routes.conftest import Snapshot
from tests.routes.forms import field_names, form_classes
from tests.routes.world import World

JSON = [
    "{}",
    "[]",
    '"x"',
    "1",
    "null",
    "true",
    '[1, {"name": ["x"]}]',
    '{"name": 1, "csrf": {}}',
    "{",
]
TAKES_JSON = "door.batch"
TAKE_FILES = (
    "communities.keep_logo",
    "communities.keep_portrait",
    "events.keep_cover",
    "impressions.add_picture",
    "impressions.add_picture_by_key",
    "guests.import_list",
)
TYPES = ["text/plain", "application/xml", "application/octet-stream", "multipart/mixed", "x", None]
URL_ENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
BROKEN = [
    *((URL_ENCODED, body) for body in (b"\xff=%ff&%", b"&&&==;", b"name=%ED%A0%80%00")),
    *((MULTIPART, body) for body in (b"", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: x")),
    ("multipart/form-data", b"--x--"),
]
MOST = SETTINGS["MAX_FORM_MEMORY_SIZE"]


class Everybody:
    """Whoever may post to a route, at every route."""

    def __init__(self, world: World, snapshot: Snapshot) -> None:
        self.world, self.snapshot = world, snapshot
        self.routes = world.routes("POST")

    def post(self, rule: Rule, **more: Any) -> TestResponse:
        address = self.world.here.address(rule)
        headers = {"Accept": "application/json"}
        if self.snapshot.is_written():  # by an act before this one
            self.snapshot.restore()
        return self.world.admitted(rule).ask("POST", address, headers=headers, **more)


@pytest.fixture
def everybody(world, snapshot):
    return Everybody(world, snapshot)


@pytest.mark.parametrize("empty", [{"data": {"any": "thing"}}, {}], ids=["form", "nothing"])
def test_every_route_takes_a_form_or_nothing_at_all(everybody, empty):
    """Neither a body nor a type is how scripts press a button, and the browser's beacon does."""
    for rule in everybody.routes:
        answer = everybody.post(rule, **empty)
        is_wrong = empty and rule.endpoint == TAKES_JSON
        assert answer.status_code in ((415,) if is_wrong else (200, 303, 400, 409, 422)), rule
        assert "/sign-in?" not in answer.headers.get("Location", ""), rule


def test_what_is_no_form_is_refused(everybody):
    others = [("application/json", body) for body in JSON] + [(kind, "name=Ana") for kind in TYPES]
    for rule in everybody.routes:
        for kind, body in others:
            answer = everybody.post(rule, data=body, content_type=kind)
            is_taken = rule.endpoint == TAKES_JSON and kind == "application/json"
            assert answer.status_code == (400 if is_taken else 415), (rule, kind, body)
            assert answer.json["error"] == ("batch" if is_taken else "unsupported_media_type"), rule


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_a_person_is_told_so(everybody, headers):
    guest = everybody.world.visitors["attendee"]
    answer = guest.ask("POST", "/me", json={"name": "Ana"}, headers=headers)
    assert answer.status_code == 415
    assert 'data-code="415"' in answer.text
    assert ("<html" in answer.text) is not headers


def test_whatever_a_form_brings_is_answered(everybody):
    names = {name for form in form_classes() for name in field_names(form)}
    names |= {"talks-0-title", "talks-²-title", f"talks-{'9' * 5000}-title", "mode"}
    for rule in everybody.routes:
        doubled = {name: ["", "x", "9"] for name in names}
        files = {name: (io.BytesIO(b"x"), "x.txt") for name in names}
        for data in (doubled, files):
            answer = everybody.post(rule, data=data)
            assert answer.status_code < 500, (rule, data)
            assert answer.status_code < 400 or not answer.is_json or answer.json["error"], rule


@pytest.mark.parametrize(("kind", "body"), BROKEN)
def test_a_broken_form_is_an_empty_one(everybody, kind, body):
    rule = next(rule for rule in everybody.routes if rule.endpoint == "rsvp.answer")
    assert everybody.post(rule, data=body, content_type=kind).status_code == 422


@pytest.mark.slow
def test_a_field_may_be_missing_or_empty(everybody):
    """In every form of every page, one field after the other."""
    for visitor, form in everybody.world.forms():
        good = form_data(form)
        for name in [name for name in good if not re.match("csrf_token|talks-[1-9]", name)]:
            wrong: object
            for wrong in ([], " "):
                answer = visitor.ask("POST", form["action"], data={**good, name: wrong})
                assert answer.status_code < 500, (form["action"], name, wrong)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"name=" + b"x" * (MOST - 5), 422),
        (b"name=" + b"x" * (MOST - 4), 413),
        (b"a&" * 999 + b"a", 422),
        (b"a&" * 1000 + b"a", 413),
    ],
    ids=["long", "too long", "many fields", "too many fields"],
)
def test_a_form_has_a_size(everybody, body, status):
    rule = next(rule for rule in everybody.routes if rule.endpoint == "rsvp.answer")
    assert everybody.post(rule, data=body, content_type=URL_ENCODED).status_code == status


def test_a_form_that_hides_its_size_is_refused_as_well(everybody):
    rule = next(rule for rule in everybody.routes if rule.endpoint == "rsvp.answer")
    for body, status in ((b"name=x", 422), (b"name=" + b"x" * MOST, 413)):
        answer = everybody.post(
            rule,
            input_stream=io.BytesIO(body),
            content_type=URL_ENCODED,
            environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True},
        )
        assert answer.status_code == status


def test_only_where_a_file_is_expected_may_a_form_be_as_big_as_one(everybody):
    for rule in everybody.routes:
        if rule.endpoint != TAKES_JSON and rule.endpoint not in TAKE_FILES:
            file = {"file": (io.BytesIO(b"name\n" + b"x" * MOST), "list.csv")}
            assert everybody.post(rule, data=file).status_code == 413, rule


def test_an_empty_choice_is_none(make, browser):
    event = make.event()
    fields = {"name": "Ana Ruiz", "email": "ana@example.org", "listing": ""}
    browser().open(f"/e/{event.slug}").press("I'm coming", **fields)
    assert make.row(Rsvp).listing is None

"""A page about an error says what happened in words, and offers a way on that works: every route,
asked for what there is not, by who may not, by the wrong method, and with a form that is too old.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from werkzeug.exceptions import abort
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from tests.application import new_app
from tests.html import parse
from tests.migrated import migrate
from tests.routes.scenes import Scene
from tests.routes.world import Visitor, World

ROLES = ("stranger", "attendee", "organiser_elsewhere")
NO_SUCH = "nosuchthing12345678901"
CODES = (400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500)
SPANISH = {"Accept-Language": "es"}


def a_value_of_nothing(rule: Rule, argument: str) -> int | str:
    converter = rule._converters[argument]
    if isinstance(converter, AnyConverter):
        return str(min(converter.items))
    return 999_999 if argument.endswith("_id") else NO_SUCH


def address_of_nothing(rule: Rule) -> str | None:
    """An address of this route whose rows and secrets do not exist."""
    values = {name: a_value_of_nothing(rule, name) for name in rule.arguments}
    built = rule.build(values) if values else None
    return str(built[1]) if built else None


def addresses(world: World, rule: Rule) -> Iterator[str]:
    """Of what there is, and of what there is not."""
    yield world.here.address(rule)
    if nothing := address_of_nothing(rule):
        yield nothing


def page_of(answer: TestResponse) -> BeautifulSoup:
    return parse(answer.text if "html" in answer.mimetype else "")


def ways_on(page: BeautifulSoup) -> list[str]:
    return [str(way["href"]) for way in page.select("main a[href^='/']")]


def says_what_happened(page: BeautifulSoup) -> bool:
    return bool(page.select_one("main h1") and page.select_one("main p"))


def body_of(method: str, scene: Scene) -> dict[str, Any]:
    return {"data": scene.typed()} if method == "POST" else {}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_error_page_has_a_way_on_that_works(
    world: World, snapshot: Any, role: str, method: str
) -> None:
    visitor, opened, seen = world.visitors[role], {}, 0
    for rule in world.routes():
        for address in addresses(world, rule):
            answer = visitor.ask(method, address, **body_of(method, world.here))
            if answer.status_code < 400 or not (page := page_of(answer)).select_one("main"):
                continue
            seen += 1
            what = f"{method} {address}: {answer.status_code}"
            assert says_what_happened(page), what
            if page.select("main form[method=post]"):
                continue  # the form once more: it is the way on
            ways = ways_on(page)
            for way in ways:
                if way not in opened:
                    opened[way] = visitor.ask("GET", way).status_code
            assert any(opened[way] < 400 for way in ways), what
            primary = page.select("main .button:not(.quiet):not(.danger)")
            assert len(primary) == 1, f"{what}: {primary}"
    snapshot.restore()
    assert seen > 20


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """A site with a page that answers with the status that its address has."""
    path = tmp_path_factory.mktemp("failing") / "empty.db"
    app = new_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{path}")
    migrate(app)

    @app.route("/e/<slug>/fail/<int:status>", methods=["GET", "POST"])
    def fail(slug: str, status: int) -> None:
        abort(status)

    return Visitor(app)


@pytest.mark.parametrize("status", CODES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_status_is_said_in_the_readers_language(
    failing: Visitor, status: int, method: str
) -> None:
    failing.keep(failing.app.test_client())
    path = f"/e/none/fail/{status}"
    data: dict[str, Any] = {"data": {}} if method == "POST" else {}
    english, spanish = (
        page_of(failing.ask(method, path, headers=headers, **data)) for headers in ({}, SPANISH)
    )
    assert says_what_happened(english)
    assert words(english, "main h1") != words(spanish, "main h1")
    assert words(english, "[data-code]") != words(spanish, "[data-code]")
    assert "/" in ways_on(english)
    assert ways_on(english) == ways_on(spanish)


def words(page: BeautifulSoup, where: str) -> str:
    found = page.select_one(where)
    assert isinstance(found, Tag)
    return found.get_text(" ", strip=True)


@pytest.mark.parametrize("status", CODES)
def test_a_program_and_htmx_get_no_page(failing: Visitor, status: int) -> None:
    path = f"/e/none/fail/{status}"
    program = failing.ask("GET", path, headers={"Accept": "application/json"})
    assert list(program.json or {}) == ["error"]
    notice = failing.ask("GET", path, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert notice.headers["HX-Retarget"] == "#notice"
    assert page_of(notice).select_one("[data-code]")
    assert "<html" not in notice.text


def test_below_an_event_the_way_on_is_the_event(world: World) -> None:
    slug = world.here.arguments["slug"]
    for path in (f"/e/{slug}/no-such-page", f"/o/e/{slug}/no-such-page"):
        page = page_of(world.visitors["stranger"].ask("GET", path))
        assert ways_on(page)[0] == f"/e/{slug}"


def test_a_link_of_a_mail_that_is_no_longer_good_leads_to_a_new_one(world: World) -> None:
    for path in (f"/r/{NO_SUCH}", f"/sign-in/{NO_SUCH}", f"/sign-in/mailed/{NO_SUCH}"):
        stranger = page_of(world.visitors["stranger"].ask("GET", path))
        assert ways_on(stranger)[0] == "/sign-in?next=/me", path
        attendee = page_of(world.visitors["attendee"].ask("GET", path))
        assert ways_on(attendee)[0] == "/me", path


def test_a_notice_leads_on_as_well(world: World) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    for path, way in ((f"/r/{NO_SUCH}", "/sign-in?next=/me"), ("/no-such-page", "/")):
        notice = page_of(world.visitors["stranger"].ask("GET", path, headers=headers))
        assert notice.select_one("a")["href"] == way
        assert not notice.select(".button:not(.quiet)")


def test_an_address_that_only_takes_a_form_leads_to_its_page(world: World) -> None:
    slug = world.here.arguments["slug"]
    page = page_of(world.visitors["organiser"].ask("GET", f"/o/e/{slug}/unpublish"))
    assert ways_on(page)[0] == f"/o/e/{slug}"


def test_a_page_that_failed_offers_to_try_again(failing: Visitor) -> None:
    for status in (429, 500):
        path = f"/e/none/fail/{status}"
        assert ways_on(page_of(failing.ask("GET", path)))[0] == path

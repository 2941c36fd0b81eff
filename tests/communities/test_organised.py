"""/o/: the communities that one organises, and the way there."""

from __future__ import annotations

from collections.abc import Callable

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Organiser
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]


def test_organiser_finds_their_communities_and_no_others(make: Make, browser: Browsers) -> None:
    beers, cider = make.community(name="Cider"), make.community(name="Beers")
    make.community(name="Theirs")
    person = make.organiser(beers)
    with make.act():
        row = {"community_id": cider.id, "person_id": person.id, "since": clock.now()}
        db.session.add(Organiser(**row))
    page = make.signed_in(browser(), person).open("/")
    page.follow("Organise")
    assert page.url == "/o/"
    assert [h2.get_text() for h2 in page.page.select("main h2")] == ["Beers", "Cider"]
    assert page.follow("Cider").url == f"/o/{beers.slug}"


def test_stranger_is_asked_to_sign_in(make: Make, browser: Browsers) -> None:
    make.community()
    assert browser().open("/o/").url == "/sign-in?next=/o/"


def test_who_organises_nothing_is_refused_and_not_led_there(make: Make, browser: Browsers) -> None:
    page = make.signed_in(browser(), make.person())
    assert page.open("/o/").status == 403
    page.open("/")
    assert page.page.select("header a[href='/o/']") == []


def test_stranger_is_not_led_there(make: Make, browser: Browsers) -> None:
    assert browser().open("/").page.select("header a[href='/o/']") == []

"""Organisers put up a poster, renew it, take it down; nobody else does."""

from __future__ import annotations

import pytest

from eventapp.core.links import is_secret
from eventapp.model import Event
from tests.door.helpers import at_door


@pytest.fixture
def community(make):
    return make.community(language="es")


@pytest.fixture
def event(make, community):
    return make.event(community, title="Noche de datos")


@pytest.fixture
def olga(make, browser, community, htmx):
    return make.signed_in(browser(htmx=htmx), make.organiser(community))


def secret(make, event):
    return make.row(Event, id=event.id).poster_secret


def test_there_is_none_before_it_is_made(make, olga, event):
    olga.open(f"/o/e/{event.slug}/poster")
    assert secret(make, event) is None
    assert not olga.page.select(".poster")


def test_a_poster_is_made_and_leads_to_the_venue(make, browser, olga, event):
    olga.open(f"/o/e/{event.slug}").follow("Poster").press("Make a poster")
    assert is_secret(secret(make, event))
    assert olga.sees(f"/here/{secret(make, event)}")
    assert olga.page.select_one(".poster svg")
    assert browser().open(f"/here/{secret(make, event)}").sees("Noche de datos")


def test_it_says_whose_evening_it_is_when_and_what_to_do(make, olga, community, event):
    olga.open(f"/o/e/{event.slug}/poster").press("Make a poster")
    words = olga.one(".poster").get_text(" ", strip=True)
    start = event.starts_at.astimezone(event.zone)
    assert community.name in words
    assert f"{start.day} de " in words
    assert f"{start:%H:%M}–" in words
    steps = [[step.get_text() for step in part.select("li")] for part in olga.page.select("ol")]
    assert [len(one) for one in steps] == [3, 3]
    assert "characters before the @" in steps[1][1]
    assert "na27" in steps[1][1]


def test_it_speaks_the_communitys_language_and_english(make, olga, event):
    olga.open(f"/o/e/{event.slug}/poster").press("Make a poster")
    spoken = olga.page.select(".poster section[lang]")
    assert [part["lang"] for part in spoken] == ["es", "en"]
    assert "Check yourself in" in spoken[1].get_text()


def test_an_english_one_says_it_once(make, browser):
    community = make.community(language="en")
    event = make.event(community)
    olga = make.signed_in(browser(), make.organiser(community))
    olga.open(f"/o/e/{event.slug}/poster").press("Make a poster")
    assert [part["lang"] for part in olga.page.select(".poster section")] == ["en"]


def test_a_new_code_ends_the_old_one_at_once(make, browser, olga, event):
    olga.open(f"/o/e/{event.slug}/poster").press("Make a poster")
    before = secret(make, event)
    olga.press("Make a new code")
    assert browser().open(f"/here/{before}").status == 404
    assert browser().open(f"/here/{secret(make, event)}").status == 200


def test_taken_down_it_leads_nowhere(make, browser, olga, event):
    olga.open(f"/o/e/{event.slug}/poster").press("Make a poster")
    before = secret(make, event)
    olga.press("Take it down")
    assert secret(make, event) is None
    assert browser().open(f"/here/{before}").status == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["poster", "poster/take-down"])
@pytest.mark.parametrize("who", ["stranger", "helper", "guest", "other organiser"])
def test_it_is_the_organisers(make, browser, event, who, path, method):
    if (path, method) == ("poster/take-down", "GET"):
        return
    asking = browser().open("/sign-in")
    if who == "helper":
        at_door(make, asking, event)
    elif who == "guest":
        make.signed_in(asking, make.rsvp(event, "Ana").person)
    elif who == "other organiser":
        make.signed_in(asking, make.organiser(make.community()))
    asking.open("/sign-in")
    token = asking.page.find(attrs={"name": "csrf_token"})["value"]
    address, data = f"/o/e/{event.slug}/{path}", {"csrf_token": token}
    response = asking.client.open(address, method=method, data=data if method == "POST" else None)
    if who in ("guest", "other organiser"):
        assert response.status_code == 404
    else:
        assert (response.status_code, response.headers["Location"][:8]) == (303, "/sign-in")
    assert secret(make, event) is None

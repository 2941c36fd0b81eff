"""At the top of a mail: its community, by name and logo, and its event, by cover or colours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.mail import Composed, compose
from eventapp.core.outbox import OutboxMail
from eventapp.events.queries import mail_values
from eventapp.follow.actions import start_following, tell_followers
from eventapp.mails.kinds import _SAYS_NOW
from eventapp.met.actions import ask_who_they_met
from eventapp.model import Community, Event
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import (
    last_night,
    let_in,
    looking_back,
    mail_of_scan,
    mails_of_the_day,
    press,
)

Browsers = Callable[..., Browser]
BYTES_MOST = 60_000
EVENING = "2026-12-10T18:00:00+00:00"
# What the templates say, all of it at once, but for their letterhead.
SAID: dict[str, Any] = {
    **{"name": "Ana Ruiz", "status": "going", "party": 2, "waitlist_position": 3},
    **{"url": "http://localhost/r/key", "digits": "123456", "short_code": "ABC234", "minutes": 20},
    **{"calendar_url": "http://localhost/e/x/calendar.ics", "own_url": "http://localhost/r/key"},
    **{"has_new_time": True, "was_starts_at": EVENING, "was_ends_at": EVENING, "was_tz": "UTC"},
    **{"community": "Beers", "by": "Olga", "days": 7, "words": ["Is there a ramp?"]},
    **{"reply_to": "ana@example.org", "unsubscribe_url": "http://localhost/follow/key/end"},
    "asking": [{"name": "Bea", "title": "Cider", "url": "http://localhost/r/key/met"}] * 14,
    "confirmed": [{"name": "Carla", "title": "Cider", "url": "http://localhost/contacts"}],
    "people": [{"name": "Bea", "title": "Cider"}],
    **{"waiting": 3, "settings_url": "http://localhost/o/e/x#approval"},
    "crosses": ["email", "phone"],
    "newcomer": {"name": "Lucía", "why": "wants", "topics": ["tea"], "visits": 0},
    "meet": {
        "host": {"name": "Olga", "why": "offers", "topics": ["tea"], "visits": 4},
        "greets": [{"name": "Lucía", "visits": 0}],
        "people": [{"name": "Bea", "visits": 1}] * 3,
    },
    "meet_url": "http://localhost/r/key#meet",
    **{"told": "A good night.", "quotes": [["I left with an idea.", "Bea"], ["Late!", ""]]},
    **{
        "one": "Bea",
        "other": "Carla",
        "introducer": "Olga",
        "line": "tea",
        "reason": ["Tea", "You"],
    },
    **{"card": {"email": "carla@example.org", "phone": "+34600111222"}, "passer": "Olga"},
    **{"to_name": "Dan", "to_line": "Baker", "purpose": ["A job"], "days": 7, "said": ["Tea."]},
    **{"useful_url": "http://localhost/i/key", "not_yet_url": "http://localhost/i/key"},
    **{"no_url": "http://localhost/i/key"},
    **{"subject": "Bring a jumper", "message": "It's cold.", "whole_place": "Bar Central"},
}


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers", name="Beers")


def composed(make: Make, template: str, event: Event, language: str = "en") -> Composed:
    with make.app.app_context():
        about = mail_values(db.session.get_one(Event, event.id))
        news = {**about, "url": about["event_url"], "picture": about["head"]["picture"]}
        values = {**SAID, **about, "events": [news] * 5}
        return compose(OutboxMail(template=template, language=language, values=values))


def page_of(mail: Composed) -> BeautifulSoup:
    return BeautifulSoup(mail.html, "html.parser")


@pytest.mark.one_database
@pytest.mark.parametrize("template", sorted(_SAYS_NOW))
def test_every_kind_of_mail_is_whole_without_its_pictures(
    make: Make, beers: Community, template: str
) -> None:
    event = make.event(beers)
    make.cover(event)
    make.logo(beers)
    for language in ("es", "en"):
        is_whole(composed(make, template, event, language), language)


def is_whole(mail: Composed, language: str) -> None:
    page = page_of(mail)
    assert page.html is not None
    assert page.html["lang"] == language
    assert page.select_one("a.name").get_text() == "Beers"
    images = page.select("img")
    assert len(images) >= 2
    for image in images:
        assert str(image["src"]).startswith("http://localhost/")
        assert image.has_attr("alt")
        assert int(str(image["width"])) <= 520
        assert int(str(image["height"]))
    assert len(mail.html.encode()) <= BYTES_MOST
    assert "<" not in mail.text
    assert "/logo/" not in mail.text


def test_the_pictures_of_a_mail_are_there_for_any_mail_program(
    make: Make, browser: Browsers, beers: Community
) -> None:
    event = make.event(beers)
    make.cover(event, alt="A cellar")
    make.logo(beers)
    images = page_of(composed(make, "rsvp/mail/answered", event)).select("img")
    assert [image["alt"] for image in images] == ["", "A cellar"]
    for image in images:
        answer = browser().client.get(str(image["src"]).removeprefix("http://localhost"))
        assert answer.content_type == "image/jpeg"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_without_logo_and_cover_there_are_a_mark_and_the_colours_of_the_event(
    make: Make, beers: Community
) -> None:
    one, other = make.event(beers), make.event(beers)
    pages = [page_of(composed(make, "rsvp/mail/answered", event)) for event in (one, other)]
    for page in pages:
        assert page.select("img") == []
        assert page.select("td[aria-hidden]")[0].get_text() == "B"
    bands = [page.select("td[bgcolor]")[1]["bgcolor"] for page in pages]
    assert bands[0] != bands[1]


def test_a_draft_shows_no_cover(make: Make, beers: Community) -> None:
    event = make.event(beers, published_at=None)
    make.cover(event)
    assert page_of(composed(make, "rsvp/mail/answered", event)).select("img") == []


def heads(make: Make) -> list[dict[str, Any]]:
    """Of the mails that wait, the oldest first."""
    return [row.values["head"] for row in make.rows(OutboxMail)]


def test_what_is_mailed_about_an_event_has_its_picture(
    make: Make, browser: Browsers, beers: Community
) -> None:
    event = make.event(beers, starts_at=clock.now() + timedelta(days=9))
    fan = make.person("fan@example.org")
    page = browser().open(f"/e/{event.slug}")
    page.press("I'm coming", name="Ana Ruiz", email="ana@example.org")
    with make.act():
        start_following(db.session.merge(beers), fan, at=clock.now() - timedelta(days=9))
        db.session.get_one(Event, event.id).published_at = clock.now() - timedelta(hours=2)
    assert make.due(tell_followers) == 1
    for head in heads(make):
        assert head["name"] == "Beers"
        assert head["picture"] == {"event_id": event.id}


def test_what_is_mailed_by_a_community_has_its_name(
    make: Make, browser: Browsers, beers: Community
) -> None:
    browser().open("/c/beers/follow").press("Follow by email", email="fan@example.org")
    page = organiser_of(make, browser, beers).open("/o/beers/organisers")
    page.press("Make them an organiser", email="bo@example.org")
    for head in heads(make):
        assert (head["name"], head["url"]) == ("Beers", "http://localhost/c/beers")


def test_the_morning_after_has_the_picture_of_the_evening(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea"))
    let_in(make, ana, bea)
    assert make.due(ask_who_they_met) == 2
    press(looking_back(make, browser, ana), bea, "We met")
    assert mails_of_the_day(make) == 1
    assert [bool(head["picture"]) for head in heads(make)] == [True] * 3


def test_a_scanned_badge_has_the_picture_of_the_evening_for_its_guests_alone(
    make: Make, browser: Browsers
) -> None:
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana", "Bea"))
    for email in (ana.person.email, "stranger@example.org"):
        browser().open(f"/m/{bea.badge}").press("Email me the link", email=email)
        mail_of_scan(make, email)
    assert heads(make) == [{**heads(make)[0], "picture": {"event_id": event.id}}, None]


def test_a_mail_of_no_community_has_the_name_of_the_site(make: Make, browser: Browsers) -> None:
    make.person("ana@example.org")
    browser().open("/sign-in").press("Email me", email="ana@example.org")
    ((_, mail),) = make.mails("ana@example.org")
    (image,) = page_of(mail).select("img")
    assert "icon-192.png" in str(image["src"])
    assert page_of(mail).select_one("a.name").get_text() == "eventapp"

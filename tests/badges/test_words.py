"""What a badge says, and that its preview says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from eventapp.badges import queries
from eventapp.badges.formats import FORMATS, Format
from eventapp.badges.layout import Badge, lay_out
from eventapp.badges.marks import Words
from eventapp.communities.pictures import logo_files, set_logo
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, Event, Person, Rsvp
from tests.badges.reading import badges_of, opened, pages_of, pdf_behind
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import let_in

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(make.community(slug="beers"), slug="may", title="Beers in May")


def badges_page(make: Make, browser: Browsers, event: Event, query: str = "") -> Browser:
    return organiser_of(make, browser, event).open(f"/o/e/{event.slug}/badges{query}")


def test_an_imported_answer_stands_below_the_name(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana", answers={"Company": "Ink & Sons", "Diet": "none"})
    page = badges_page(make, browser, event)
    assert "Ink & Sons" not in page.text
    page.press("Show", line="Company")
    assert "Ink & Sons" in page.one("svg.sample").get_text()
    assert "Ink & Sons" in printed(page)
    assert "none" not in printed(page)


def printed(page: Browser) -> str:
    """What the PDF says."""
    return " ".join(word for sheet in pages_of(pdf_behind(page)) for word in sheet.words)


def test_words_are_in_the_language_of_the_community(make: Make, browser: Browsers) -> None:
    event = make.event(make.community(language="es"))
    make.rsvp(event, "Ana", ask_me_about="pan")
    assert "Pregúntame por" in printed(badges_page(make, browser, event))


def test_what_no_font_has_is_said_before_printing(
    make: Make, browser: Browsers, event: Event
) -> None:
    for name in ("Ana", "李小龙", "محمد عبد الله", "Zoë 🎉"):
        make.rsvp(event, name)
    assert not badges_page(make, browser, event).page.select("[data-incomplete]")
    make.rsvp(event, "\U0001e922 Adlam")
    notice = badges_page(make, browser, event).one("[data-incomplete]")
    assert notice["data-incomplete"] == "1"
    assert "\U0001e922 Adlam" in notice.get_text()


def test_the_preview_is_drawn_as_the_pdf_is(make: Make, browser: Browsers, event: Event) -> None:
    """Its letters are outlines, so that it needs no font of the browser's; they can be read out."""
    make.rsvp(event, "दीपक क्षत्रिय", ask_me_about="寿司")
    page = badges_page(make, browser, event)
    sample = page.one("svg.sample")
    assert {"दीपक", "क्षत्रिय", "寿司"} <= set(sample.desc.get_text().split("; "))
    assert not sample.select("text")
    words = [mark for mark in lay_out(*first_badge(make, event)) if isinstance(mark, Words)]
    assert [path["d"] for path in sample.select("path:not(.qr)")] == [mark.shape for mark in words]


def first_badge(make: Make, event: Event) -> tuple[Badge, Format]:
    with make.app.app_context():
        there = db.session.get_one(Event, event.id)
        return badges_of(there)[0], FORMATS[0]


def test_the_logo_is_in_preview_and_pdf(make: Make, browser: Browsers, event: Event) -> None:
    make.rsvp(event, "Ana")
    with make.act():
        community = db.session.get_one(Community, event.community_id)
        set_logo(community, logo_files(picture("#ffcc00")), at=clock.now())
    page = badges_page(make, browser, event)
    [image] = page.page.select("svg.sample image")
    assert page.client.get(str(image["href"])).mimetype.startswith("image/")
    with opened(pdf_behind(page)) as document:
        seen = document[0].render(scale=2).to_pil().convert("RGB")
    assert any(red > 240 and blue < 40 for _, (red, _, blue) in seen.getcolors(100_000) or [])


def picture(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (300, 300), colour).save(file, "PNG")
    return file.getvalue()


def test_hosts_and_first_timers_are_seen_by_their_colour(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana", badge_tells=True)
    page = badges_page(make, browser, event)
    assert page.page.select("svg.sample rect[rx][fill='#006436']")
    make.rsvp(event, "Aaron", badge_tells=True, hosts_since=clock.now())
    page = badges_page(make, browser, event)
    assert page.page.select("svg.sample rect[rx][fill='#a40044']")
    assert "Host · First time" in page.one("svg.sample").get_text()


def told(make: Make, event: Event) -> dict[str, tuple[bool, bool]]:
    with make.app.app_context():
        there = db.session.get_one(Event, event.id)
        found = queries.wearers(there, [rsvp.id for rsvp in make.rows(Rsvp, event_id=event.id)])
        return {each.rsvp.name: (each.is_new, each.is_host) for each in found.values()}


def test_first_timers_and_hosts_are_marked_only_if_they_want(make: Make, event: Event) -> None:
    make.rsvp(event, "Silent", hosts_since=clock.now())
    make.rsvp(event, "New", badge_tells=True)
    make.rsvp(event, "Host", badge_tells=True, hosts_since=clock.now())
    assert told(make, event) == {
        "Silent": (False, False),
        "New": (True, False),
        "Host": (True, True),
    }


def test_who_was_let_in_before_is_no_first_timer(make: Make, event: Event) -> None:
    def came(name: str, then: Event) -> Person:
        person = make.person(name=name)
        let_in(make, make.rsvp(then, name, person=person))
        return person

    same: dict[str, Any] = {"community": make.row(Community, id=event.community_id)}
    ago: dict[str, Any] = {"starts_at": event.starts_at - timedelta(days=30)}
    earlier, other = make.event(**same, **ago), make.event(**ago)
    later = make.event(**same, starts_at=event.starts_at + timedelta(days=30))
    tried = make.event(**same, **ago, rehearsal_of_id=earlier.id)
    people = {
        "Regular": came("Regular", earlier),
        "Of another community": came("Of another community", other),
        "Of a later event": came("Of a later event", later),
        "Of a rehearsal": came("Of a rehearsal", tried),
        "Stayed at home": make.person(name="Stayed at home"),
    }
    make.rsvp(earlier, "Stayed at home", person=people["Stayed at home"])
    for name, person in people.items():
        make.rsvp(event, name, person=person, badge_tells=True)
    new = {name for name, (is_new, _) in told(make, event).items() if is_new}
    assert new == set(people) - {"Regular"}


def test_each_badge_has_its_own_code(make: Make, browser: Browsers, event: Event) -> None:
    rsvps = [make.rsvp(event, f"Guest {number}") for number in range(9)]
    page = badges_page(make, browser, event, "?format=5395&start=5")
    assert page.one("[data-sheets]")["data-sheets"] == "2"
    codes = [[text for text, _ in each.codes] for each in pages_of(pdf_behind(page))]
    assert [len(each) for each in codes] == [4, 5]
    assert {text for each in codes for text in each} == {
        f"http://localhost/m/{rsvp.badge}" for rsvp in rsvps
    }


def test_no_secret_but_the_badges_own_is_on_paper(
    make: Make, browser: Browsers, event: Event
) -> None:
    rsvp = make.rsvp(event, "Ana")
    page = badges_page(make, browser, event)
    said = [page.response.text, printed(page)]
    for secret in (rsvp.key, rsvp.ticket, rsvp.person.email):
        assert not any(secret in each for each in said)

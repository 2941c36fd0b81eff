"""An organiser chooses labels, guests and what stands below the name, and prints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from eventapp.badges.formats import FORMATS
from eventapp.core import clock
from eventapp.core.zones import wall_clock
from eventapp.model import Event
from tests.badges.reading import label_under, pages_of, pdf_behind
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import let_in

Browsers = Callable[..., Browser]
LACKING = "\U0001e922"  # Adlam, of which no font here has letters
ZOE = f"Zoe {LACKING}"
PAGES = ["badges", "badges.pdf"]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(make.community(slug="beers"), slug="may", title="Beers in May")


def badges_page(make: Make, browser: Browsers, event: Event, query: str = "") -> Browser:
    return organiser_of(make, browser, event).open(f"/o/e/{event.slug}/badges{query}")


def printed(page: Browser) -> list[str]:
    """The names in the PDF that this choice leads to, without the event's."""
    return names_in(pdf_behind(page))


def names_in(file: bytes) -> list[str]:
    words = " ".join(" ".join(sheet.words) for sheet in pages_of(file))
    return [name.strip() for name in words.split("Beers in May") if name.strip()]


# Which guests


def test_everybody_who_comes_has_a_badge_in_the_order_of_names(
    make: Make, browser: Browsers, event: Event
) -> None:
    for name in ("zoe", "Ana Ruiz", "Ángela"):
        make.rsvp(event, name)
    for status in ("waitlisted", "pending", "cancelled", "not_going"):
        make.rsvp(event, f"Not {status}", status=status)
    make.rsvp(make.event(), "Elsewhere")
    page = badges_page(make, browser, event)
    assert page.one("[data-count]")["data-count"] == "3"
    assert printed(page) == ["Ana Ruiz", "Ángela", "zoe"]


def test_a_walk_in_with_a_name_alone_has_one(make: Make, browser: Browsers, event: Event) -> None:
    make.rsvp(event, "Wally", person=None, source="walk_in")
    assert printed(badges_page(make, browser, event)) == ["Wally"]


def test_who_is_in_already_can_be_left_out(make: Make, browser: Browsers, event: Event) -> None:
    ana = make.rsvp(event, "Ana")
    make.rsvp(event, "Bea")
    let_in(make, ana)
    page = badges_page(make, browser, event).press("Show", group="not_in")
    assert printed(page) == ["Bea"]


def test_only_who_was_added_since_the_last_sheet(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Early", created_at=clock.now() - timedelta(hours=1))
    page = badges_page(make, browser, event).follow("only those from now on")
    assert page.sees("Nobody to make a badge for")
    since = page.one("[name=since]")["value"]
    assert since == wall_clock(clock.now(), event.tz).strftime("%Y-%m-%dT%H:%M")
    make.rsvp(event, "Late")
    assert printed(page.press("Show")) == ["Late"]


def test_one_guest_alone_for_the_label_printer(make: Make, browser: Browsers, event: Event) -> None:
    make.rsvp(event, "Ana")
    bea = make.rsvp(event, "Bea")
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/guests")
    page.open(str(page.one(f"#guest-{bea.id} .name a")["href"])).follow("Print the badge")
    assert page.one("[name=format] [selected]")["value"] == "roll-62"
    assert page.one("[data-count]")["data-count"] == "1"
    page.press("Show", format="l4785", start="7")
    assert printed(page) == ["Bea"]


def test_another_events_guest_has_no_badge_here(
    make: Make, browser: Browsers, event: Event
) -> None:
    elsewhere = make.rsvp(make.event(), "Elsewhere")
    page = badges_page(make, browser, event, f"?guest={elsewhere.id}")
    assert page.sees("Nobody to make a badge for")
    assert not page.sees("Elsewhere")


# Sheets


def test_a_big_event_comes_in_parts(
    make: Make, browser: Browsers, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("views", "choice"):
        monkeypatch.setattr(f"eventapp.badges.{place}.PART", 3)
    for number in range(7):
        make.rsvp(event, f"Guest {number}")
    page = badges_page(make, browser, event, "?start=2")
    links = [str(a["href"]) for a in page.page.select("a[href*='badges.pdf'][target]")]
    assert page.sees("Badges 7 to 7")
    found = [names_in(page.client.get(link).data) for link in links]
    assert found == [
        ["Guest 0", "Guest 1", "Guest 2"],
        ["Guest 3", "Guest 4", "Guest 5"],
        ["Guest 6"],
    ]
    first, second = (pages_of(page.client.get(link).data)[0] for link in links[:2])
    assert [label_under(box, FORMATS[0]) for _, box in first.codes] == [1, 2, 3]
    assert [label_under(box, FORMATS[0]) for _, box in second.codes] == [0, 1, 2]


@pytest.mark.parametrize("part", [1, 2])
def test_what_no_font_has_is_said_of_all_files(
    make: Make, browser: Browsers, event: Event, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    for place in ("views", "choice"):
        monkeypatch.setattr(f"eventapp.badges.{place}.PART", 2)
    make.rsvp(event, "Ana", ask_me_about=LACKING)
    for name in ("Bea", "Cleo", "Dora", ZOE):
        make.rsvp(event, name)
    make.rsvp(event, "Eva", ask_me_about=f"bread {LACKING}")
    make.rsvp(event, "Flo", answers={"Firm": f"{LACKING} & Sons"})
    make.rsvp(event, "Gil", answers={"Table": LACKING})  # which is not printed
    page = badges_page(make, browser, event, f"?line=Firm&part={part}")
    told = page.one("[data-incomplete]")
    assert [name.get_text() for name in told.select("bdi")] == ["Ana", "Eva", "Flo", ZOE]


def test_badges_are_read_without_a_query_for_each(
    make: Make, browser: Browsers, event: Event, count_queries: Any
) -> None:
    page = organiser_of(make, browser, event)
    counted = []
    for _ in range(2):
        for _ in range(3):
            make.rsvp(event, "Ana", badge_tells=True)
        with count_queries() as queries_run:
            page.client.get(f"/o/e/{event.slug}/badges.pdf")
        counted.append(len(queries_run))
    assert counted[0] == counted[1]


# What is wrong, and who may not


def test_what_is_changed_changes_what_is_printed(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana")
    page = badges_page(make, browser, event)
    form = page.one("form[hx-get]")
    assert (form["hx-trigger"], form["hx-target"]) == ("change", "#badges")
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    part = page.client.get(f"{form['hx-get']}?format=roll-62", headers=headers).text
    assert part.count('id="badges"') == 1
    assert "<html" not in part
    assert "badges.pdf?format=roll-62" in part


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("format=l9999", "format"),
        ("line=No+such+question", "line"),
        ("group=everybody", "group"),
        ("start=0", "number"),
        ("start=x", "number"),
        ("format=5392&start=7", "start"),
        ("part=0", "number"),
        ("guest=ana", "guest"),
        ("guest=99999999999999", "guest"),
        ("since=yesterday", "time"),
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_a_wrong_choice_is_shown_beside_its_field(
    make: Make, browser: Browsers, event: Event, query: str, code: str, page: str
) -> None:
    make.rsvp(event, "Ana")
    shown = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/{page}?{query}")
    assert shown.status == 422
    assert code in shown.codes()
    assert not shown.page.select("svg.sample")


def test_an_hour_that_the_clocks_skip_is_refused(make: Make, browser: Browsers) -> None:
    event = make.event()
    page = badges_page(make, browser, event, "?since=2027-03-28T02:30")
    assert page.codes() == ["time_does_not_exist"]


@pytest.mark.parametrize("page", PAGES)
def test_without_guests_the_page_says_so(
    make: Make, browser: Browsers, event: Event, page: str
) -> None:
    shown = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/{page}")
    assert (shown.status, shown.sees("Nobody to make a badge for")) == (200, True)


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_asked_to_sign_in(browser: Browsers, event: Event, page: str) -> None:
    assert browser().open(f"/o/e/{event.slug}/{page}").url.startswith("/sign-in?next=")


@pytest.mark.parametrize("page", PAGES)
def test_guests_helpers_and_other_organisers_find_nothing(
    make: Make, browser: Browsers, event: Event, page: str
) -> None:
    ana = make.rsvp(event, "Ana")
    link = make.door_link(event)
    helper = make.signed_in(browser(), make.person())
    helper.open(f"/door/{link.secret}")
    for other in (
        make.signed_in(browser(), ana.person),
        make.signed_in(browser(), make.organiser(make.community())),
        helper,
    ):
        other.open(f"/o/e/{event.slug}/{page}")
        assert other.status == 404
        assert not other.sees("Ana")


def test_asking_for_badges_changes_nothing(make: Make, browser: Browsers, event: Event) -> None:
    make.rsvp(event, "Ana")
    page = organiser_of(make, browser, event)
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        for address in PAGES:
            page.open(f"/o/e/{event.slug}/{address}")
            assert page.client.post(f"/o/e/{event.slug}/{address}").status_code in (400, 405)


@pytest.mark.parametrize(("reads", "is_said"), [("es", True), ("en", False)])
def test_who_reads_another_language_is_told_which_one_badges_have(
    make: Make, browser: Browsers, event: Event, reads: str, is_said: bool
) -> None:
    make.rsvp(event, "Ana")
    page = badges_page(make, lambda: browser(language=reads), event)
    told = page.page.select("[data-language]")
    assert [one.get_text() for one in told] == (
        ["Las palabras van en el idioma de la comunidad: English."] if is_said else []
    )

"""An organiser chooses labels, guests and what stands below the name, and prints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from eventapp.badges import queries
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.zones import wall_clock
from eventapp.model import Community, Event, Person
from tests.badges.reading import pages_of
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.met.evening import let_in

Browsers = Callable[..., Browser]
PAGES = ["badges", "badges.pdf", "badges/print"]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(make.community(slug="beers"), slug="may", title="Beers in May")


def badges_page(make: Make, browser: Browsers, event: Event, query: str = "") -> Browser:
    return organiser_of(make, browser, event).open(f"/o/e/{event.slug}/badges{query}")


def names_on(page: Browser) -> list[str]:
    return [str(badge["data-badge"]) for badge in page.page.select("[data-badge]")]


def printed(page: Browser) -> list[str]:
    """The names on the print page that this choice leads to."""
    return names_on(page.follow("Print"))


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
    page.open(str(page.one(f"#guest-{bea.id} a[aria-label='Badge for Bea']")["href"]))
    assert page.one("[name=format] [selected]")["value"] == "roll-62"
    assert page.one("[data-count]")["data-count"] == "1"
    page.press("Show", format="l4785", start="7")
    assert names_on(page.follow("Print")) == ["Bea"]


def test_another_events_guest_has_no_badge_here(
    make: Make, browser: Browsers, event: Event
) -> None:
    elsewhere = make.rsvp(make.event(), "Elsewhere")
    page = badges_page(make, browser, event, f"?guest={elsewhere.id}")
    assert page.sees("Nobody to make a badge for")
    assert not page.sees("Elsewhere")


# What they say


def test_an_imported_answer_stands_below_the_name(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana", answers={"Company": "Ink & Sons", "Diet": "none"})
    page = badges_page(make, browser, event)
    assert "Ink & Sons" not in page.text
    page.press("Show", line="Company")
    assert "Ink & Sons" in page.one("svg.sample").get_text()
    page.follow("Print")
    assert "Ink & Sons" in page.one("[data-badge=Ana]").get_text()
    assert "none" not in page.one("[data-badge=Ana]").get_text()


def test_words_are_in_the_language_of_the_community(make: Make, browser: Browsers) -> None:
    event = make.event(make.community(language="es"))
    make.rsvp(event, "Ana", ask_me_about="pan")
    page = badges_page(make, browser, event).follow("Print")
    assert "Pregúntame por" in page.one("[data-badge]").get_text()


def test_what_the_pdf_cannot_draw_is_said(make: Make, browser: Browsers, event: Event) -> None:
    make.rsvp(event, "Ana")
    assert not badges_page(make, browser, event).page.select("[data-incomplete]")
    make.rsvp(event, "李小龙")
    notice = badges_page(make, browser, event).one("[data-incomplete]")
    assert notice["data-incomplete"] == "1"
    assert "李小龙" in notice.get_text()


def told(make: Make, event: Event) -> dict[str, tuple[bool, bool]]:
    with make.app.app_context():
        there = db.session.get_one(Event, event.id)
        found = queries.wearers(there, queries.Chosen(), limit=100)
        return {wearer.rsvp.name: (wearer.is_new, wearer.is_host) for wearer in found}


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


# Sheets, PDF and print alike


def test_the_pdf_and_the_print_page_say_the_same(
    make: Make, browser: Browsers, event: Event
) -> None:
    rsvps = [make.rsvp(event, f"Guest {number}") for number in range(9)]
    page = badges_page(make, browser, event, "?format=5395&start=5")
    assert page.one("[data-sheets]")["data-sheets"] == "2"
    pages = pages_of(page.download("PDF"))
    codes = [[text for text, _ in each.codes] for each in pages]
    assert [len(each) for each in codes] == [4, 5]
    assert {text for each in codes for text in each} == {
        f"http://localhost/m/{rsvp.badge}" for rsvp in rsvps
    }
    page.follow("Print")
    sheets = page.page.select("[data-sheet]")
    assert [len(sheet.select("[data-badge]")) for sheet in sheets] == [4, 5]


def test_no_secret_but_the_badges_own_is_on_paper(
    make: Make, browser: Browsers, event: Event
) -> None:
    rsvp = make.rsvp(event, "Ana")
    page = badges_page(make, browser, event).follow("Print")
    assert rsvp.key not in page.response.text
    assert rsvp.ticket not in page.response.text
    assert rsvp.person.email not in page.response.text


def test_the_print_page_brings_the_size_of_its_paper(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana")
    page = badges_page(make, browser, event, "?format=roll-62").follow("Print")
    css = page.one("link[rel=stylesheet][href^='/badges/']")
    answer = browser().client.get(str(css["href"]))
    assert answer.mimetype == "text/css"
    assert "size: 62mm 100mm" in answer.text.replace(".0mm", "mm")
    assert "margin: 0" in answer.text


def test_a_big_event_comes_in_parts(
    make: Make, browser: Browsers, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.badges.views.PART", 3)
    for number in range(7):
        make.rsvp(event, f"Guest {number}")
    page = badges_page(make, browser, event, "?start=2")
    links = [str(a["href"]) for a in page.page.select("a[href*='badges/print']")]
    assert page.sees("Badges 7 to 7")
    found = [names_on(page.open(link)) for link in links]
    assert found == [
        ["Guest 0", "Guest 1", "Guest 2"],
        ["Guest 3", "Guest 4", "Guest 5"],
        ["Guest 6"],
    ]
    assert str(page.page.select_one("[data-badge]")["transform"]).startswith("translate(17.5 ")


def test_badges_are_read_without_a_query_for_each(
    make: Make, browser: Browsers, event: Event, count_queries: Any
) -> None:
    page = organiser_of(make, browser, event)
    counted = []
    for _ in range(2):
        for _ in range(3):
            make.rsvp(event, "Ana", badge_tells=True)
        with count_queries() as queries_run:
            page.open(f"/o/e/{event.slug}/badges/print")
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
    assert "badges/print?format=roll-62" in part


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
    assert not names_on(shown)


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


def test_papers_that_do_not_exist_are_not_found(browser: Browsers, event: Event) -> None:
    assert browser().client.get("/badges/l9999.css").status_code == 404


def test_asking_for_badges_changes_nothing(make: Make, browser: Browsers, event: Event) -> None:
    make.rsvp(event, "Ana")
    page = organiser_of(make, browser, event)
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        for address in PAGES:
            page.open(f"/o/e/{event.slug}/{address}")
            assert page.client.post(f"/o/e/{event.slug}/{address}").status_code in (400, 405)

"""Companions have badges of their own, beside the guest's; walk-ins have blank ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eventapp.badges.choice import Choice
from eventapp.badges.drawer import draw_sheets
from eventapp.badges.formats import FORMATS
from eventapp.badges.queries import Chosen
from eventapp.core.db import db
from eventapp.model import BadgeSheet, Event
from tests.badges.reading import label_under, pages_of, pdf_behind
from tests.badges.test_choose import badges_page, names_in, printed
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]
TITLE = "Beers in May"


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(make.community(slug="beers"), slug="may", title=TITLE)


@pytest.fixture
def table(make: Make, event: Event) -> Event:
    """Ana with Zoe and somebody; Bea alone."""
    make.rsvp(event, "Bea")
    make.rsvp(event, "Ana Ruiz", companions=2, companion_names=["Zoe Sol"])
    return event


def test_a_party_stays_together_and_each_of_it_has_a_badge(
    make: Make, browser: Browsers, table: Event
) -> None:
    page = badges_page(make, browser, table)
    assert page.one("[data-count]")["data-count"] == "4"
    assert printed(page) == [
        "Ana Ruiz",
        "Zoe Sol with Ana Ruiz",
        "with Ana Ruiz",
        "Bea",
    ]


@pytest.mark.parametrize(
    ("companions", "of_ana"),
    [
        ("blank", ["Zoe Sol with Ana Ruiz", "with Ana Ruiz"]),
        ("guest_of", ["Zoe Sol with Ana Ruiz", "Guest of Ana Ruiz"]),
        ("named", ["Zoe Sol with Ana Ruiz"]),
        ("none", []),
    ],
)
def test_an_organiser_chooses_which_companions_have_one(
    make: Make, browser: Browsers, table: Event, companions: str, of_ana: list[str]
) -> None:
    page = badges_page(make, browser, table).press("Show", companions=companions)
    assert printed(page) == ["Ana Ruiz", *of_ana, "Bea"]
    assert page.one("[data-count]")["data-count"] == str(2 + len(of_ana))


def test_nothing_can_stand_below_their_names(make: Make, browser: Browsers, table: Event) -> None:
    page = badges_page(make, browser, table).press("Show", companion_line="nothing")
    assert printed(page) == ["Ana Ruiz", "Zoe Sol", "Bea"]
    assert [len(each.texts) > 0 for each in pages_of(pdf_behind(page))] == [True]


def test_answers_of_the_guest_are_not_their_companions(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana = {"answers": {"Company": "Ink"}, "ask_me_about": "bread", "badge_tells": True}
    make.rsvp(event, "Ana", companions=1, companion_names=["Zoe"], **ana)
    page = badges_page(make, browser, event, "?line=Company&companion_line=nothing")
    assert printed(page) == ["First time Ana Ink Ask me about bread", "Zoe"]


def test_a_companion_has_no_code_as_the_party_arrives_by_the_guests(
    make: Make, browser: Browsers, event: Event
) -> None:
    ana = make.rsvp(event, "Ana", companions=2, companion_names=["Zoe"])
    page = badges_page(make, browser, event, "?blanks=2")
    [sheet] = pages_of(pdf_behind(page))
    [(address, box)] = sheet.codes
    assert address.endswith(ana.badge)
    assert label_under(box, FORMATS[0]) == 0
    assert {label_under(box, FORMATS[0]) for box in sheet.texts} == {0, 1, 2, 3, 4}


def test_words_are_in_the_language_of_the_community(make: Make, browser: Browsers) -> None:
    event = make.event(make.community(language="es"), title=TITLE)
    make.rsvp(event, "Ana Ruiz", companions=2, companion_names=["Zoe"])
    page = badges_page(make, browser, event, "?companions=guest_of")
    assert printed(page) == ["Ana Ruiz", "Zoe con Ana Ruiz", "Acompañante de Ana Ruiz"]


def test_a_phone_beside_a_companions_name_is_on_no_badge(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana", companions=1, companion_names=["Zoe 600 111 222"])
    assert printed(badges_page(make, browser, event)) == ["Ana", "with Ana"]
    assert printed(badges_page(make, browser, event, "?companions=named")) == ["Ana"]


def test_a_guest_whose_name_no_font_has_leaves_a_line_to_write_on(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "\U0001e922", companions=1)
    page = badges_page(make, browser, event, "?companions=guest_of")
    assert page.one("[data-incomplete]")["data-incomplete"] == "2"
    assert "Guest of" not in " ".join(printed(page))


# What the page says and shows


def test_the_page_counts_each_kind(make: Make, browser: Browsers, table: Event) -> None:
    make.rsvp(table, "Cleo", companions=2, companion_names=["Dan", "Eve"])
    page = badges_page(make, browser, table, "?blanks=5")
    assert page.sees("12 badges")
    said = [each.get_text() for each in page.page.select("[data-tally] li")]
    assert said == [
        "3 for guests",
        "3 for companions by name",
        "1 for a companion without a name",
        "5 blank",
    ]


def test_who_has_no_companions_is_not_counted_twice(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana")
    assert not badges_page(make, browser, event).page.select("[data-tally]")


def test_the_preview_shows_one_of_each_kind(make: Make, browser: Browsers, table: Event) -> None:
    page = badges_page(make, browser, table, "?blanks=5")
    shown = [svg.find("title").get_text() for svg in page.page.select("svg.sample")]
    assert shown == [
        "The badge of Ana Ruiz",
        "The badge of Zoe Sol",
        "A blank badge",
        "A blank badge",
    ]
    assert [len(svg.select(".qr")) for svg in page.page.select("svg.sample")] == [1, 0, 0, 0]
    page.press("Show", companions="guest_of")
    assert page.page.select("svg.sample title")[2].get_text() == "Guest of Ana Ruiz"


# Many of them


def test_parts_are_counted_in_badges(
    make: Make, browser: Browsers, table: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("views", "choice"):
        monkeypatch.setattr(f"eventapp.badges.{place}.PART", 2)
    page = badges_page(make, browser, table, "?blanks=1&companions=guest_of")
    links = [str(a["href"]) for a in page.page.select("a[href*='badges.pdf'][target]")]
    found = [names_in(page.client.get(link).data) for link in links]
    assert found == [
        ["Ana Ruiz", "Zoe Sol with Ana Ruiz"],
        ["Guest of Ana Ruiz", "Bea"],
        [],
    ]


def test_a_name_that_no_font_has_is_said_of_companions_too(
    make: Make, browser: Browsers, event: Event
) -> None:
    make.rsvp(event, "Ana", companions=1, companion_names=["Zoe \U0001e922"])
    told = badges_page(make, browser, event).one("[data-incomplete]")
    assert [name.get_text() for name in told.select("bdi")] == ["Zoe \U0001e922"]


def test_the_worker_draws_them_as_they_were_chosen(
    make: Make, browser: Browsers, table: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.badges.views.AT_ONCE", 2)
    page = badges_page(make, browser, table, "?blanks=1&companions=guest_of").press("Make the PDF")
    make.due(draw_sheets)
    page.follow("Look again")
    assert page.sees("5 badges")
    file = page.client.get(str(page.one("#sheet a[target]")["href"])).data
    assert names_in(file)[:4] == [
        "Ana Ruiz",
        "Zoe Sol with Ana Ruiz",
        "Guest of Ana Ruiz",
        "Bea",
    ]


def test_a_sheet_that_was_asked_for_before_companions_had_badges_is_still_shown(
    make: Make, browser: Browsers, table: Event
) -> None:
    wanted: dict[str, Any] = Choice(FORMATS[0].code, Chosen(), "", 1).as_json()
    for name in ("companions", "companion_line", "blanks"):
        del wanted[name]
    with make.act():
        at = table.created_at
        sheet = BadgeSheet(event_id=table.id, choice=wanted, count=2, created_at=at)
        db.session.add(sheet)
    make.due(draw_sheets)
    assert [row.done for row in make.rows(BadgeSheet)] == [2]


def test_they_are_read_without_a_query_for_each(
    make: Make, browser: Browsers, event: Event, count_queries: Any
) -> None:
    page = badges_page(make, browser, event)
    counted = []
    for _ in range(2):
        for _ in range(3):
            make.rsvp(event, "Ana", companions=2, companion_names=["Zoe"])
        with count_queries() as queries_run:
            page.client.get(f"/o/e/{event.slug}/badges.pdf")
        counted.append(len(queries_run))
    assert counted[0] == counted[1]


def test_one_guest_brings_the_companions_along(make: Make, browser: Browsers, table: Event) -> None:
    ana = make.rsvp(table, "Aida", companions=1, companion_names=["Zita"])
    page = badges_page(make, browser, table, f"?guest={ana.id}&format=l4785")
    assert printed(page) == ["Aida", "Zita with Aida"]

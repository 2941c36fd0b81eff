"""A guest tells the hosts of a question on a talk. Of an anonymous one nobody learns by that who
asked, and of one by name only who may know already.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.conduct.actions import Said, answer_report, report_question
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, ConductReport, Event, FloorQuestion, Organiser, Person, Rsvp
from eventapp.rsvp.actions import cancel
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, going_on, guest, hide, opened
from tests.make import Make

Browsers = Callable[..., Browser]
TOLD = "That's an insult"
INSULT = "Are you all fools?"


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers", name="Beers", contact_email="beers@example.org")


@pytest.fixture
def event(make: Make, beers: Community) -> Event:
    make.organiser(beers, "olga@example.org")
    event = going_on(make, community=beers, slug="may", title="Beers in May")
    opened(make, event)
    return event


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return guest(make, event, "Ana Ruiz")


@pytest.fixture
def bea(make: Make, event: Event) -> Rsvp:
    return guest(make, event, "Bea Gil")


def tell(make: Make, browser: Browser, ana: Rsvp) -> Browser:
    page: Browser = make.signed_in(browser, ana.person).open("/e/may/questions")
    assert page.follow("Report it").one("h1").get_text() == "Report this question"
    return page.press("Send it to the hosts", words=TOLD)


def told(make: Make, ana: Rsvp, question_id: int) -> int:
    with make.act():
        row = report_question(
            db.session.get_one(FloorQuestion, question_id),
            Said(TOLD, names_reporter=False),
            by=db.session.get_one(Person, ana.person_id),
            at=clock.now(),
        )
        db.session.flush()
        return row.id


def as_host(make: Make, browser: Browsers, email: str = "olga@example.org") -> Browser:
    page: Browser = make.signed_in(browser(), make.row(Person, email=email))
    return page.open("/o/beers/conduct")


def hosts_too(make: Make, beers: Community, rsvp: Rsvp) -> str:
    """Have this guest host as well; their address."""
    row = {"community_id": beers.id, "person_id": rsvp.person_id, "since": clock.now()}
    with make.act():
        db.session.add(Organiser(**row))
    return str(rsvp.person.email)


def test_hosts_read_what_it_is_about_and_find_it_where_they_can_hide_it(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp, htmx: bool
) -> None:
    ask(make, bea, INSULT)
    page = tell(make, browser(htmx=htmx), ana)
    assert page.sees("The hosts have it")
    assert page.open("/me").sees("about a question on a talk")
    olga = as_host(make, browser)
    report = olga.one("[data-report]")
    assert all(words in report.get_text() for words in ("About a question", INSULT, TOLD))
    anchor = str(report.select("a[href*='/floor#']")[0]["href"]).partition("#")[2]
    asked = olga.follow("See it among the questions, where you can hide it")
    assert asked.one(f"#{anchor}")["data-question"] == str(make.row(FloorQuestion).id)
    asked.press(f"Hide: {INSULT}")
    assert make.row(FloorQuestion).state == "hidden"


def test_the_answer_reaches_who_told_and_is_in_the_log(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp
) -> None:
    told(make, ana, ask(make, bea, INSULT, anonymous=True))
    olga = as_host(make, browser).press("Send the answer", words="We hid it")
    assert olga.open("/o/beers/log").sees("answered a report")
    assert make.signed_in(browser(), ana.person).open("/me").sees("We hid it")
    assert not make.signed_in(browser(), bea.person).open("/me").sees("We hid it")


def test_of_an_anonymous_one_nothing_is_kept_of_who_asked(
    make: Make, browser: Browsers, beers: Community, event: Event, ana: Rsvp, bea: Rsvp
) -> None:
    """Not by who of the hosts reads it, either: Bea does, who asked it and hosts."""
    make.organiser(beers)
    email = hosts_too(make, beers, bea)
    told(make, ana, ask(make, bea, INSULT, anonymous=True))
    assert make.row(ConductReport).about_id is None
    for host in ("olga@example.org", email):
        page = as_host(make, browser, host)
        assert page.sees(TOLD)
        assert not page.one("[data-report]").find(string=lambda text: "Bea" in text)


def test_a_host_who_asked_by_name_does_not_read_it_nor_that_it_was_answered(
    make: Make, browser: Browsers, beers: Community, ana: Rsvp, bea: Rsvp
) -> None:
    email = hosts_too(make, beers, bea)
    told(make, ana, ask(make, bea, INSULT))
    as_host(make, browser).press("Send the answer", words="We hid it")
    page = as_host(make, browser, email)
    assert not page.sees(TOLD)
    assert not page.open("/o/beers/log").sees("answered a report")


def test_where_only_one_hosts_and_asked_they_read_it(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    olga = make.row(Person, email="olga@example.org")
    told(make, ana, ask(make, guest(make, event, "Olga", person=olga), INSULT))
    assert as_host(make, browser).sees(TOLD)


def test_the_report_names_nobody_so_that_a_block_is_not_told(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp
) -> None:
    told(make, ana, ask(make, bea, INSULT))
    assert make.row(ConductReport).about_id == bea.person_id
    assert not as_host(make, browser).sees("Bea Gil")


@pytest.mark.parametrize("why", ["waiting", "hidden", "elsewhere", "no place"])
def test_what_a_guest_does_not_see_they_cannot_report(
    make: Make, browser: Browsers, beers: Community, event: Event, ana: Rsvp, bea: Rsvp, why: str
) -> None:
    one = ask(make, bea, INSULT, shown=why != "waiting")
    page = make.signed_in(browser(), ana.person)
    if why == "hidden":
        hide(make, one)
    elif why == "elsewhere":
        other = going_on(make, community=beers, slug="june")
        opened(make, other)
        one = ask(make, guest(make, other, "Eva Gil"), WORDS)
    elif why == "no place":
        with make.act():
            cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
    assert page.open(f"/e/may/conduct/questions/{one}").response.status_code == 404
    assert page.open("/e/may/questions").sees("Report it") is (why == "elsewhere")


def test_their_own_has_no_way_to_be_reported(make: Make, browser: Browsers, ana: Rsvp) -> None:
    ask(make, ana, INSULT)
    page = make.signed_in(browser(), ana.person).open("/e/may/questions")
    assert page.sees(INSULT)
    assert not page.sees("Report it")


def test_once_withdrawn_the_report_has_its_words_no_more(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp
) -> None:
    ask(make, bea, INSULT)
    tell(make, browser(), ana)
    browser().open(f"/r/{bea.key}/questions").press(f"Withdraw: {INSULT}")
    olga = as_host(make, browser)
    assert olga.sees("It has been withdrawn since.")
    assert olga.sees(TOLD)
    assert not olga.sees(INSULT)
    with make.act():
        answer_report(db.session.query(ConductReport).one(), "It's gone", at=clock.now())

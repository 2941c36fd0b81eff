"""A guest writes what they take with them, for whom they choose; changes it, and withdraws it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import json

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.impressions.actions import forget_old_impressions
from eventapp.met.actions import ask_who_they_met
from eventapp.model import Community, Event, Impression, Rsvp, Talk
from eventapp.model.limits import IMPRESSION_MOST, IMPRESSIONS_MOST
from tests.browser import Browser, form_data
from tests.impressions.evening import came, wrote
from tests.make import Make

Browsers = Callable[..., Browser]
WORDS = "Ask first what it's for <b hx-get='/me/delete'>"
PLACE = "/e/may/impressions"


@pytest.fixture
def event(make: Make, event: Event) -> Event:
    with make.act():
        db.session.add(Talk(event_id=event.id, title="On pricing"))
    return event


def of(make: Make, browser: Browser, rsvp: Rsvp, place: str = PLACE) -> Browser:
    page: Browser = make.signed_in(browser, rsvp.person)
    return page.open(place)


def write(page: Browser, words: str = WORDS, **fields: str) -> Browser:
    return page.press("Write it down", words=words, **{"audience": "attendees", **fields})


def test_who_was_there_reads_it_with_the_name_and_what_it_is_about(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp, htmx: bool
) -> None:
    write(of(make, browser(htmx=htmx), ana), talk="On pricing")
    page = of(make, browser(), bea)
    assert page.sees(WORDS)
    assert page.sees("Ana Ruiz")
    assert page.sees("On “On pricing”")
    assert not page.page.select("[hx-get='/me/delete']")


def test_the_mail_of_the_morning_after_leads_there_without_signing_in(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    make.due(ask_who_they_met)
    ((_, mail),) = make.mails(ana.person.email)
    assert f"/r/{ana.key}/impressions" in mail.text
    page = write(browser().open(f"/r/{ana.key}/impressions"))
    assert page.url.endswith(f"/r/{ana.key}/impressions")
    assert page.one("[data-own] .letter").text == WORDS
    assert [row.person_id for row in make.rows(Impression)] == [ana.person_id]


@pytest.mark.parametrize("place", ["/e/may/met", "/r/{key}", "/e/may"])
def test_pages_of_the_evening_lead_there(
    make: Make, browser: Browsers, ana: Rsvp, place: str
) -> None:
    page = of(make, browser(), ana, place.format(key=ana.key))
    label = "What do you take with you?" if place.startswith("/r") else "Impressions"
    assert page.follow(label).one("#write")


def test_a_strangers_page_of_the_event_leads_there_only_to_what_is_for_everyone(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    of_ana = write(of(make, browser(), ana))
    assert not browser().open("/e/may").sees("Impressions")
    write(of_ana, "For all", audience="everyone")
    page = browser().open("/e/may").follow("Impressions")
    assert page.sees("For all")
    assert page.sees("Somebody who was there")
    assert not page.sees("Ana Ruiz")
    assert not page.sees(WORDS)


@pytest.mark.parametrize(
    ("listing", "told", "named"),
    [
        ("nobody", "Your name doesn't stand beside it", False),
        ("attendees", "Your name stands beside it for those who were there", True),
        ("everyone", "you let everyone see you", True),
    ],
)
def test_the_form_says_beside_which_name_it_stands(
    make: Make, browser: Browsers, event: Event, bea: Rsvp, listing: str, told: str, named: bool
) -> None:
    eva = came(make, event, "Eva Sol", listing=listing)
    page = of(make, browser(), eva)
    assert page.sees(told)
    write(page)
    assert of(make, browser(), bea).sees("Eva Sol") == named


def test_who_did_not_come_neither_reads_nor_writes(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    page = of(make, browser(), ana)
    form = page.one("#write form")
    write(page)
    no_show = make.rsvp(event, "Nil Mas", listing="attendees")
    page = of(make, browser(), no_show)
    assert not page.sees(WORDS)
    assert not page.page.select("#write")
    own = {"csrf_token": page.one("[name=csrf_token]")["value"]}
    page.submit(form, {**form_data(form), **own, "words": "Great!"})
    assert page.codes() == ["not_there"]
    assert len(make.rows(Impression)) == 1


def test_what_is_for_the_hosts_is_read_by_them_alone(
    make: Make, browser: Browsers, beers: Community, ana: Rsvp, bea: Rsvp
) -> None:
    write(of(make, browser(), ana), audience="hosts")
    assert not of(make, browser(), bea).sees(WORDS)
    olga = make.signed_in(browser(), make.organiser(beers)).open("/o/e/may").follow("Impressions")
    assert olga.sees(WORDS)
    assert olga.sees("Ana Ruiz")
    assert not olga.open(PLACE).sees(WORDS)


def test_hosts_hide_it_from_others_and_its_writer_is_told(
    make: Make, browser: Browsers, beers: Community, ana: Rsvp, bea: Rsvp, htmx: bool
) -> None:
    write(of(make, browser(), ana))
    olga = make.signed_in(browser(htmx=htmx), make.organiser(beers)).open("/o/e/may/impressions")
    olga.press("Hide it")
    assert not of(make, browser(), bea).sees(WORDS)
    assert of(make, browser(), ana).sees("The hosts have hidden it")
    olga.press("Show it again")
    assert of(make, browser(), bea).sees(WORDS)
    log = olga.open("/o/beers/log")
    assert log.sees("hid an impression")
    assert log.sees("showed an impression again")


def test_a_change_is_what_everybody_reads_at_once(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp, htmx: bool
) -> None:
    page = write(of(make, browser(htmx=htmx), ana))
    page.open(PLACE).press("Save", words="Second thoughts", audience="attendees")
    shown = of(make, browser(), bea)
    assert shown.sees("Second thoughts")
    assert not shown.sees(WORDS)
    page.open(PLACE).press("Save", words="Second thoughts", audience="hosts")
    assert not of(make, browser(), bea).sees("Second thoughts")


def test_a_change_made_from_an_older_one_changes_nothing(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    page = write(of(make, browser(), ana)).open(PLACE)
    form = page.one("[data-own] details form")
    page.press("Save", words="Second thoughts", audience="attendees")
    page.submit(form, {**form_data(form), "words": "Other ones"})
    assert page.codes() == ["edited_meanwhile"]
    assert page.sees("Other ones")
    assert [row.words for row in make.rows(Impression)] == ["Second thoughts"]


@pytest.mark.parametrize("place", [PLACE, "/me"])
def test_it_is_withdrawn_at_any_time_for_good(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp, place: str, htmx: bool
) -> None:
    write(of(make, browser(), ana))
    with time_machine.travel(clock.now() + timedelta(days=70)):
        page = of(make, browser(htmx=htmx), ana, place)
        assert not page.page.select("#write")  # it has closed
        page.press("Withdraw it")
        assert not page.sees(WORDS)
        assert not of(make, browser(), bea).sees(WORDS)
    assert not make.rows(Impression)


def test_nobody_changes_or_withdraws_what_another_wrote(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp
) -> None:
    page = write(of(make, browser(), ana)).open(PLACE)
    (written,) = make.rows(Impression)
    forms = page.page.select("[data-own] form")
    assert [form["action"] for form in forms] == [
        f"{PLACE}/{written.id}",
        f"{PLACE}/{written.id}/withdraw",
    ]
    other = of(make, browser(), bea)
    own = {"csrf_token": other.page.select("[name=csrf_token]")[0]["value"]}
    for form in forms:
        other.submit(form, {**form_data(form), **own, "words": "Not me"})
    assert [row.words for row in make.rows(Impression)] == [WORDS]


@pytest.mark.parametrize("words", ["", "  \n", "x" * (IMPRESSION_MOST + 1), "bell \x07"])
def test_what_cannot_be_kept_is_refused_in_words(
    make: Make, browser: Browsers, ana: Rsvp, words: str
) -> None:
    page = write(of(make, browser(), ana), words)
    assert page.codes()
    assert not make.rows(Impression)


def test_a_form_sent_twice_is_one_and_there_are_so_many_at_most(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    page = of(make, browser(), ana)
    form = page.one("#write form")
    for _ in range(2):
        page.submit(form, {**form_data(form), "words": WORDS})
    assert len(make.rows(Impression)) == 1
    for number in range(1, IMPRESSIONS_MOST):
        write(page.open(PLACE), f"Thought {number}")
    assert write(page.open(PLACE), "One too many").codes() == ["too_many_impressions"]
    assert len(make.rows(Impression)) == IMPRESSIONS_MOST


def test_it_is_in_the_export_and_goes_with_its_writer(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    page = write(of(make, browser(), ana))
    (said,) = json.loads(page.open("/me/export").response.data)["impressions_you_wrote"]
    assert (said["event"], said["words"], said["audience"]) == ("Beers in May", WORDS, "attendees")
    page.open("/me/delete").press("Delete me for good", sure="yes")
    assert not make.rows(Impression)


@pytest.mark.parametrize(("months", "kept"), [(None, 12), (3, 3), (99, 12)])
def test_it_is_kept_as_long_as_its_community_says(
    make: Make, browser: Browsers, beers: Community, ana: Rsvp, months: int | None, kept: int
) -> None:
    with make.act():
        db.session.get_one(Community, beers.id).keep_impressions_months = months
    write(of(make, browser(), ana))
    with time_machine.travel(clock.now() + timedelta(days=28 * kept)):
        assert make.due(forget_old_impressions) == 0
    with time_machine.travel(clock.now() + timedelta(days=31 * kept)):
        assert make.due(forget_old_impressions) == 1
    assert not make.rows(Impression)


def test_ids_tell_nobody_what_others_wrote(
    make: Make, browser: Browsers, ana: Rsvp, bea: Rsvp
) -> None:
    theirs = wrote(make, ana, audience="hosts")
    page = of(make, browser(), bea)
    token = {"csrf_token": page.page.select("[name=csrf_token]")[0]["value"]}
    answers = [
        page.client.post(f"{PLACE}/{written}/withdraw", data=token)
        for written in (theirs, theirs + 1)
    ]
    assert len({(one.status_code, one.location) for one in answers}) == 1
    assert make.rows(Impression)

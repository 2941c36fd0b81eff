"""Somebody blocks another guest: neither sees anything of the other any more. Nobody is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eventapp.conduct import actions
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.mails.kinds import says_now
from eventapp.met.actions import remind_of_follow_ups, tell_who_met_them
from eventapp.model import Block, Community, Encounter, OutboxMail, Person, Rsvp
from eventapp.model.limits import BLOCKS_A_DAY_MOST
from tests.browser import Browser
from tests.contacts.evening import card, met, noted
from tests.door.helpers import at_door
from tests.greeting.evening import plan, regular
from tests.make import Make
from tests.met.evening import last_night, mails_of_the_day

Browsers = Callable[..., Browser]


@pytest.fixture
def pair(make: Make) -> tuple[Rsvp, Rsvp]:
    """Ana and Bea, who both said last night that they met, and share their cards."""
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    met(make, ana, bea)
    for rsvp in (ana, bea):
        card(make, rsvp.person)
    return ana, bea


def blocks(make: Make, one: Rsvp, other: Rsvp) -> None:
    with make.act():
        person = db.session.get_one(Person, one.person_id)
        actions.block(person, db.session.get_one(Rsvp, other.id), at=clock.now())


def pages_of(browser: Browser, rsvp: Rsvp) -> dict[str, str]:
    """What this guest, signed in, is shown of people they met and may meet."""
    event = f"/e/{rsvp.event.slug}"
    own = ["/contacts", "/contacts.vcf", "/contacts.csv", "/me/card", f"/r/{rsvp.key}/met"]
    paths = [event, f"{event}/people", f"{event}/met", *own]
    answers = {path: browser.client.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: answer.text for path, answer in answers.items()}


def test_one_tap_and_neither_sees_the_other(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = make.signed_in(browser(htmx=htmx), ana.person)
    page.open("/contacts").follow("Block or report").press("Block Bea Gil")
    assert page.sees("You two don't see each other here any more")
    for rsvp, other in (pair, pair[::-1]):
        reader = make.signed_in(browser(), rsvp.person)
        shown = pages_of(reader, rsvp)
        assert not [path for path, text in shown.items() if other.name in text]
        assert other.name not in reader.client.get("/me/export").text.replace(
            '"name": "Bea Gil",\n      "since"' if rsvp is ana else "", ""
        )
    assert not make.mails()


@pytest.mark.parametrize("reach", ["people", "met", "by_key"])
def test_it_begins_on_every_list(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], reach: str
) -> None:
    ana, bea = pair
    page = make.signed_in(browser(), ana.person) if reach != "by_key" else browser()
    starts = {"people": f"/e/{ana.event.slug}/people", "met": f"/e/{ana.event.slug}/met"}
    page.open(starts.get(reach, f"/r/{ana.key}/met"))
    page.follow("Block or report").press("Block Bea Gil")
    (row,) = make.rows(Block)
    assert (row.blocker_id, row.blocked_id, row.name) == (ana.person_id, bea.person_id, "Bea Gil")


def test_undone_it_gives_back_what_both_had_given_and_no_more(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    carla = make.rsvp(ana.event, "Carla Gil", listing="attendees")
    noted(make, carla, ana)
    for other in (bea, carla):
        blocks(make, ana, other)
    page = make.signed_in(browser(htmx=htmx), ana.person).open("/me")
    page.press("Unblock Bea Gil").press("Unblock Carla Gil")
    assert not page.page.select("[data-block]")
    shown = page.open("/contacts")
    assert shown.one("[data-contact='Bea Gil']")["data-mutual"] == "yes"
    assert bea.person.email in shown.text
    assert not shown.page.select("[data-contact='Carla Gil']")
    assert page.open(f"/e/{ana.event.slug}/met").one(f"#guest-{carla.id}")["data-state"] == "asked"


def test_who_was_blocked_too_stays_apart(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    blocks(make, ana, bea)
    blocks(make, bea, ana)
    page = make.signed_in(browser(), ana.person).open("/me").press("Unblock Bea Gil")
    assert not any("Bea Gil" in text for text in pages_of(page, ana).values())


def test_to_the_blocked_they_look_like_somebody_who_is_not_listed(
    make: Make, browser: Browsers
) -> None:
    event = last_night(make)
    bea = make.rsvp(event, "Bea Gil", listing="attendees")
    ana = make.rsvp(event, "Ana Ruiz", listing="attendees")
    noel = make.rsvp(event, "Noel Nadie", listing="nobody")
    blocks(make, ana, bea)
    page = make.signed_in(browser(), bea.person)
    here = f"/e/{event.slug}"
    for path in ("{here}/people?q={name}", "{here}/met?q={name}", "/m/{badge}"):
        ask = [path.format(here=here, name=one.name, badge=one.badge) for one in (ana, noel)]
        hidden, unlisted = (page.open(address).text for address in ask)
        assert neutral(hidden, ana) == neutral(unlisted, noel)
    for act in ("", "/decline", "/forget", "/decline/undo"):
        answers = [post(page, f"{here}/met/{one.id}{act}") for one in (ana, noel)]
        assert answers == [404, 404]
    for act in ("/block", ""):
        paths = [f"{here}/conduct/{one.id}{act}" for one in (ana, noel)]
        assert [post(page, path) if act else get(page, path) for path in paths] == [404, 404]


def test_who_blocks_somebody_learns_of_no_other_event_whether_they_answered(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    blocks(make, ana, bea)
    later = make.event()
    make.rsvp(later, "Ana Ruiz", person=ana.person, listing="attendees")
    theirs = [
        make.rsvp(event, "Bea Gil", person=bea.person, listing=listing)
        for event, listing in ((later, "attendees"), (make.event(), "nobody"))
    ]
    make.rsvp(theirs[1].event, "Ana Ruiz", person=ana.person)
    page = make.signed_in(browser(), ana.person)
    paths = [f"/e/{rsvp.event.slug}/conduct/{rsvp.id}" for rsvp in (bea, *theirs)]
    assert [get(page, path) for path in paths] == [200, 404, 404]
    assert [post(page, f"{path}/block") for path in paths] == [303, 404, 404]


def neutral(text: str, rsvp: Rsvp) -> str:
    for word in (rsvp.badge, rsvp.name, rsvp.name.replace(" ", "+"), rsvp.name.replace(" ", "%20")):
        text = text.replace(word, "…")
    lines = [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]
    return "\n".join(lines)


def get(page: Browser, path: str) -> int:
    return page.client.get(path).status_code


def post(page: Browser, path: str) -> int:
    token = page.open("/me").page.select("[name=csrf_token]")[0]["value"]
    return page.client.post(path, data={"csrf_token": token}).status_code


def test_what_was_said_a_moment_ago_is_gone_too(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    page = make.signed_in(browser(), bea.person).open(f"/e/{event.slug}/met").press("We met")
    assert page.sees("You met Ana Ruiz.")
    blocks(make, ana, bea)
    assert "Ana Ruiz" not in page.open(f"/e/{event.slug}/met").text


def test_a_suggestion_can_be_blocked_too(make: Make, browser: Browsers) -> None:
    event = make.event(starts_at=clock.now() + timedelta(hours=2))
    said: Any = {"ask_me_about": "Rust", "want_to_learn": "Rust"}
    ana, bea = (regular(make, event, name, **said) for name in ("Ana Ruiz", "Bea Gil"))
    assert plan(make)
    page = browser().open(f"/r/{ana.key}")
    assert page.one("#suggestions").find(string="Bea Gil")
    page.follow("Block or report").press("Block Bea Gil")
    for rsvp, other in ((ana, bea), (bea, ana)):
        assert other.name not in browser().open(f"/r/{rsvp.key}").text


def test_hosts_and_doors_see_both_as_before(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    olga = make.signed_in(browser(), make.organiser(make.row(Community)))
    door = at_door(make, browser(), ana.event)
    addresses = (olga, "/o/e/{}/guests"), (door, "/e/{}/door?q=bea"), (door, "/e/{}/door?q=ana")
    before = [page.open(address.format(ana.event.slug)).guests() for page, address in addresses]
    assert before == [["Bea Gil", "Ana Ruiz"], ["Bea Gil"], ["Ana Ruiz"]]
    blocks(make, ana, bea)
    after = [page.open(address.format(ana.event.slug)).guests() for page, address in addresses]
    assert after == before


def test_a_host_who_comes_is_shown_the_list_as_before_they_were_blocked(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, _ = pair
    olga = make.organiser(make.row(Community))
    own = make.rsvp(ana.event, "Olga", person=olga, listing="attendees")
    make.rsvp(ana.event, "Noel Nadie", listing="nobody")
    page, here = make.signed_in(browser(), olga), f"/e/{ana.event.slug}/people"
    before = [neutral(page.open(path).text, own) for path in (here, f"{here}?q=ana")]
    assert "Only the hosts can see them" in before[0]
    blocks(make, ana, own)
    after = [neutral(page.open(path).text, own) for path in (here, f"{here}?q=ana")]
    assert after == before


def test_no_mail_says_their_name_any_more(make: Make, pair: tuple[Rsvp, Rsvp]) -> None:
    """Neither one that waits already, nor one that would be written; nor later, once unblocked."""
    ana, _ = pair
    carla = make.rsvp(ana.event, "Carla Gil", listing="attendees")
    day = clock.now().astimezone(ana.event.zone).date()
    noted(make, ana, carla, follow_up_on=day, tell_at=clock.now() - timedelta(hours=1))
    assert make.due(tell_who_met_them) == 1
    (waiting,) = [mail for mail, _ in make.mails(carla.person.email)]
    blocks(make, carla, ana)
    with make.act():
        assert says_now(waiting, clock.now()) is None
        row = db.session.query(Encounter).filter_by(met_id=carla.id).one()
        row.tell_at = clock.now() - timedelta(hours=1)
    assert mails_of_the_day(make) == 1
    assert make.due(remind_of_follow_ups) == 0
    assert len(make.mails()) == 1
    with make.act():
        actions.unblock(db.session.get_one(Person, carla.person_id), make.row(Block).id)
    assert mails_of_the_day(make) == 0
    assert make.due(remind_of_follow_ups) == 1


def test_a_day_of_blocks_is_limited(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    ana = make.rsvp(event, "Ana Ruiz", listing="attendees")
    last = make.rsvp(event, "Bea Gil", listing="attendees")
    for number in range(BLOCKS_A_DAY_MOST):
        make_row(make, ana, make.person(), f"Guest {number}")
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/conduct/{last.id}")
    page.press("Block Bea Gil")
    assert page.status == 409
    assert page.sees(f"You've blocked {BLOCKS_A_DAY_MOST} people within a day")
    assert len(make.rows(Block)) == BLOCKS_A_DAY_MOST


def make_row(make: Make, blocker: Rsvp, blocked: Any, name: str) -> None:
    pair = {"blocker_id": blocker.person_id, "blocked_id": blocked.id}
    with make.act():
        db.session.add(Block(**pair, name=name, since=clock.now()))


def test_blocks_are_in_the_file_of_who_made_them_and_go_with_either(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    blocks(make, ana, bea)
    files = [
        json.loads(make.signed_in(browser(), one.person).client.get("/me/export").text)
        for one in pair
    ]
    told = [file["people_you_blocked"] for file in files]
    assert [[block["name"] for block in blocked] for blocked in told] == [["Bea Gil"], []]
    page = make.signed_in(browser(), bea.person).open("/me/delete")
    page.press("Delete me")
    assert not make.rows(Block)
    assert not [mail for mail in make.rows(OutboxMail) if "Bea Gil" in json.dumps(mail.values)]


def test_who_is_shown_to_everyone_is_told_that_this_goes_on(make: Make, browser: Browsers) -> None:
    event = last_night(make)
    ana, bea = (make.rsvp(event, name, listing="everyone") for name in ("Ana Ruiz", "Bea Gil"))
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/conduct/{bea.id}")
    assert page.sees("so whoever isn't signed in sees you too.")

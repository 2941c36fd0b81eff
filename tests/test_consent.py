"""Whatever people answer, meet, tick, take back, hide, block, report, ask, write and delete: each
page, file, feed and mail, read as each of them, as a stranger and as a helper at the door, shows
what its owner agreed to.

Where a word of a guest (see `told`) is found, its reader was told it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain, permutations
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.attendees.queries import Viewer
from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import block_between
from eventapp.contacts import actions as cards
from eventapp.core import clock, mail
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.outbox import OutboxMail
from eventapp.floor.actions import Asked, ask_question, withdraw_question
from eventapp.impressions.actions import Said, withdraw_impression, write_impression
from eventapp.me.actions import delete_person
from eventapp.met import actions as met
from eventapp.met.queries import Attendee, meeting_if_seen
from eventapp.model import Audience, FloorQuestion, Impression, Person
from eventapp.rsvp import actions as rsvp_actions
from tests.browser import Browser
from tests.make import Make
from tests.properties import HealthCheck, Phase, given, settings, st
from tests.told import NAMES, Evening, Guest, blocked_by, evening_of, shared_with, told_to

FIELDS = ("email", "phone", "company")
GUESTS = st.integers(0, len(NAMES) - 1)
PAIRS = list(permutations(range(len(NAMES)), 2))
SAID = st.sampled_from(
    ["meet", "meet", "decline", "forget", "withdraw", "share again", "block", "unblock", "report"]
)
BETWEEN_TWO = st.tuples(SAID, st.sampled_from(PAIRS)).map(lambda step: (step[0], *step[1]))
STEPS = st.one_of(
    BETWEEN_TWO,
    BETWEEN_TWO,
    st.tuples(st.sampled_from(["ask", "write", "withdraw words"]), GUESTS, st.booleans()),
    st.tuples(st.just("tick"), GUESTS, st.sets(st.sampled_from(FIELDS))),
    st.tuples(st.just("list"), GUESTS, st.sampled_from(["nobody", "attendees", "everyone"])),
    st.tuples(st.just("answer"), GUESTS, st.sampled_from(["going", "maybe", "not_going"])),
)
EVERYBODY_MET = [
    *(("tick", number, set(FIELDS)) for number in range(len(NAMES))),
    *(("meet", *pair) for pair in PAIRS),
]
DELETION = st.tuples(st.just("delete"), GUESTS, st.just(0))
STORIES = st.tuples(st.lists(STEPS, min_size=12, max_size=40), st.lists(DELETION, max_size=1))
LOOKS_EVERY = 6  # steps: looking costs more than acting
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # making a story shorter takes minutes
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=3, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORIES)
def test_whatever_people_do_everybody_is_told_only_what_was_agreed_to(
    app: Flask, browser: Callable[[], Browser], make: Make, story: Any
) -> None:
    follow(app, evening_of(browser, make), story)


@pytest.mark.long
@settings(max_examples=150, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(story=STORIES)
def test_the_same_in_thousands_of_steps(
    app: Flask, browser: Callable[[], Browser], make: Make, story: Any
) -> None:
    follow(app, evening_of(browser, make), story)


def follow(app: Flask, evening: Evening, story: tuple[list[Any], list[Any]]) -> None:
    at = clock.now()
    steps, deletions = [*EVERYBODY_MET, *story[0]], story[1]
    for number, (verb, one, other) in enumerate([*steps, *deletions], start=1):
        at += timedelta(seconds=1)
        with app.app_context():
            act(evening, verb, one, other, at)
        if number >= len(steps):
            look(app, evening)
        elif number % LOOKS_EVERY == 0:
            look(app, evening, briefly=True)


def act(evening: Evening, verb: str, one: int, other: Any, at: Any) -> None:
    """One step. What the rules refuse changes nothing, and who is deleted does nothing."""
    guest = evening.guests[one]
    if (person := guest.person) is None:
        return
    try:
        with transaction():
            match verb:
                case "tick":
                    cards.keep_card(person, {}, shared=other, at=at)
                case "list":
                    rsvp_actions.confirm(guest.rsvp, at=at, listing=other)
                case "answer":
                    rsvp_actions.say(guest.rsvp, other, at=at, note=f"said{guest.code}")
                case "delete":
                    delete_person(person, at=at)
                case "ask" | "write" | "withdraw words":
                    act_with_words(verb, guest, person, at, is_anonymous=other)
                case _ if evening.guests[other].person:
                    act_on(verb, guest, evening.guests[other], person, at)
    except Refusal:
        db.session.rollback()


def act_with_words(verb: str, guest: Guest, person: Person, at: Any, *, is_anonymous: bool) -> None:
    """What they ask waits for a host, and what they write is for the hosts."""
    rsvp = guest.rsvp
    if verb == "ask":
        ask_question(rsvp, Asked(guest.question, None, is_anonymous), at=at)
    elif verb == "write":
        write_impression(attendee(guest), Said(guest.impression, Audience.HOSTS), at=at)
    else:
        for one in db.session.scalars(select(Impression).filter_by(person_id=person.id)):
            withdraw_impression(person, one.id)
        for asked in db.session.scalars(select(FloorQuestion).filter_by(rsvp_id=rsvp.id)):
            withdraw_question(rsvp, asked.id)


def act_on(verb: str, guest: Guest, other: Guest, person: Person, at: Any) -> None:
    them, holder = other.rsvp, other.person
    assert holder is not None
    if verb == "withdraw":
        cards.withdraw(person, holder, at=at)
    elif verb == "share again":
        cards.share_again(person, holder)
    elif verb == "unblock":
        if block := block_between(person, them):
            conduct.unblock(person, block.id)
    elif meeting_if_seen(asking := attendee(guest), them.id):
        if verb == "meet":
            note = {"note": guest.note_on(other.code), "follow_up_on": date(2027, 1, 8)}
            met.say_we_met(asking, them, at=at, note=note)
        elif verb == "block":
            conduct.block(person, them, at=at)
        elif verb == "report":
            said = conduct.Said(guest.report_on(other.code), names_reporter=False)
            conduct.report(them.event, said, by=person, about=holder, at=at)
        else:
            getattr(met, verb)(asking, them, at=at)


def attendee(guest: Guest) -> Attendee:
    row, person = guest.rsvp, guest.person
    assert person is not None
    return Attendee(row.event, person, row, Viewer(person, row))


def look(app: Flask, evening: Evening, *, briefly: bool = False) -> None:
    """Read everything as everybody; or, because that takes longer than what was done, the guests'
    own pages alone.
    """
    words = {word for guest in evening.guests for word in guest.words}
    names = {guest.name.lower() for guest in evening.guests}
    with app.app_context():
        public = told_to(evening, None)
        told = {guest: told_to(evening, guest) for guest in evening.guests}
        shared = {guest: shared_with(evening, guest) for guest in evening.guests}
        blocked = {guest: set(blocked_by(guest).values()) for guest in evening.guests}
        mails = list(mails_to(evening))
    for guest in evening.guests:
        for path, page in own_pages(evening, guest):
            refuse(words - told[guest], page, f"{guest.name} at {path}")
            if path == "/contacts.vcf":
                assert {word for word in shared[guest] if word in page} == shared[guest]
    if briefly:
        return
    for guest in evening.guests:
        for path, page in further_pages(evening, guest):
            on_own_page = blocked[guest] if path in ("/me", "/me/export") else set()
            refuse(words - told[guest] - on_own_page, page, f"{guest.name} at {path}")
    for path, page in pages_of_anybody(evening, evening.stranger):
        refuse(words - public, page, f"a stranger at {path}")
    for path, page in pages_at_the_door(evening):
        refuse(words - public - names, page, f"a helper at {path}")
    for guest, mailed in mails:
        refuse(words - guest.words - names, mailed, f"a mail to {guest.name}")


def refuse(secret: set[str], page: str, where: str) -> None:
    shown = {word for word in secret if word in page}
    assert not shown, f"{shown} was shown to {where}: {page}"


def mails_to(evening: Evening) -> Iterator[tuple[Guest, str]]:
    for guest in evening.guests:
        for row in db.session.scalars(select(OutboxMail).where(OutboxMail.to_email == guest.email)):
            composed = mail.compose(row)
            yield guest, f"{composed.text} {composed.html}".lower()


def pages_of_anybody(evening: Evening, client: FlaskClient) -> Iterator[tuple[str, str]]:
    event = f"/e/{evening.slug}"
    paths = ["/", f"/c/{evening.community}", event, f"{event}/people", f"{event}/calendar.ics"]
    paths += [f"{event}/people?q={guest.name}" for guest in evening.guests]
    paths += [f"/m/{guest.badge}" for guest in evening.guests]
    return read(client, paths)


def own_pages(evening: Evening, guest: Guest) -> Iterator[tuple[str, str]]:
    event, own = f"/e/{evening.slug}", f"/r/{guest.key}"
    paths = ["/contacts", "/contacts.vcf", f"{event}/people", f"{event}/met", f"{own}/met"]
    paths += [f"{own}/{page}" for page in ("questions", "impressions", "conduct")]
    return read(guest.client, [*paths, *guest.feeds])


def further_pages(evening: Evening, guest: Guest) -> Iterator[tuple[str, str]]:
    files = ["vcf?all=1", "csv?all=1", "csv?for=google&all=1", "csv?for=outlook&all=1"]
    paths = [f"/contacts.{file}" for file in files]
    paths += ["/me", "/me/export", "/me/card", "/me/card/qr", f"/r/{guest.key}"]
    return chain(read(guest.client, paths), pages_of_anybody(evening, guest.client))


def pages_at_the_door(evening: Evening) -> Iterator[tuple[str, str]]:
    door = f"/e/{evening.slug}/door"
    searches = [f"{door}?q={guest.name}" for guest in evening.guests]
    return read(evening.helper, [door, *searches, f"{door}/roster"])


def read(client: FlaskClient, paths: list[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        answer = client.get(path)
        assert answer.status_code < 500, path
        page = answer.text.replace("\r\n ", "").lower()
        typed = path.partition("?q=")[2].lower()  # which the page repeats
        for said in (f'value="{typed}"', f"q={typed}", f"“{typed}”") if typed else ():
            page = page.replace(said, "")
        yield path, page

"""Whatever people answer, meet, tick, take back, hide, block, report, ask, vote, write and delete:
each page, file, feed and mail, read as each of them, as a stranger and as a helper at the door,
shows what its owner agreed to.

Where a word of a guest (see `told`) is found, its reader was told it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, permutations
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.core import clock, mail
from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail
from tests.acting import act
from tests.browser import Browser
from tests.make import Make
from tests.properties import HealthCheck, Phase, given, settings, st
from tests.told import (
    NAMES,
    Evening,
    Guest,
    blocked_by,
    evening_of,
    shared_with,
    told_on_floor,
    told_to,
)

FIELDS = ("email", "phone", "company")
GUESTS = st.integers(0, len(NAMES) - 1)
PAIRS = list(permutations(range(len(NAMES)), 2))
SAID = st.sampled_from(
    [
        *("meet", "meet", "decline", "forget", "withdraw", "share again"),
        *("block", "unblock", "report", "vote"),
    ]
)
BETWEEN_TWO = st.tuples(SAID, st.sampled_from(PAIRS)).map(lambda step: (step[0], *step[1]))
STEPS = st.one_of(
    BETWEEN_TWO,
    BETWEEN_TWO,
    st.tuples(st.sampled_from(["ask", "write", "withdraw words"]), GUESTS, st.booleans()),
    st.tuples(st.sampled_from(["show", "show", "hide"]), GUESTS, st.just(0)),
    st.tuples(st.just("tick"), GUESTS, st.sets(st.sampled_from(FIELDS))),
    st.tuples(st.just("list"), GUESTS, st.sampled_from(["nobody", "attendees", "everyone"])),
    st.tuples(st.just("answer"), GUESTS, st.sampled_from(["going", "maybe", "not_going"])),
)
EVERYBODY_MET = [
    *(("tick", number, set(FIELDS)) for number in range(len(NAMES))),
    *(("meet", *pair) for pair in PAIRS),
]
EVERYBODY_ASKED = [  # by name but for one; then one is apart from another, and one isn't listed
    *(("ask", number, number == 1) for number in range(len(NAMES))),
    *(("show", number, 0) for number in range(len(NAMES))),
    *(("vote", 1, 2), ("block", 0, 1), ("list", 2, "nobody")),
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
    steps, deletions = [*EVERYBODY_MET, *EVERYBODY_ASKED, *story[0]], story[1]
    for number, (verb, one, other) in enumerate([*steps, *deletions], start=1):
        at += timedelta(seconds=1)
        with app.app_context():
            act(evening, verb, one, other, at)
        if number >= len(steps):
            look(app, evening)
        elif number % LOOKS_EVERY == 0:
            look(app, evening, briefly=True)


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
        on_floor = {guest: told_on_floor(evening, guest) for guest in (*evening.guests, None)}
        mails = list(mails_to(evening))
    for guest in evening.guests:
        for path, page in own_pages(evening, guest):
            refuse(words - told[guest], page, f"{guest.name} at {path}")
            if path == "/contacts.vcf":
                assert {word for word in shared[guest] if word in page} == shared[guest]
            elif path.endswith("/questions"):
                others = words - guest.words
                assert {word for word in others if word in page} == on_floor[guest], guest.name
    for path, page in read(evening.stranger, [evening.wall]):
        assert {word for word in words if word in page} == on_floor[None], path
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

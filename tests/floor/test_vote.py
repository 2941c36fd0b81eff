"""One vote each, taken back by a second tap; never for one's own question."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.floor import actions
from eventapp.model import Event, FloorQuestion, FloorVote, Rsvp
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, going_on, guest, hide, opened, vote
from tests.make import Make

Browsers = Callable[..., Browser]
ME_TOO = f"Me too: {WORDS}"


@pytest.fixture
def asked(make: Make, event: Event) -> int:
    return ask(make, guest(make, event, "Ana"))


@pytest.fixture
def bea(make: Make, browser: Browsers, event: Event, asked: int, htmx: bool) -> Browser:
    page: Browser = make.signed_in(browser(htmx=htmx), guest(make, event, "Bea").person)
    return page.open(f"/e/{event.slug}/questions")


def votes(page: Browser) -> str:
    return str(page.one("button[data-votes]")["data-votes"])


def test_a_tap_and_a_second_tap(make: Make, bea: Browser) -> None:
    assert votes(bea.press(f"{ME_TOO} (0)")) == "1"
    assert bea.one("button[data-votes]")["aria-pressed"] == "true"
    assert votes(bea.press(f"{ME_TOO} (1)")) == "0"
    assert not make.rows(FloorVote)


def test_from_a_page_of_before_it_counts_once(make: Make, bea: Browser) -> None:
    form = bea.one("[data-question] form")
    data = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    for _ in range(2):
        bea.client.post(str(form["action"]), data=data)
    assert len(make.rows(FloorVote)) == 1


def test_the_most_wanted_come_first_and_answered_ones_last(
    make: Make, event: Event, asked: int, bea: Browser
) -> None:
    second = ask(make, guest(make, event, "Cai"), "Second?")
    third = ask(make, guest(make, event, "Dan"), "Third?")
    for rsvp in (guest(make, event, f"Voter {number}") for number in range(2)):
        vote(make, rsvp, third), vote(make, rsvp, asked)
    vote(make, guest(make, event, "One more"), third)
    assert order(bea) == [third, asked, second]
    with make.act():
        actions.answer_question(db.session.get_one(FloorQuestion, third), at=clock.now())
    assert order(bea) == [asked, second, third]


def order(page: Browser) -> list[int]:
    page.open(page.url)
    return [int(str(tag["data-question"])) for tag in page.page.select("[data-question]")]


def test_not_for_ones_own(make: Make, browser: Browsers, event: Event) -> None:
    eva = guest(make, event, "Eva")
    own = ask(make, eva)
    page = make.signed_in(browser(), eva.person).open(f"/e/{event.slug}/questions")
    assert not page.page.select("button[data-votes]")
    assert not vote(make, eva, own)
    assert not make.rows(FloorVote)


def test_not_for_what_is_not_shown_or_answered(make: Make, event: Event, asked: int) -> None:
    eva, waiting = guest(make, event, "Eva"), ask(make, guest(make, event, "Cai"), shown=False)
    assert not vote(make, eva, waiting)
    hide(make, asked)
    assert not vote(make, eva, asked)
    answered = ask(make, guest(make, event, "Dan"))
    with make.act():
        actions.answer_question(db.session.get_one(FloorQuestion, answered), at=clock.now())
    assert not vote(make, eva, answered)
    assert not make.rows(FloorVote)


def test_ids_tell_nothing_of_what_is_not_shown(
    make: Make, bea: Browser, event: Event, asked: int
) -> None:
    """What waits, is hidden, is of another event or isn't there is answered alike."""
    elsewhere = going_on(make)
    opened(make, elsewhere)
    there = ask(make, guest(make, elsewhere, "Ona"))
    waiting = ask(make, guest(make, event, "Cai"), shown=False)
    hide(make, asked)
    for act in ("vote", "take-back"):
        answers = {one: sent(bea, event, one, act) for one in (waiting, asked, there, 9999)}
        assert set(answers.values()) == {303}, (act, answers)
    assert not make.rows(FloorVote)


def sent(page: Browser, event: Event, question_id: int, act: str) -> int:
    token = page.one("#ask [name=csrf_token]")["value"]
    address = f"/e/{event.slug}/questions/{question_id}/{act}"
    return int(page.client.post(address, data={"csrf_token": token}).status_code)


@pytest.mark.both_databases
def test_taps_at_the_same_moment_count_once(
    app: Flask, make: Make, event: Event, asked: int
) -> None:
    eva = guest(make, event, "Eva")
    at_once(app, lambda: tap(eva.id, asked), times=4)
    assert len(make.rows(FloorVote)) == 1


@pytest.mark.both_databases
def test_a_question_withdrawn_at_that_moment_gets_none(
    app: Flask, make: Make, event: Event, asked: int
) -> None:
    eva, ana = guest(make, event, "Eva"), make.row(Rsvp, name="Ana")

    def withdraw() -> None:
        with transaction():
            actions.withdraw_question(db.session.get_one(Rsvp, ana.id), asked)

    at_once(app, withdraw, lambda: tap(eva.id, asked))
    assert not make.rows(FloorVote)
    assert not make.rows(FloorQuestion)


def tap(rsvp_id: int, question_id: int) -> None:
    with transaction():
        actions.vote(db.session.get_one(Rsvp, rsvp_id), question_id, at=clock.now())


def at_once(app: Flask, *acts: Callable[[], None], times: int = 1) -> None:
    """All of these begin together. Raises what one of them raised."""
    every, wrong = [*acts] * times, []
    barrier = Barrier(len(every))

    def run(act: Callable[[], None]) -> None:
        with app.app_context():
            barrier.wait(timeout=10)
            try:
                act()
            except Exception as error:
                wrong.append(error)

    threads = [Thread(target=run, args=(act,)) for act in every]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not wrong, wrong

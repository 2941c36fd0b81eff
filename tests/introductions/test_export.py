"""The file of /me has all that somebody said of introductions, also of those that are over."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from eventapp.conduct.actions import block_person
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.introductions.actions import agree, refuse, withdraw
from eventapp.introductions.queries import passed_with
from eventapp.model import LAPSES_AFTER, Introduction, Person, Rsvp
from tests.browser import Browser
from tests.introductions.three import (
    REASON,
    Three,
    accepts,
    declines,
    introduced,
    passed_on,
)
from tests.make import Make

Browsers = Callable[..., Browser]


def file_of(make: Make, browser: Browsers, rsvp: Rsvp) -> dict[str, Any]:
    page = make.signed_in(browser(), rsvp.person)
    told: dict[str, Any] = json.loads(page.client.get("/me/export").text)
    return told


def got(make: Make, browser: Browsers, rsvp: Rsvp) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = file_of(make, browser, rsvp)["introductions_you_got"]
    return told


def withdrawn(make: Make, row: Introduction) -> None:
    with make.act():
        withdraw(db.session.get_one(Introduction, row.id), at=clock.now())


@pytest.mark.parametrize("is_withdrawn", [False, True])
@pytest.mark.parametrize(("answers", "answer"), [(accepts, "accepted"), (declines, "declined")])
def test_own_answers_are_in_the_file_once_it_is_over(
    make: Make,
    browser: Browsers,
    they: Three,
    answers: Callable[..., None],
    answer: str,
    *,
    is_withdrawn: bool,
) -> None:
    row = introduced(make, they.ana.person, they.bea, they.carla)
    answers(make, row, they.bea)
    if is_withdrawn:
        withdrawn(make, row)
    with time_machine.travel(clock.now() + (timedelta() if is_withdrawn else LAPSES_AFTER)):
        (bea,), of_carla = (got(make, browser, rsvp) for rsvp in (they.bea, they.carla))
    assert (bea["by"], bea["with"], bea["reason"]) == ("Ana Ruiz", "Carla Sanz", REASON)
    assert (bea["your_answer"], bea["joined_at"]) == (answer, None)
    assert bea["answered_at"].startswith(f"{clock.now():%Y}")
    if is_withdrawn:
        assert not of_carla, "she had not answered"
    else:
        assert of_carla[0]["your_answer"] is of_carla[0]["answered_at"] is None


def test_what_its_maker_withdrew_is_in_their_file_however_it_was_answered(
    make: Make, browser: Browsers, they: Three
) -> None:
    row = introduced(make, they.ana.person, they.bea, they.carla)
    files = []
    for answers in (accepts, declines):
        answers(make, row, they.bea)
        withdrawn(make, row)
        (made,) = file_of(make, browser, they.ana)["introductions_you_made"]
        with make.act():
            db.session.get_one(Introduction, row.id).withdrawn_at = None
        files.append({**made, "withdrawn_at": bool(made["withdrawn_at"])})
    assert files[0] == files[1]
    assert files[0]["people"] == ["Bea Gil", "Carla Sanz"]
    assert (files[0]["reason"], files[0]["state"]) == (REASON, "withdrawn")
    assert files[0]["withdrawn_at"]


def test_who_is_asked_finds_nothing_of_one_of_which_they_never_were(
    make: Make, browser: Browsers, they: Three
) -> None:
    row = introduced(make, they.ana.person, they.bea, they.carla)
    with make.act():
        for side in db.session.get_one(Introduction, row.id).sides:
            side.asked_at = None
    assert not got(make, browser, they.bea)


@pytest.mark.parametrize("other", ["ana", "carla"])
def test_nobody_who_is_apart_is_named_by_one_that_is_over(
    make: Make, browser: Browsers, they: Three, other: str
) -> None:
    row = introduced(make, they.ana.person, they.bea, they.carla)
    declines(make, row, they.bea)
    withdrawn(make, row)
    with make.act():
        by = db.session.get_one(Person, getattr(they, other).person_id)
        block_person(by, they.bea.person_id or 0, name="x", at=clock.now())
    assert not got(make, browser, they.bea)
    assert not file_of(make, browser, they.ana)["introductions_you_made"] or other == "carla"


@pytest.mark.parametrize("answer", ["accepted", "declined", None])
def test_own_answers_about_a_contact_passed_on_are_in_the_file_once_it_is_over(
    make: Make, browser: Browsers, they: Three, answer: str | None
) -> None:
    row = passed_on(make, they.ana, they.bea, fields=["email"])
    with make.act():
        passed = passed_with(row.key)
        if answer == "accepted":
            agree(passed, ("email",), at=clock.now())
        elif answer:
            refuse(passed, at=clock.now())
    with time_machine.travel(clock.now() + timedelta(days=31)):
        (of_bea,) = file_of(make, browser, they.bea)["contacts_passed_on"]["of_you"]
        (by_ana,) = file_of(make, browser, they.ana)["contacts_passed_on"]["by_you"]
    assert of_bea["your_answer"] == answer
    assert bool(of_bea["answered_at"]) == bool(answer)
    assert by_ana["state"] == "lapsed"
    assert "answered_at" not in by_ana

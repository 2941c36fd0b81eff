"""/introductions: those that one made, is asked about and got; and the form for a new one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from eventapp.account import gate
from eventapp.conduct.actions import block_person
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.core.links import absolute
from eventapp.introductions import actions, queries
from eventapp.introductions.answers import (
    ANSWER,
    WORDS,
    keep_answer,
    keep_what_came,
    saying_what_came,
    switch_wish,
)
from eventapp.introductions.forms import IntroduceForm
from eventapp.introductions.queries import Passed
from eventapp.model import Person

bp = Blueprint("introductions", __name__, cli_group=None)


@bp.get("/introductions")
def introductions() -> Response:
    person = gate.require_person()
    chosen = {name: request.args.get(name, "") for name in ("one", "other")}
    form = IntroduceForm(queries.introducible(person), formdata=None, **chosen)
    return _show(person, form)


@bp.post("/introductions")
def introduce() -> Response:
    person = gate.require_person()
    form = IntroduceForm(queries.introducible(person))
    if form.validate():
        with form.showing_refusals():
            with transaction():
                actions.introduce(person, form.asked(), at=clock.now(), form_id=form.form_id.data)
            flash(gettext("They're asked. You'll hear of it if both say yes."))
            return htmx.done(go_to=url_for("introductions.introductions"))
    return _show(person, form)


@bp.post(f"/introductions/<int:introduction_id>/{ANSWER}")
def answer(introduction_id: int, answer: str) -> Response:
    """Accept or decline, until the other has accepted too. Idempotent."""
    person = gate.require_person()
    keep_answer(queries.got_by_id(person, introduction_id, at=clock.now()), answer)
    return _show_one(person, introduction_id)


@bp.post("/introductions/<int:introduction_id>/came-of-it")
def say_what_came(introduction_id: int) -> Response:
    person = gate.require_person()
    keep_what_came(queries.got_by_id(person, introduction_id, at=clock.now()))
    return _show_one(person, introduction_id)


@bp.post("/introductions/<int:introduction_id>/withdraw")
def withdraw(introduction_id: int) -> Response:
    person = gate.require_person()
    introduction = queries.one_made_by(person, introduction_id)
    with transaction():
        actions.withdraw(introduction, at=clock.now())
    flash(gettext("It's withdrawn: nobody can answer it any more."), "made")
    made = queries.made_by(person, at=clock.now())
    return htmx.done(
        fragment="introductions/_made.html", go_to=_page("made"), made=made, what_came=WORDS
    )


@bp.post("/introductions/<int:introduction_id>/block")
def block(introduction_id: int) -> Response:
    """Block the other, before or after the two are joined. Nobody is told. Idempotent."""
    person = gate.require_person()
    got = queries.got_to_block(person, introduction_id, at=clock.now())
    with transaction():
        block_person(person, got.other_id, name=got.other, at=clock.now())
    flash(gettext("You've blocked %(name)s. They aren't told.", name=got.other), "got")
    return htmx.done(fragment="introductions/_got.html", go_to=_page("got"), **_got(person))


@bp.post("/me/introductions")
def switch() -> Response:
    """Want no introductions, or want them again. Idempotent."""
    person = gate.require_person()
    switch_wish(person)
    flash(gettext("Saved."), "wish")
    return htmx.done(fragment="introductions/_wish.html", go_to=_page("wish"), person=person)


@bp.post("/me/introductions/suggested")
def switch_suggesting() -> Response:
    """May be suggested to whoever met them and another, or not. Idempotent."""
    person = gate.require_person()
    with transaction():
        if request.form.get("wanted"):
            actions.allow_suggesting(person, at=clock.now())
        else:
            actions.end_suggesting(person)
    flash(gettext("Saved."), "wish")
    return htmx.done(fragment="introductions/_wish.html", go_to=_page("wish"), person=person)


def _page(anchor: str) -> str:
    return url_for("introductions.introductions", _anchor=anchor)


def _show(person: Person, form: IntroduceForm) -> Response:
    return htmx.show(
        "introductions/introductions.html",
        fragment="introductions/_introduce.html",
        status=form.status,
        person=person,
        form=form,
        made=queries.made_by(person, at=clock.now()),
        worth=queries.worth_introducing(form.known, since=clock.now() - queries.PAIR_KEPT),
        **_got(person),
        **passed_values(person),
    )


def passed_values(person: Person) -> dict[str, Any]:
    """What the person passes on, and what of theirs is."""
    return {
        "passed_on": queries.passed_by(person),
        "passed_of": queries.passed_of(person),
        "now": clock.now(),
        "link_of": _link,
    }


def _link(passed: Passed) -> str:
    return absolute("introductions.handed", link=passed.row.link)


def _got(person: Person) -> dict[str, Any]:
    return {"got": queries.got_by(person, at=clock.now()), **saying_what_came()}


def _show_one(person: Person, introduction_id: int) -> Response:
    return htmx.done(
        fragment="introductions/_got_one.html",
        go_to=_page(f"introduction-{introduction_id}"),
        one=queries.got_by_id(person, introduction_id, at=clock.now()),
        **saying_what_came(),
    )

"""Pass a contact on to somebody outside: /introductions/pass/<contact> asks whoever it is, who
answers at /introductions/passing/<key>; and /passed/<link> is handed over, and opens by a tap.
"""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, render_template, url_for

from eventapp.account import gate
from eventapp.contacts.queries import Known
from eventapp.core import clock, htmx, json_api
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.core.security import limiter
from eventapp.introductions import actions, queries
from eventapp.introductions.key_pages import PER_VENUE
from eventapp.introductions.pass_forms import THEIR_WORDS, FieldsForm, PassForm
from eventapp.introductions.queries import Passed
from eventapp.introductions.views import bp, passed_values
from eventapp.model import CARD_FIELDS, Person


@bp.get("/introductions/pass/<int:rsvp_id>")
def pass_form(rsvp_id: int) -> Response:
    person = gate.require_person()
    whom, names = _contact(person, rsvp_id)
    return _show_form(whom, PassForm(names, formdata=None))


@bp.post("/introductions/pass/<int:rsvp_id>")
def pass_on(rsvp_id: int) -> Response:
    person = gate.require_person()
    whom, names = _contact(person, rsvp_id)
    form = PassForm(names)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                actions.ask_to_pass(
                    person, whom, form.wish(), at=clock.now(), form_id=form.form_id.data
                )
            name = whom.newest.name
            flash(gettext("%(name)s is asked. You'll hear of a yes, and get a link.", name=name))
            return htmx.done(go_to=url_for("introductions.introductions"))
    return _show_form(whom, form)


def _contact(person: Person, rsvp_id: int) -> tuple[Known, dict[str, str]]:
    """One whom they met, with the fields that they may see. Raises NotFound."""
    whom = queries.introducible_with(queries.introducible(person), rsvp_id)
    if whom is None or whom.owner_id is None:
        raise NotFound
    return whom, queries.fields_to_pass(person, whom.owner_id, CARD_FIELDS)


def _show_form(whom: Known, form: PassForm) -> Response:
    return htmx.show(
        "introductions/pass.html",
        fragment="introductions/_pass.html",
        status=form.status,
        whom=whom,
        form=form,
    )


@bp.get("/introductions/passing/<key>")
def passing(key: str) -> Response:
    passed = queries.passed_with(key)
    return _show_passing(passed, FieldsForm(passed.row.fields, formdata=None))


@bp.post("/introductions/passing/<key>/agree")
@limiter.limit(PER_VENUE)
def agree(key: str) -> Response:
    passed = queries.passed_with(key)
    form = FieldsForm(passed.row.fields)
    if not form.validate():
        return _show_passing(passed, form)
    with transaction():
        actions.agree(passed, form.chosen, at=clock.now())
    return _answered(key)


@bp.post("/introductions/passing/<key>/refuse")
@limiter.limit(PER_VENUE)
def refuse(key: str) -> Response:
    with transaction():
        actions.refuse(queries.passed_with(key), at=clock.now())
    return _answered(key)


def _answered(key: str) -> Response:
    passed = queries.passed_with(key)
    form = FieldsForm(passed.row.fields, formdata=None)
    go_to = url_for("introductions.passing", key=key)
    return htmx.done(fragment="introductions/_passing.html", go_to=go_to, **_asked(passed, form))


def _show_passing(passed: Passed, form: FieldsForm) -> Response:
    return htmx.show(
        "introductions/passing.html",
        fragment="introductions/_passing.html",
        status=form.status,
        **_asked(passed, form),
    )


def _asked(passed: Passed, form: FieldsForm) -> dict[str, Any]:
    state = passed.seen_by_person(clock.now())
    return {"passed": passed, "state": state, "form": form}


@bp.post("/introductions/passed/<int:passed_id>/end")
def end_passing(passed_id: int) -> Response:
    person = gate.require_person()
    passed = queries.one_passed_by(person, passed_id)
    with transaction():
        actions.end_passing(passed, at=clock.now())
    flash(gettext("It's withdrawn: nobody can open it any more."), "passed")
    return htmx.done(fragment="introductions/_passed.html", go_to=_page(), **passed_values(person))


def _page() -> str:
    return url_for("introductions.introductions", _anchor="passed")


@bp.get("/passed/<link>")
@limiter.limit(PER_VENUE)
def handed(link: str) -> Response:
    """Says nothing of whose contact it is, and notes nothing: a mail scanner may open it."""
    try:
        passed, _ = queries.handed_over(link, at=clock.now())
    except NotFound:
        return _gone()
    return make_response(render_template("introductions/handed.html", passed=passed, link=link))


@bp.post("/passed/<link>")
@limiter.limit(PER_VENUE)
def open_handed(link: str) -> Response:
    try:
        passed, fields = queries.handed_over(link, at=clock.now())
    except NotFound:
        return _gone()
    with transaction():
        actions.note_opened(passed, at=clock.now())
    page = render_template(
        "introductions/opened.html", passed=passed, fields=fields, field_words=THEIR_WORDS
    )
    return make_response(page)


def _gone() -> Response:
    """The same whether it has ended, was taken back or never was."""
    if json_api.wants_json():
        return json_api.refuse("not_found", status=404)
    return make_response(render_template("introductions/gone.html"), 404)

"""/me: what is kept about me, the file with all of it, and being forgotten."""

from __future__ import annotations

from flask import Blueprint, Response, flash, json, make_response, render_template, url_for

from eventapp.account import gate
from eventapp.contacts.queries import contacts_of, shares_of
from eventapp.core import clock, htmx, i18n
from eventapp.core.db import hold, transaction
from eventapp.me import actions, queries
from eventapp.me.export import everything_about
from eventapp.me.forms import DeleteForm, MeForm
from eventapp.met.queries import questions_to
from eventapp.model import Person
from eventapp.rsvp.queries import rsvps_of

bp = Blueprint("me", __name__)


@bp.get("/me")
def me() -> Response:
    person = gate.require_person()
    return _show_me(person, MeForm(formdata=None, obj=person))


@bp.post("/me")
def change() -> Response:
    person = gate.require_person()
    form = MeForm(obj=person)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                hold(person)
                form.refuse_if_edited(MeForm(formdata=None, obj=person))
                actions.change_person(person, name=form.name.data, language=form.language.data)
            flash(i18n.gettext("Saved."))
            return htmx.done(go_to=url_for("me.me"))
    return _show_me(person, form)


def _show_me(person: Person, form: MeForm) -> Response:
    at = clock.now()
    return htmx.show(
        "me/me.html",
        fragment="me/_about.html",
        status=form.status,
        person=person,
        form=form,
        now=at,
        rsvps=rsvps_of(person),
        contacts=[known.contact for known in contacts_of(person, at=at)],
        shares=shares_of(person),
        questions=questions_to(person, at),
        browsers=queries.browsers_signed_in(person, at),
    )


@bp.get("/me/export")
def export() -> Response:
    at = clock.now()
    everything = everything_about(gate.require_person(), at=at)
    response = make_response(json.dumps(everything, indent=2, ensure_ascii=False))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    filename = f"eventapp-{at:%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{filename}"
    return response


@bp.get("/me/delete")
def ask_to_delete() -> Response:
    return _show_delete(gate.require_person(), DeleteForm())


@bp.post("/me/delete")
def delete() -> Response:
    person, form = gate.require_person(), DeleteForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                actions.delete_person(person, at=clock.now())
            return gate.sign_out(htmx.done(go_to=url_for("me.goodbye")))
    return _show_delete(person, form)


def _show_delete(person: Person, form: DeleteForm) -> Response:
    return htmx.show(
        "me/delete.html",
        fragment="me/_delete.html",
        status=form.status,
        person=person,
        form=form,
        awaited=queries.rsvps_awaited(person, clock.now()),
    )


@bp.get("/goodbye")
def goodbye() -> str:
    return render_template("me/goodbye.html")

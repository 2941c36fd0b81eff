"""/me: a person's data, the file with all of it, and its deletion."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    json,
    make_response,
    render_template,
    request,
    url_for,
)

from eventapp.account import gate
from eventapp.account.actions import end_all_sessions, end_one_session
from eventapp.account.queries import session_of, sessions_of
from eventapp.conduct.queries import blocks_of, reports_by
from eventapp.contacts.queries import known_to, shares_of, usual_zone
from eventapp.core import clock, htmx, i18n
from eventapp.core.db import transaction
from eventapp.floor.queries import own_on_floor
from eventapp.follow.queries import follows_of
from eventapp.greeting.queries import wishes_of
from eventapp.impressions.queries import AUDIENCES, impressions_of
from eventapp.impressions.queries.pictures import pictures_by
from eventapp.introductions.queries import State, got_by, made_by, passed_by, passed_of
from eventapp.me import actions, queries
from eventapp.me.export import everything_about
from eventapp.me.forms import DeleteForm, MeForm
from eventapp.met.queries import questions_to
from eventapp.model import Person
from eventapp.rsvp.queries import personal_feed_of

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
                actions.lock_person(person)
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
        evenings=queries.evenings_of(person, at=at),
        follows=follows_of(person),
        feed=personal_feed_of(person),
        known=known_to(person),
        shares=shares_of(person),
        questions=questions_to(person, at),
        impressions=impressions_of(person),
        on_floor=own_on_floor(person),
        pictures=pictures_by(person),
        audiences=AUDIENCES,
        blocks=blocks_of(person),
        reports=reports_by(person),
        wishes=wishes_of(person, at=at),
        got=got_by(person, at=at),
        made=made_by(person, at=at),
        passed_on=passed_by(person),
        passed_of=[one for one in passed_of(person) if one.seen_by_person(at) != State.LAPSED],
        **_sessions(person),
    )


def _sessions(person: Person) -> dict[str, Any]:
    return {
        "sessions": sessions_of(person, clock.now()),
        "here": gate.signed_in_session(),
        "tz": usual_zone(person) or "UTC",
    }


@bp.post("/me/sessions/<int:session_id>/end")
def end_session(session_id: int) -> Response:
    person = gate.require_person()
    if ended := session_of(person, session_id):
        with transaction():
            end_one_session(ended)
    if ended is gate.signed_in_session():
        response = gate.sign_out(htmx.done(go_to=url_for("events.home")))
        flash(i18n.gettext("You're signed out."))
        return response
    go_to = url_for("me.me", _anchor="sessions")
    return htmx.done(fragment="me/_sessions.html", go_to=go_to, **_sessions(person))


@bp.post("/sign-out/everywhere")
def sign_out_everywhere() -> Response:
    """Sign out every browser. Links in mails stop working only on request: most guests come by
    them.
    """
    person, ends_links = gate.require_person(), bool(request.form.get("links"))
    with transaction():
        count = end_all_sessions(person, at=clock.now())
        if ends_links:
            actions.renew_links(person)
    response = gate.sign_out(htmx.done(go_to=url_for("events.home")))
    flash(_words_of_ending(count, ends_links=ends_links))
    return response


def _words_of_ending(count: int, *, ends_links: bool) -> str:
    words: str = i18n.ngettext(
        "You're signed out of %(num)s browser. The links in your emails keep working.",
        "You're signed out of %(num)s browsers. The links in your emails keep working.",
        count,
    )
    if ends_links:
        words = i18n.ngettext(
            "You're signed out of %(num)s browser, and the links in your emails no longer work.",
            "You're signed out of %(num)s browsers, and the links in your emails no longer work.",
            count,
        )
    return words


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

"""The event with its RSVP form; and its capacity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from eventapp.account import gate
from eventapp.communities.gate import record
from eventapp.core import clock, htmx, i18n, text
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.links import new_secret
from eventapp.core.mail_domains import meant_address
from eventapp.core.public import public
from eventapp.core.security import limiter
from eventapp.events.gate import event_shown, organised_event
from eventapp.events.queries import next_event_of, published_event
from eventapp.model import AuditVerb, Event, MailedCode, Rsvp
from eventapp.rsvp import actions, queries
from eventapp.rsvp.forms import AnswerForm, PlacesForm
from eventapp.rsvp.question_fields import asking
from eventapp.rsvp.remembered import (
    answer_shown,
    answered_from_here,
    asks_for_another,
    pages_answered,
    remember_answer,
)
from eventapp.ui.ask_first import asking_first

bp = Blueprint("rsvp", __name__, static_folder="static", static_url_path="/static/rsvp")


@bp.get("/e/<slug>")
@public
def event(slug: str) -> Response:
    shown = event_shown(slug)
    form = _form(shown, formdata=None, form_id=new_secret())
    person, own = gate.person(), _own_of(shown)
    if person is None or own:
        return _show_event(shown, form, own)
    form.name.data, form.email.data = person.name, person.email
    last = queries.rsvp_of_last_time(person, shown)
    if last and "last" in request.args:
        form.show_lines(last)
    return _show_event(shown, form, last_time=last)


def _own_of(event: Event) -> Rsvp | None:
    """The RSVP of who is signed in."""
    person = gate.person()
    return queries.rsvp_of(event, person) if person else None


def _form(event: Event, **more: Any) -> AnswerForm:
    return asking(AnswerForm, event, event.asked)(**more)


@bp.post("/e/<slug>/rsvp")
@limiter.limit("300 per hour")
def answer(slug: str) -> Response:
    shown, person = published_event(slug), gate.person()
    form, own = _form(shown), _own_of(shown)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                code = actions.answer(
                    shown,
                    form.typed(form.email.data),
                    at=clock.now(),
                    by=gate.visitor(),
                    form_id=form.form_id.data,
                    confirmed=person,
                    answered=pages_answered(shown, own),
                )
            if person and code.rsvp and code.person is person:
                say_what_fits(code.rsvp, code)
                return htmx.done(go_to=url_for("rsvp.own", key=code.rsvp.key))
            go_to = url_for("rsvp.mailed", slug=slug, page=code.page)
            response = gate.remember_browser(htmx.done(go_to=go_to))
            return remember_answer(response, code)
    return _show_event(shown, form, own)


def _show_event(
    shown: Event, form: AnswerForm, own: Rsvp | None = None, *, last_time: Rsvp | None = None
) -> Response:
    now = clock.now()
    is_past = shown.called_off_at or shown.ends_at <= now
    form.show_limit(shown.companions_max)
    answered = answer_shown(shown, own)
    is_anothers = bool(answered and not own and gate.person())
    return htmx.show(
        "rsvp/event.html",
        fragment="rsvp/_answer.html",
        status=form.status,
        event=shown,
        form=form,
        now=now,
        own=own,
        last_time=last_time,
        answered=None if is_anothers else answered,
        answered_for=answered.code if answered and is_anothers else None,
        another=1 if asks_for_another() else None,
        answered_page=_page_refused(shown, form, own),
        meant=meant_address(form.email.data or "") if form.errors else None,
        next_event=next_event_of(shown.community, now) if is_past else None,
    )


def _page_refused(event: Event, form: AnswerForm, own: Rsvp | None) -> str | None:
    """The page of the answer that a refused form would have changed."""
    if not isinstance(form.refusal, actions.AnsweredHere):
        return None
    return pages_answered(event, own).get(text.email_key(form.email.data))


def say_what_fits(rsvp: Rsvp, code: MailedCode) -> None:
    """Tell a guest how many of the companions on the code's form got no place."""
    typed = actions.form_of(code)
    missing = (typed.party if typed else 0) - rsvp.party
    if rsvp.holds_a_seat and missing > 0:
        words = i18n.ngettext(
            "There was no place for %(num)s of your companions.",
            "There were no places for %(num)s of your companions.",
            missing,
        )
        flash(words)


@bp.app_template_global()
def answered_here(events: Sequence[Event]) -> set[int]:
    """Which of these this browser answered, for their cards; none where somebody is signed in, of
    whom the cards say what they answered.
    """
    return set() if gate.person() else answered_from_here(events)


@bp.app_template_global()
def places_form(event: Event) -> PlacesForm:
    """The form of an event's capacity, for the organisers' page of the event."""
    return PlacesForm.of(event, formdata=None)


@bp.app_template_global()
def somebody_waits(event: Event) -> bool:
    """Whether a change of the places may mail somebody, and asks first."""
    return queries.count_people_waiting(event) > 0


@bp.post("/o/e/<slug>/places")
def places(slug: str) -> Response:
    """Change the capacity, and promote guests of the waitlist who fit now, once asked."""
    shown = organised_event(slug)
    form = PlacesForm.of(shown)
    if form.validate():
        with form.showing_refusals():
            back = url_for("overview.overview", slug=slug)
            question = i18n.gettext("Change the places?")
            with transaction(), asking_first(shown, question=question, back=back):
                lock_and_reread(shown)
                form.refuse_if_edited(PlacesForm.of(shown, formdata=None))
                if actions.change_capacity(shown, form.capacity.data, at=clock.now()):
                    record(AuditVerb.CAPACITY_CHANGED, shown)
            flash(i18n.gettext("Saved."))
            return htmx.done(go_to=back)
    return htmx.show(
        "rsvp/places.html",
        fragment="rsvp/_places.html",
        status=form.status,
        event=shown,
        form=form,
    )

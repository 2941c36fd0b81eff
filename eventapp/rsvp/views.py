"""The event with its RSVP form, and the guest's own page."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from eventapp.account import gate
from eventapp.account.queries import newest_code
from eventapp.communities.gate import record
from eventapp.core import clock, htmx, i18n
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.links import absolute, new_secret
from eventapp.core.mail_domains import meant_address
from eventapp.core.public import public
from eventapp.core.security import limiter
from eventapp.events.gate import organised_event
from eventapp.events.queries import google_calendar_url, published_event
from eventapp.model import AuditVerb, Event, MailedCode, Rsvp, Status
from eventapp.rsvp import actions, queries
from eventapp.rsvp.actions import Answer
from eventapp.rsvp.forms import AnswerForm, OwnForm, PlacesForm, SayForm

bp = Blueprint("rsvp", __name__)


@bp.get("/e/<slug>")
@public
def event(slug: str) -> Response:
    form = AnswerForm(formdata=None, form_id=new_secret())
    if person := gate.person():
        form.name.data, form.email.data = person.name, person.email
    return _show_event(published_event(slug), form)


@bp.post("/e/<slug>/rsvp")
@limiter.limit("300 per hour")
def answer(slug: str) -> Response:
    shown, form, person = published_event(slug), AnswerForm(), gate.person()
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
                )
            if person and code.rsvp and code.person is person:
                say_what_fits(code.rsvp, code)
                return htmx.done(go_to=url_for("rsvp.own", key=code.rsvp.key))
            go_to = url_for("rsvp.mailed", slug=slug, page=code.page)
            return gate.remember_browser(htmx.done(go_to=go_to))
    return _show_event(shown, form)


def _show_event(shown: Event, form: AnswerForm) -> Response:
    person = gate.person()
    form.show_limit(shown.companions_max)
    return htmx.show(
        "rsvp/event.html",
        fragment="rsvp/_answer.html",
        status=form.status,
        event=shown,
        form=form,
        now=clock.now(),
        own=queries.rsvp_of(shown, person) if person else None,
        meant=meant_address(form.email.data or "") if form.errors else None,
        google_url=google_calendar_url(shown),
    )


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


@bp.get("/r/<key>")
def own(key: str) -> Response:
    rsvp = queries.rsvp_by_key(key)
    form, typed = OwnForm(rsvp, formdata=None), _typed_here(rsvp)
    if typed:
        form.show_typed(typed)
    return _show_own(rsvp, form, typed_here=typed is not None)


def _typed_here(rsvp: Rsvp) -> Answer | None:
    """The form that this browser filled in, if its address is not proven yet."""
    if not (rsvp.is_unproven and rsvp.event.takes_rsvps(clock.now())):
        return None
    return actions.form_of(newest_code(rsvp, browser=gate.browser()))


@bp.post("/r/<key>")
def change(key: str) -> Response:
    rsvp = queries.rsvp_by_key(key)
    form = OwnForm(rsvp)
    if form.validate():
        with form.showing_refusals():
            email = rsvp.person.email if rsvp.person else ""
            with transaction():
                actions.lock_own_rsvp(rsvp, key)
                form.refuse_if_edited(OwnForm(rsvp, formdata=None))
                actions.change(rsvp, form.typed(email), at=clock.now())
            flash(i18n.gettext("Saved."))
            return htmx.done(go_to=url_for("rsvp.own", key=key))
    return _show_own(rsvp, form)


@bp.post("/r/<key>/confirm")
def confirm(key: str) -> Response:
    """Prove the mailbox by one tap in the mail, and choose who may see the guest."""
    rsvp = queries.rsvp_by_key(key)
    with transaction():
        actions.lock_own_rsvp(rsvp, key)
        actions.confirm(rsvp, at=clock.now(), listing=request.form.get("listing"))
    flash(i18n.gettext("Saved."))
    return htmx.done(go_to=url_for("rsvp.own", key=key))


@bp.post("/r/<key>/answer")
def say(key: str) -> Response:
    """Come, maybe, or not after all: by one button, which leaves the rest as it is."""
    rsvp, said = queries.rsvp_by_key(key), SayForm()
    if said.validate():
        with transaction():
            actions.lock_own_rsvp(rsvp, key)
            actions.say(rsvp, said.answer.data or Status.GOING, at=clock.now(), note=said.note.data)
        flash(i18n.gettext("Saved."))
        return htmx.done(go_to=url_for("rsvp.own", key=key))
    return _show_own(rsvp, OwnForm(rsvp, formdata=None), said=said)


@bp.post("/r/<key>/cancel")
def cancel(key: str) -> Response:
    rsvp, said = queries.rsvp_by_key(key), SayForm()
    if said.validate():
        with transaction():
            actions.lock_own_rsvp(rsvp, key)
            actions.cancel(rsvp, at=clock.now(), note=said.note.data)
        flash(i18n.gettext("Cancelled. Thank you for saying so."))
        return htmx.done(go_to=url_for("rsvp.own", key=key))
    return _show_own(rsvp, OwnForm(rsvp, formdata=None), said=said)


def _show_own(
    rsvp: Rsvp, form: OwnForm, *, typed_here: bool = False, said: SayForm | None = None
) -> Response:
    said = said or SayForm(formdata=None, note=rsvp.note)
    ticket_url = absolute("door.ticket", ticket=rsvp.ticket)
    form.show_limit(max(rsvp.event.companions_max, rsvp.companions))
    return htmx.show(
        "rsvp/own.html",
        fragment="rsvp/_change.html",
        status=max(form.status, said.status),
        rsvp=rsvp,
        event=rsvp.event,
        form=form,
        now=clock.now(),
        said=said,
        is_asked_again=queries.is_asked_again(rsvp),
        typed_here=typed_here,
        waitlist_position=queries.waitlist_position(rsvp),
        is_in=queries.is_in(rsvp),
        ticket_url=ticket_url,
        google_url=google_calendar_url(rsvp.event),
    )


@bp.app_template_global()
def places_form(event: Event) -> PlacesForm:
    """The form of an event's capacity, for the organisers' page of the event."""
    return PlacesForm.of(event, formdata=None)


@bp.post("/o/e/<slug>/places")
def places(slug: str) -> Response:
    """Change the capacity, and promote guests of the waitlist who fit now."""
    shown = organised_event(slug)
    form = PlacesForm.of(shown)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(shown)
                form.refuse_if_edited(PlacesForm.of(shown, formdata=None))
                if actions.change_capacity(shown, form.capacity.data, at=clock.now()):
                    record(AuditVerb.CAPACITY_CHANGED, shown)
            flash(i18n.gettext("Saved."))
            return htmx.done(go_to=url_for("events.manage", slug=slug))
    return htmx.show(
        "rsvp/places.html",
        fragment="rsvp/_places.html",
        status=form.status,
        event=shown,
        form=form,
    )

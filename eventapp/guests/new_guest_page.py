"""/o/e/<event>/guests/new: put somebody on the list by hand."""

from __future__ import annotations

from flask import Response, flash, url_for
from sqlalchemy import select

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.core.sent_forms import add_once
from eventapp.events.gate import organised_event
from eventapp.guests import by_hand
from eventapp.guests.guest_form import NewGuestForm, hint_of, new_guest_form
from eventapp.guests.guest_list import entries
from eventapp.guests.page import bp
from eventapp.model import AuditVerb, Event, Rsvp
from eventapp.rsvp.actions import lock_seats


@bp.get("/o/e/<slug>/guests/new")
def new_guest(slug: str) -> Response:
    event = organised_event(slug)
    return _show(event, new_guest_form(event, formdata=None))


@bp.post("/o/e/<slug>/guests/new")
def add_guest(slug: str) -> Response:
    event = organised_event(slug)
    form = new_guest_form(event)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                rsvp = _add(event, form)
            flash(gettext("%(name)s is on the list. Nobody was emailed.", name=rsvp.name))
            return htmx.done(go_to=url_for("guests.guest", slug=slug, rsvp_id=rsvp.id))
    return _show(event, form)


def _add(event: Event, form: NewGuestForm) -> Rsvp:
    typed, email, at = form.typed(), form.email.data or None, clock.now()

    def add() -> Rsvp:
        if form.another.data != "yes":
            by_hand.refuse_if_known(event, typed, email=email)
        over = form.over_capacity.data
        rsvp = by_hand.add_guest(event, typed, email=email, at=at, over_capacity=over)
        record(AuditVerb.GUEST_ADDED, event, rsvp_id=rsvp.id)
        return rsvp

    lock_seats(event)  # of two with the same name, the later is asked whether they are one
    there = select(Rsvp).where(Rsvp.event_id == event.id)
    return add_once(form.form_id.data, (event.id, typed, email), there, add, at=at)


def _show(event: Event, form: NewGuestForm) -> Response:
    no = form.refusal
    known = no.values["rsvp_ids"] if isinstance(no, by_hand.NamesLikeThis) else []
    return htmx.show(
        "guests/new_guest.html",
        fragment="guests/_new_guest.html",
        status=form.status,
        event=event,
        form=form,
        known=list(entries(event, known)),
        hint_of=hint_of,
    )

"""What an organiser does to one guest, each by one button: a place, a mail, off the list."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, request, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.forms import Form
from eventapp.core.i18n import gettext
from eventapp.core.sent_forms import is_sent_first
from eventapp.events.gate import organised_event
from eventapp.guests import by_hand, tickets, undo
from eventapp.guests.guest_form import PlaceForm
from eventapp.guests.guest_list import guest_at
from eventapp.guests.guest_page import address_of, show
from eventapp.guests.page import bp
from eventapp.model import AuditVerb, Event, Rsvp
from eventapp.rsvp.actions import notify
from eventapp.ui.ask_first import asking_first
from eventapp.ui.formats import moment


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/place")
def give_place(slug: str, rsvp_id: int) -> Response:
    """Promote one guest from the waitlist, over the capacity if that is said."""
    event = organised_event(slug)
    rsvp, form = guest_at(event, rsvp_id).rsvp, PlaceForm()
    if form.validate():
        question = gettext("Give %(name)s a place?", name=rsvp.name)
        with form.showing_refusals():
            with transaction(), asking_first(event, question=question, back=address_of(rsvp)):
                _give_place(event, rsvp, form, at=clock.now())
            flash(gettext("%(name)s has a place now.", name=rsvp.name))
            return htmx.done(go_to=address_of(rsvp))
    return show(event, rsvp, decision=form)


def _give_place(event: Event, rsvp: Rsvp, form: PlaceForm, *, at: datetime) -> None:
    before = by_hand.give_place(rsvp, at=at, over_capacity=form.over_capacity.data)
    if before is None:
        return
    if form.tells.data == "yes":
        notify.promoted(rsvp, at=at)
    entry = record(by_hand.verb_of_place(event), event, rsvp_id=rsvp.id)
    undo.note_change(rsvp, before, entry, at=at)


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/remove")
def remove_guest(slug: str, rsvp_id: int) -> Response:
    event, decision = organised_event(slug), Form()
    rsvp = guest_at(event, rsvp_id).rsvp
    if decision.validate():
        question = gettext("Take %(name)s off the list?", name=rsvp.name)
        with decision.showing_refusals():
            with transaction(), asking_first(event, question=question, back=address_of(rsvp)):
                _remove(event, rsvp, at=clock.now())
            flash(gettext("%(name)s is off the list.", name=rsvp.name))
            return htmx.done(go_to=address_of(rsvp))
    return show(event, rsvp, decision=decision)


def _remove(event: Event, rsvp: Rsvp, *, at: datetime) -> None:
    before = by_hand.remove_guest(rsvp, at=at)
    if before is not None:
        entry = record(AuditVerb.GUEST_REMOVED, event, rsvp_id=rsvp.id)
        undo.note_change(rsvp, before, entry, at=at)


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/mail")
def mail_guest(slug: str, rsvp_id: int) -> Response:
    """Mail one guest their ticket, or where else they stand."""
    event, at = organised_event(slug), clock.now()
    rsvp, sent = guest_at(event, rsvp_id).rsvp, request.form.get("form_id", "")
    question, note = _question_of_mail(rsvp)
    with transaction(), asking_first(event, question=question, back=address_of(rsvp), note=note):
        if is_sent_first(sent, (event.id, rsvp_id), at=at) and tickets.mail_answer(rsvp, at=at):
            record(AuditVerb.GUEST_MAILED, event, rsvp_id=rsvp_id)
    flash(gettext("The email to %(name)s is on its way.", name=rsvp.name))
    return htmx.done(go_to=url_for("mails.mails", slug=slug, guest=rsvp_id))


def _question_of_mail(rsvp: Rsvp) -> tuple[str, str]:
    """What is asked, and when they were last mailed where they stand."""
    last = tickets.mailed_at(rsvp)
    if last is None:
        return gettext("Email %(name)s?", name=rsvp.name), ""
    when = moment(last, rsvp.event.tz)
    note = gettext("%(name)s has had it already: %(when)s.", name=rsvp.name, when=when)
    return gettext("Email %(name)s again?", name=rsvp.name), note

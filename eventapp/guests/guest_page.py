"""/o/e/<event>/guests/<guest>: what is known of one guest; change it, and undo that."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request, url_for

from eventapp.attendees.queries import is_unasked, shown_to
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.forms import Form
from eventapp.core.i18n import gettext
from eventapp.core.links import new_secret
from eventapp.door.event import event_at_door
from eventapp.door.guests import guest_at as door_guest_at
from eventapp.events.gate import organised_event
from eventapp.guests import by_hand, undo
from eventapp.guests.guest_form import STATUS_WORDS, GuestForm, guest_form, hint_of
from eventapp.guests.guest_list import guest_at
from eventapp.guests.history import SHOWN, door_lines_of, history_of
from eventapp.guests.page import bp
from eventapp.guests.seating import NoRoom
from eventapp.guests.tickets import mailed_at, may_be_mailed
from eventapp.model import AuditVerb, Event, GuestChange, Rsvp, Status
from eventapp.rsvp.actions import lock_rsvp
from eventapp.rsvp.queries import waitlist_position
from eventapp.ui.ask_first import asking_first


@bp.get("/o/e/<slug>/guests/<int:rsvp_id>")
def guest(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    return show(event, guest_at(event, rsvp_id).rsvp)


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>")
def change_guest(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    rsvp = guest_at(event, rsvp_id).rsvp
    form = guest_form(event, rsvp)
    if form.validate():
        question = gettext("Save this of %(name)s?", name=rsvp.name)
        with form.showing_refusals():
            with transaction(), asking_first(event, question=question, back=address_of(rsvp)):
                lock_rsvp(rsvp)
                form.refuse_if_edited(guest_form(event, rsvp, formdata=None))
                _change(event, rsvp, form)
            flash(gettext("Saved."))
            return htmx.done(go_to=address_of(rsvp))
    return show(event, rsvp, form)


def _change(event: Event, rsvp: Rsvp, form: GuestForm) -> None:
    at, over = clock.now(), form.over_capacity.data
    before = by_hand.change_guest(rsvp, form.typed(), at=at, over_capacity=over)
    now = by_hand.content_of(rsvp)
    if fields := [name for name in SHOWN if now[name] != before[name]]:
        entry = record(AuditVerb.GUEST_CHANGED, event, rsvp_id=rsvp.id, fields=fields)
        undo.note_change(rsvp, before, entry, at=at)


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/undo/<int:entry_id>")
def undo_change(slug: str, rsvp_id: int, entry_id: int) -> Response:
    event = organised_event(slug)
    rsvp = guest_at(event, rsvp_id).rsvp
    change, decision = undo.change_at(rsvp, entry_id), Form()
    question, note = gettext("Undo this change of %(name)s?", name=rsvp.name), _withdrawn(change)
    if decision.validate():
        with decision.showing_refusals():
            back = address_of(rsvp)
            with transaction(), asking_first(event, question=question, back=back, note=note):
                _undo(event, change)
            flash(" ".join(filter(None, (_words_of_undone(rsvp, change), note))))
            return htmx.done(go_to=back)
    is_full = isinstance(decision.refusal, NoRoom)
    return show(event, rsvp, decision=decision, full=change if is_full else None)


def _withdrawn(change: GuestChange) -> str:
    """What is said of the guest's own mail that is deleted by an undo."""
    if not undo.withdraws_mail(change):
        return ""
    return str(gettext("The email to %(name)s hadn't left, and isn't sent.", name=change.rsvp.name))


def _words_of_undone(rsvp: Rsvp, change: GuestChange) -> str:
    if rsvp.status == Status.WAITLISTED and change.before.get("status") == Status.GOING:
        return str(gettext("%(name)s is on the waitlist.", name=rsvp.name))
    return str(gettext("Undone: %(name)s is as before.", name=rsvp.name))


def _undo(event: Event, change: GuestChange) -> None:
    rsvp_id, was_removed = change.rsvp_id, change.entry.verb == AuditVerb.GUEST_REMOVED
    over, waits = (bool(request.form.get(name)) for name in ("over_capacity", "waits"))
    changed = undo.undo_change(change, at=clock.now(), over_capacity=over, waits=waits)
    if was_removed:
        record(AuditVerb.GUEST_PUT_BACK, event, rsvp_id=rsvp_id)
    else:
        fields = [name for name in SHOWN if name in changed]
        record(AuditVerb.GUEST_CHANGE_UNDONE, event, rsvp_id=rsvp_id, fields=fields)


def address_of(rsvp: Rsvp) -> str:
    return url_for("guests.guest", slug=rsvp.event.slug, rsvp_id=rsvp.id)


def show(
    event: Event,
    rsvp: Rsvp,
    form: GuestForm | None = None,
    *,
    decision: Form | None = None,
    full: GuestChange | None = None,
) -> Response:
    """The page of a guest, with a form or a decision that was refused; `full`: a change that cannot
    be undone as there is no room.
    """
    decision = decision or Form(formdata=None)
    form = form or guest_form(event, rsvp, formdata=None)
    status = max(form.status, decision.status)
    return htmx.show(
        "guests/guest.html",
        fragment="guests/_one_guest.html",
        status=status if request.method == "POST" else 200,
        **shown_of(event, rsvp),
        form=form,
        decision=decision,
        full=full,
    )


def shown_of(event: Event, rsvp: Rsvp) -> dict[str, Any]:
    return {
        "event": event,
        "guest": guest_at(event, rsvp.id),
        "rsvp": rsvp,
        "seen_by": None if is_unasked(rsvp) else shown_to(rsvp),
        "waitlist_position": waitlist_position(rsvp),
        "happened": history_of(rsvp),
        "door_lines": door_lines_of(rsvp),
        "door_guest": door_guest_at(event_at_door(event.slug), rsvp.id),
        "status_words": STATUS_WORDS,
        "hint_of": hint_of,
        "may_be_mailed": may_be_mailed(rsvp, clock.now()),
        "mailed_at": mailed_at(rsvp),
        "tells": rsvp.person_id is not None and event.takes_rsvps(clock.now()),
        "form_id": new_secret(),
    }

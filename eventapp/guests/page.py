"""/o/e/<event>/guests: the guest list, with what its organisers do to guests on it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, render_template, url_for

from eventapp.attendees.gate import PAGE_ROWS
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext, ngettext
from eventapp.events.gate import organised_event
from eventapp.guests import approval, tickets
from eventapp.guests.asked import asked_guests
from eventapp.guests.guest_list import GuestList, GuestListEntry, guest_at
from eventapp.model import AuditVerb, Event, Status
from eventapp.rsvp.queries import who_would_fit
from eventapp.ui.ask_first import Mailing, asking_first

bp = Blueprint(
    "guests",
    "eventapp.guests",
    cli_group=None,
    static_folder="static",
    static_url_path="/static/guests",
)


@bp.get("/o/e/<slug>/guests")
def guest_list(slug: str) -> Response:
    event = organised_event(slug)
    ask = asked_guests(event)
    chosen = GuestList(event, ask.choice)
    return htmx.show(
        "guests/list.html",
        fragment="guests/_guests.html",
        **_numbers(event),
        counts=chosen.counts,
        guests=chosen.page(limit=PAGE_ROWS, offset=ask.part.offset),
        ask=ask,
    )


def _numbers(event: Event) -> dict[str, Any]:
    is_over = event.called_off_at or event.ends_at <= clock.now()
    return {
        "event": event,
        "may_write": clock.now() < event.ends_at,
        "fit": 0 if is_over or event.is_full else len(who_would_fit(event)),
        "tickets": 0 if is_over else tickets.count_without_ticket(event),
    }


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/approve")
def approve(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    guest = guest_at(event, rsvp_id)
    question = gettext("Approve %(name)s?", name=guest.rsvp.name)
    with transaction(), asking_first(event, question=question, back=asked_guests(event).address()):
        if was_pending := approval.approve(guest.rsvp, at=clock.now()):
            record(AuditVerb.GUEST_APPROVED, event, rsvp_id=rsvp_id)
    if not was_pending:
        _say_decided(guest)
    elif guest.rsvp.holds_a_seat:
        flash(gettext("%(name)s has a place now.", name=guest.rsvp.name))
    else:
        flash(gettext("It is full: %(name)s is on the waitlist now.", name=guest.rsvp.name))
    return _show_decided(event, guest)


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/decline")
def decline(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    guest = guest_at(event, rsvp_id)
    question = gettext("Decline %(name)s?", name=guest.rsvp.name)
    with transaction(), asking_first(event, question=question, back=asked_guests(event).address()):
        if was_pending := approval.decline(guest.rsvp, at=clock.now()):
            record(AuditVerb.GUEST_DECLINED, event, rsvp_id=rsvp_id)
    if was_pending:
        flash(gettext("%(name)s is declined.", name=guest.rsvp.name))
    else:
        _say_decided(guest)
    return _show_decided(event, guest)


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/reconsider")
def reconsider(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    guest = guest_at(event, rsvp_id)
    with transaction():
        if was_declined := approval.reconsider(guest.rsvp):
            record(AuditVerb.GUEST_RECONSIDERED, event, rsvp_id=rsvp_id)
    if was_declined:
        flash(gettext("%(name)s is waiting for your yes again.", name=guest.rsvp.name))
    else:
        _say_decided(guest)
    return _show_decided(event, guest)


def _say_decided(guest: GuestListEntry) -> None:
    """Say how it stands, to whoever comes second: another organiser, or a tap sent again."""
    name = guest.rsvp.name
    if guest.rsvp.holds_a_seat:
        flash(gettext("Decided already: %(name)s has a place.", name=name))
    elif guest.rsvp.status == Status.WAITLISTED:
        flash(gettext("Decided already: %(name)s is on the waitlist.", name=name))
    elif guest.rsvp.status == Status.CANCELLED:
        flash(gettext("%(name)s has cancelled.", name=name))
    else:
        flash(gettext("Decided already: %(name)s has no place.", name=name))


def _show_decided(event: Event, guest: GuestListEntry) -> Response:
    """The list that the form was on, or the guest's new row in it."""
    ask = asked_guests(event)
    return htmx.done(
        go_to=ask.address(),
        fragment="guests/on_guest_decided.html",
        guest=guest,
        ask=ask,
        counts=GuestList(event, ask.choice).counts,
        **_numbers(event),
    )


@bp.get("/o/e/<slug>/guests/send-tickets")
def confirm_tickets(slug: str) -> str:
    event = organised_event(slug)
    is_over = event.called_off_at or event.ends_at <= clock.now()
    mails = [] if is_over else tickets.tickets_to_send(event, at=clock.now())
    mailing = Mailing.of(mails) if mails else None
    return render_template("guests/send_tickets.html", event=event, mailing=mailing)


@bp.post("/o/e/<slug>/guests/send-tickets")
def send_tickets(slug: str) -> Response:
    event, at = organised_event(slug), clock.now()
    back, question = url_for("guests.guest_list", slug=slug), gettext("Send the tickets?")
    mails = tickets.tickets_to_send(event, at=at)  # before others wait: there may be thousands
    with transaction(), asking_first(event, question=question, back=back) as asked:
        if count := tickets.ask_for_tickets(event, at=at):
            asked += mails
            record(AuditVerb.TICKETS_SENT, event, count=count)
    words = ngettext("%(num)s email is on its way.", "%(num)s emails are on their way.", count)
    flash(words)
    return htmx.done(go_to=back)

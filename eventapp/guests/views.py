"""/o/e/<event>/guests: the organisers' guest list, in and out."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for

from eventapp.attendees.gate import asked
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.request_limits import takes_files
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests import actions, queries
from eventapp.guests.actions import ImportReport
from eventapp.guests.forms import ImportForm
from eventapp.guests.guest_csv import guest_csv
from eventapp.guests.guest_file import GuestFile
from eventapp.guests.importer import import_guests, rehearse_import
from eventapp.guests.refusals import ImportStopped
from eventapp.model import AuditVerb, Event, Status

bp = Blueprint("guests", __name__, cli_group=None)


@bp.get("/o/e/<slug>/guests")
def guest_list(slug: str) -> Response:
    event, ask, status = organised_event(slug), asked(), request.args.get("status")
    chosen = status if status in tuple(Status) else None
    rows = queries.guests_of(
        event, typed=ask.typed, status=chosen, limit=ask.limit, offset=ask.offset
    )
    return htmx.show(
        "guests/list.html",
        fragment="guests/_guests.html",
        **_numbers(event),
        guests=ask.shown(rows),
        next_page=ask.next_page(rows),
        q=ask.typed,
        chosen=chosen,
    )


def _numbers(event: Event) -> dict[str, Any]:
    is_over = event.called_off_at or event.ends_at <= clock.now()
    return {
        "event": event,
        "counts": queries.counts_of(event),
        "tickets": 0 if is_over else queries.count_without_ticket(event),
    }


@bp.get("/o/e/<slug>/guests.csv")
def find_export(slug: str) -> Response:
    """Whoever opens the file's address finds the button that brings it."""
    return htmx.go(url_for("guests.guest_list", slug=organised_event(slug).slug))


@bp.post("/o/e/<slug>/guests.csv")
def export(slug: str) -> Response:
    """The guest list as a file. A POST, since the community's log says who took it along."""
    event = organised_event(slug)
    with transaction():
        record(AuditVerb.GUESTS_EXPORTED, event)
    response = Response(guest_csv(event), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-guests.csv")
    return response


@bp.get("/o/e/<slug>/guests/import")
def choose_list(slug: str) -> Response:
    return _show_import(organised_event(slug), ImportForm(formdata=None))


@bp.post("/o/e/<slug>/guests/import")
@takes_files
def import_list(slug: str) -> Response:
    event, form, report = organised_event(slug), ImportForm(), None
    if file := form.read(zone=event.zone):
        try:
            report = _run(event, file, dry_run=form.dry_run.data)
        except ImportStopped as no:
            raise interrupted(no) from no
    return _show_import(event, form, report)


def _run(event: Event, file: GuestFile, *, dry_run: bool) -> ImportReport:
    if dry_run:
        return rehearse_import(event, file, at=clock.now())
    note = partial(record, AuditVerb.GUESTS_IMPORTED, event)
    return import_guests(event, file, at=clock.now(), record=note)


def _show_import(event: Event, form: ImportForm, report: ImportReport | None = None) -> Response:
    return htmx.show(
        "guests/import.html",
        fragment="guests/_import.html",
        status=form.status,
        event=event,
        form=form,
        report=report,
    )


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/approve")
def approve(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    guest = queries.guest_at(event, rsvp_id)
    with transaction():
        if was_pending := actions.approve(guest.rsvp, at=clock.now()):
            record(AuditVerb.GUEST_APPROVED, event, rsvp_id=rsvp_id)
    if not was_pending:
        _say_decided_before(guest)
    elif guest.rsvp.holds_a_seat:
        flash(gettext("%(name)s has a place now.", name=guest.rsvp.name))
    else:
        flash(gettext("It is full: %(name)s is on the waitlist now.", name=guest.rsvp.name))
    return _show_decided(event, guest)


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/decline")
def decline(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    guest = queries.guest_at(event, rsvp_id)
    with transaction():
        if was_pending := actions.decline(guest.rsvp):
            record(AuditVerb.GUEST_DECLINED, event, rsvp_id=rsvp_id)
    if was_pending:
        flash(gettext("%(name)s is declined.", name=guest.rsvp.name))
    else:
        _say_decided_before(guest)
    return _show_decided(event, guest)


def _say_decided_before(guest: queries.Guest) -> None:
    name = guest.rsvp.name
    flash(gettext("Nothing was changed: %(name)s does not wait for your yes any more.", name=name))


def _show_decided(event: Event, guest: queries.Guest) -> Response:
    return htmx.done(
        go_to=url_for("guests.guest_list", slug=event.slug, status=Status.PENDING),
        fragment="guests/on_guest_decided.html",
        guest=guest,
        **_numbers(event),
    )


@bp.get("/o/e/<slug>/guests/send-tickets")
def confirm_tickets(slug: str) -> str:
    event = organised_event(slug)
    return render_template("guests/send_tickets.html", **_numbers(event))


@bp.post("/o/e/<slug>/guests/send-tickets")
def send_tickets(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        if count := actions.send_tickets(event, at=clock.now()):
            record(AuditVerb.TICKETS_SENT, event, count=count)
    words = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", count)
    flash(words)
    return htmx.done(go_to=url_for("guests.guest_list", slug=slug))

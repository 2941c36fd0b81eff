"""/e/<event>/conduct: find whom one doesn't want to meet, and tell the organisers of something.

What is about somebody else who comes is told on the page about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Response, current_app, flash

from eventapp.attendees.gate import asked
from eventapp.attendees.queries import listed
from eventapp.communities.queries import hosts_of
from eventapp.conduct import actions, queries
from eventapp.conduct.forms import EventReportForm, ReportForm
from eventapp.conduct.views import bp, person_context
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.met.gate import address_of, anybody_asking, both
from eventapp.met.queries import Attendee
from eventapp.model import Organiser, Person, Rsvp


@both(
    bp,
    "GET",
    "/conduct",
    signed_out=(
        _l("Block or report"),
        _l("Here guests block somebody, or tell the hosts what wasn't right."),
    ),
)
def conduct(**place: str) -> Response:
    guest = anybody_asking(**place)
    return _show(guest, _event_form(guest, formdata=None))


@both(bp, "POST", "/conduct/report")
def report_event(**place: str) -> Response:
    guest = anybody_asking(**place)
    form = _event_form(guest)
    if form.validate():
        with form.showing_refusals():
            return _report(guest, form, about=form.host.person if form.host else None)
    return _show(guest, form)


@both(bp, "GET", "/conduct/<int:rsvp_id>")
def person(rsvp_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    return _show_person(guest, queries.guest_of(guest, rsvp_id), ReportForm(formdata=None))


@both(bp, "POST", "/conduct/<int:rsvp_id>/report")
def report_person(rsvp_id: int, **place: str) -> Response:
    guest, form = anybody_asking(**place), ReportForm()
    them = queries.guest_of(guest, rsvp_id)
    if form.validate():
        with form.showing_refusals():
            return _report(guest, form, about=them.person)
    return _show_person(guest, them, form)


def _event_form(guest: Attendee, **more: Any) -> EventReportForm:
    hosts = hosts_of(guest.event.community)
    others = [host for host in hosts if host.person_id != guest.person.id]
    return EventReportForm(others, **more)


def _report(guest: Attendee, form: ReportForm, *, about: Person | None) -> Response:
    with transaction():
        actions.report(
            guest.event,
            form.said(),
            by=guest.person,
            about=about,
            at=clock.now(),
            form_id=form.form_id.data,
        )
    flash(gettext("The hosts have it. Their answer comes by email, and is on your page."))
    return htmx.done(go_to=address_of(guest, "conduct.conduct"))


def _show(guest: Attendee, form: EventReportForm) -> Response:
    ask = asked()
    rows = listed(guest.event, guest.viewer, typed=ask.typed, limit=ask.limit) if ask.typed else []
    others = [row for row in rows if row.person_id not in (None, guest.person.id)]
    return htmx.show(
        "conduct/conduct.html",
        fragment="conduct/_report.html" if form.is_submitted() else "conduct/_found.html",
        status=form.status,
        guest=guest,
        event=guest.event,
        address=partial(address_of, guest),
        q=ask.typed,
        found=ask.shown(others),
        form=form,
        send_to=address_of(guest, "conduct.report_event"),
        **who_reads(guest, None),
    )


def _show_person(guest: Attendee, them: Rsvp, form: ReportForm) -> Response:
    return htmx.show(
        "conduct/person.html",
        fragment="conduct/_report.html",
        status=form.status,
        **person_context(guest, them),
        form=form,
        send_to=address_of(guest, "conduct.report_person", rsvp_id=them.id),
        **who_reads(guest, them.person),
    )


def who_reads(guest: Attendee, about: Person | None) -> dict[str, Any]:
    """Who would read it, and whom to tell where that may be the one it's about. The page says how
    many only if nobody else would: who organises isn't everybody's to know.
    """
    readers = queries.readers_of(guest.event.community, about)
    return {"readers": readers, "elsewhere": _elsewhere(guest, about, readers)}


def _elsewhere(guest: Attendee, about: Person | None, readers: Sequence[Organiser]) -> list[str]:
    """Addresses of the community and of who runs the server, but for that of the only one whom it
    may be about.
    """
    only = about or (readers[0].person if len(readers) == 1 else None)
    contact = guest.event.community.contact_email
    theirs = [] if only and contact.casefold() == only.email_key else [f"mailto:{contact}"]
    return [*theirs, *current_app.config.get("ABUSE_CONTACT", [])]

"""/o/e/<event>/approval: organisers let in all who wait, or have an event ask, or stop asking."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, request, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.forms import Form
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests import approval, request_mails
from eventapp.guests.approval_of_all import ApprovalOfAll, ApprovalStopped, waiting_at
from eventapp.guests.page import bp
from eventapp.model import AuditVerb, Event, Status
from eventapp.ui.ask_first import Mailing


@bp.post("/o/e/<slug>/approval/ask")
def ask_for_approval(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        if approval.ask_for_approval(event, at=clock.now()):
            record(AuditVerb.APPROVAL_ASKED, event)
    flash(gettext("From now on guests ask to come, and wait for your yes."))
    return htmx.done(go_to=url_for("overview.overview", slug=slug))


@bp.get("/o/e/<slug>/approval/all")
def confirm_approve_all(slug: str) -> Response:
    return _show(organised_event(slug), Form(), stops=False)


@bp.post("/o/e/<slug>/approval/all")
def approve_all(slug: str) -> Response:
    event, decision = organised_event(slug), Form()
    if decision.validate():
        with decision.showing_refusals():
            flash(_how_many_are_in(_for_all(event, ApprovalOfAll.approve)))
            return htmx.done(go_to=url_for("guests.guest_list", slug=slug, status=Status.PENDING))
    return _show(event, decision, stops=False)


@bp.get("/o/e/<slug>/approval/stop")
def confirm_stop_asking(slug: str) -> Response:
    return _show(organised_event(slug), Form(), stops=True)


@bp.post("/o/e/<slug>/approval/stop")
def stop_asking(slug: str) -> Response:
    event, decision = organised_event(slug), Form()
    if decision.validate():
        with decision.showing_refusals():
            _for_all(event, ApprovalOfAll.stop_asking)
            flash(gettext("From now on whoever answers gets a place while there are any."))
            return htmx.done(go_to=url_for("overview.overview", slug=slug))
    return _show(event, decision, stops=True)


@bp.post("/o/e/<slug>/approval/mail")
def mail_requests(slug: str) -> Response:
    """Have the organisers mailed when somebody asks to come, or no more."""
    event, tells = organised_event(slug), request.form.get("tells") == "yes"
    with transaction():
        decide = request_mails.tell_of_requests if tells else request_mails.keep_requests_quiet
        if decide(event):
            record(AuditVerb.EVENT_CHANGED, event, fields=["tells_of_requests"])
    flash(gettext("Saved."))
    return htmx.done(go_to=url_for("overview.overview", slug=slug))


def _for_all(event: Event, decide: Callable[[ApprovalOfAll], int]) -> int:
    """Decide about all whom the organiser saw waiting. Returns how many are let in."""
    seen = request.form.get("seen")
    try:
        return decide(ApprovalOfAll(event, seen=seen, at=clock.now(), record=record))
    except ApprovalStopped as no:
        raise interrupted(no) from no


def _how_many_are_in(count: int) -> str:
    if not count:  # decided before: by another organiser, or by a tap that is sent again
        return str(gettext("Nobody is waiting for your yes any more."))
    words = ngettext("%(num)s guest is approved.", "%(num)s guests are approved.", count)
    return str(words)


def _show(event: Event, decision: Form, *, stops: bool) -> Response:
    waiting = waiting_at(event, at=clock.now())
    return htmx.show(
        "guests/approve_all.html",
        fragment="guests/_approve_all.html",
        status=decision.status if decision.refusal else 200,
        event=event,
        waiting=waiting,
        mailing=Mailing.of(waiting.mails) if waiting.mails else None,
        decision=decision,
        stops=stops,
    )

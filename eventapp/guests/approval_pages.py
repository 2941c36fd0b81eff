"""/o/e/<event>/approval: organisers have an event ask for approval, or stop asking."""

from __future__ import annotations

from flask import Response, flash, request, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.forms import Form
from eventapp.core.i18n import gettext
from eventapp.core.mail import preview
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests import approval, request_mails, whom
from eventapp.guests import stop_asking as stopping
from eventapp.guests.act_plan import plan, samples
from eventapp.guests.acts import APPROVE, Doing
from eventapp.guests.asked import whom_sent
from eventapp.guests.many import Stopped
from eventapp.guests.page import bp
from eventapp.guests.stop_asking import Seen, StillAsks, ids_waiting
from eventapp.model import AuditVerb, Event, Status


@bp.post("/o/e/<slug>/approval/ask")
def ask_for_approval(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        if approval.ask_for_approval(event, at=clock.now()):
            record(AuditVerb.APPROVAL_ASKED, event)
    flash(gettext("From now on guests ask to come, and wait for your yes."))
    return htmx.done(go_to=url_for("overview.overview", slug=slug))


@bp.get("/o/e/<slug>/approval/all")
def approve_all(slug: str) -> Response:
    """Where mails and bookmarks led before it was an act on many guests."""
    event = organised_event(slug)
    return htmx.go(
        url_for(
            "guests.confirm_act", slug=event.slug, act=APPROVE.name, status=Status.PENDING, all=1
        )
    )


@bp.get("/o/e/<slug>/approval/stop")
def confirm_stop_asking(slug: str) -> Response:
    return _show(organised_event(slug), Form())


@bp.post("/o/e/<slug>/approval/stop")
def stop_asking(slug: str) -> Response:
    event, decision = organised_event(slug), Form()
    if decision.validate():
        with decision.showing_refusals():
            _stop(event)
            flash(gettext("From now on whoever answers gets a place while there are any."))
            return htmx.done(go_to=url_for("overview.overview", slug=slug))
    return _show(event, decision)


def _stop(event: Event) -> None:
    seen = Seen(whom_sent(), request.form.get("people", 0, type=int))
    try:
        stopping.stop_asking(event, Doing(clock.now(), record), seen=seen)
    except (Stopped, StillAsks) as no:
        raise interrupted(no) from no


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


def _show(event: Event, decision: Form) -> Response:
    doing, ids = Doing(clock.now(), record), ids_waiting(event)
    waiting = plan(event, APPROVE, ids, doing)
    mails = samples(event, APPROVE, waiting, doing)
    return htmx.show(
        "guests/stop_asking.html",
        fragment="guests/_stop_asking.html",
        status=decision.status if decision.refusal else 200,
        event=event,
        act=APPROVE.name,
        plan=waiting,
        whom=whom.written(ids),
        samples=[(mail.values["name"], preview(mail)) for mail in mails],
        decision=decision,
    )

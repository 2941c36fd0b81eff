"""/o/e/<event>/change: organisers have those who answered told of a new time or place, or not."""

from __future__ import annotations

from flask import Response, flash, request, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.forms import Form
from eventapp.core.i18n import gettext, ngettext
from eventapp.events.gate import organised_event
from eventapp.model import AuditVerb, Event
from eventapp.rsvp import actions
from eventapp.rsvp.actions.moved import Untold
from eventapp.rsvp.views import bp


@bp.app_template_global()
def change_to_tell(event: Event) -> Untold | None:
    """What those who answered have not been told, for the organisers' page of the event."""
    return actions.untold_change(event, clock.now())


@bp.post("/o/e/<slug>/change/tell")
def tell_change(slug: str) -> Response:
    event, decision = organised_event(slug), Form()
    if decision.validate():
        with decision.showing_refusals():
            with transaction():
                guests = actions.tell_change(event, revision=_revision_seen(), at=clock.now())
                if guests:
                    record(AuditVerb.CHANGE_TOLD, event, count=guests)
            flash(_how_many_are_told(guests))
            return htmx.done(go_to=url_for("overview.overview", slug=slug))
    return _show(event, decision)


@bp.post("/o/e/<slug>/change/keep-quiet")
def keep_change_quiet(slug: str) -> Response:
    event, decision = organised_event(slug), Form()
    if decision.validate():
        with decision.showing_refusals():
            with transaction():
                if actions.keep_change_quiet(event, revision=_revision_seen(), at=clock.now()):
                    record(AuditVerb.CHANGE_KEPT_QUIET, event)
            flash(gettext("Nobody is told.") if change_to_tell(event) else _how_many_are_told(0))
            return htmx.done(go_to=url_for("overview.overview", slug=slug))
    return _show(event, decision)


def _revision_seen() -> int | None:
    """The revision of the event on the page where the organiser decided."""
    return request.form.get("revision", type=int)


def _how_many_are_told(guests: int) -> str:
    if not guests:  # decided before: by another organiser, or by a tap that is sent again
        return str(gettext("Everybody who answered knows, or is told within a few minutes."))
    words = ngettext(
        "One guest is told within a few minutes.",
        "%(num)s guests are told within a few minutes.",
        guests,
    )
    return str(words)


def _show(event: Event, decision: Form) -> Response:
    return htmx.show(
        "rsvp/moved.html",
        fragment="events/_change_to_tell.html",
        status=decision.status,
        event=event,
        untold=change_to_tell(event),
        decision=decision,
    )

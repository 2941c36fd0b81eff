"""/o/e/<event>/change: organisers have those who answered told of a new time or place, or not."""

from __future__ import annotations

from flask import Response, flash, request, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.forms import Form, LineField
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.events.gate import organised_event
from eventapp.model import AuditVerb, Event
from eventapp.model.limits import HOSTS_LINE_MOST
from eventapp.rsvp import actions
from eventapp.rsvp.actions.moved import Untold
from eventapp.rsvp.views import bp
from eventapp.ui.ask_first import asking_first


class TellForm(Form):
    line = LineField(_l("A line of your own"), most=HOSTS_LINE_MOST)


@bp.app_template_global()
def tell_form() -> TellForm:
    """The form to tell a change, for the organisers' page of the event."""
    return TellForm(formdata=None)


@bp.app_template_global()
def change_to_tell(event: Event) -> Untold | None:
    """What those who answered have not been told, for the organisers' page of the event."""
    return actions.untold_change(event, clock.now())


@bp.post("/o/e/<slug>/change/tell")
def tell_change(slug: str) -> Response:
    event, decision, now = organised_event(slug), TellForm(), clock.now()
    back, question = url_for("overview.overview", slug=slug), gettext("Tell them what changed?")
    if decision.validate():
        with decision.showing_refusals():
            with transaction(), asking_first(event, question=question, back=back) as mails:
                guests = actions.guests_untold(event)
                told = actions.tell_change(
                    event, revision=_revision_seen(), at=now, line=decision.line.data
                )
                if told:
                    record(AuditVerb.CHANGE_TOLD, event, count=told)
                    mails += actions.mails_of_change(guests, at=now)
            flash(_how_many_are_told(told))
            return htmx.done(go_to=back)
    return _show(event, decision)


@bp.post("/o/e/<slug>/change/keep-quiet")
def keep_change_quiet(slug: str) -> Response:
    event, decision = organised_event(slug), TellForm()
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


def _show(event: Event, decision: TellForm) -> Response:
    return htmx.show(
        "rsvp/moved.html",
        fragment="events/_change_to_tell.html",
        status=decision.status,
        event=event,
        untold=change_to_tell(event),
        decision=decision,
    )

"""/o/e/<event>/call-off: organisers call an event off, with a reason, and take that back."""

from __future__ import annotations

from flask import Response, flash, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.forms import Form, LineField
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.events.actions import call_off_event, take_back_call_off
from eventapp.events.gate import organised_event
from eventapp.events.queries import may_be_taken_back
from eventapp.model import AuditVerb, Event
from eventapp.model.limits import HOSTS_LINE_MOST
from eventapp.rsvp import actions, queries
from eventapp.rsvp.views import bp
from eventapp.ui.ask_first import asking_first


class CallOffForm(Form):
    because = LineField(_l("Why?"), most=HOSTS_LINE_MOST)


@bp.app_template_global()
def call_off_may_be_taken_back(event: Event) -> bool:
    return may_be_taken_back(event, clock.now())


@bp.app_template_global()
def taking_back_asks(event: Event) -> bool:
    """Whether somebody would be mailed, so that it is asked first."""
    moved_up = () if event.is_full else queries.who_would_fit(event)
    return actions.is_told_back_on(event) or any(row.person_id for row in moved_up)


@bp.get("/o/e/<slug>/call-off")
def confirm_call_off(slug: str) -> Response:
    return _show(organised_event(slug), CallOffForm(formdata=None))


@bp.post("/o/e/<slug>/call-off")
def call_off(slug: str) -> Response:
    event, form, now = organised_event(slug), CallOffForm(), clock.now()
    back, question = url_for("overview.overview", slug=slug), gettext("Call this event off?")
    if form.validate():
        because = form.because.data
        mails = actions.mails_of_call_off(event, because=because, at=now)
        with form.showing_refusals():
            with transaction(), asking_first(event, question=question, back=back) as asked:
                if call_off_event(event, at=now, because=because):
                    record(AuditVerb.EVENT_CALLED_OFF, event)
                    asked += mails
            flash(gettext("It's called off, and its page says so."))
            return htmx.done(go_to=back)
    return _show(event, form)


@bp.post("/o/e/<slug>/call-off/take-back")
def take_back(slug: str) -> Response:
    event, now = organised_event(slug), clock.now()
    back = url_for("overview.overview", slug=slug)
    question = gettext("Does it take place after all?")
    with transaction(), asking_first(event, question=question, back=back) as mails:
        if take_back_call_off(event, at=now):
            record(AuditVerb.CALL_OFF_TAKEN_BACK, event)
            actions.withdraw_call_off_mails(event)
            actions.lock_seats(event)
            actions.promote(event, at=now)
            mails += actions.mails_of_back_on(event, at=now)
    flash(gettext("It takes place after all, and its page says so."))
    return htmx.done(go_to=back)


def _show(event: Event, form: CallOffForm) -> Response:
    return htmx.show(
        "rsvp/call_off.html",
        fragment="rsvp/_call_off.html",
        status=form.status,
        event=event,
        form=form,
    )

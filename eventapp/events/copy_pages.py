"""/o/e/<event>/copy: organisers hold an event again, on another day."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx, zones
from eventapp.core.db import transaction
from eventapp.core.fields import LocalTimeField
from eventapp.core.forms import Form, Message
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.events.copies import copy_event, date_of_copy
from eventapp.events.gate import organised_event
from eventapp.events.views import bp
from eventapp.model import AuditVerb, Event


class CopyForm(Form):
    starts = LocalTimeField(_l("The copy starts"), needed=False)

    @classmethod
    def of(cls, event: Event, **more: object) -> CopyForm:
        """With the day of the next week, which is also what leaving the field empty means."""
        likely = zones.wall_clock(date_of_copy(event, clock.now()), event.tz)
        return cls(data={"starts": likely}, **more)

    def starts_at(self, event: Event) -> datetime | None:
        """None if the clocks never show that time, which the form then says."""
        try:
            return zones.instant(self.starts.data, event.tz)
        except zones.TimeDoesNotExist as no:
            self.starts.errors = [Message(no.code, str(no))]
            return None


@bp.app_template_global()
def copy_form(event: Event) -> CopyForm:
    return CopyForm.of(event, formdata=None)


@bp.post("/o/e/<slug>/copy")
def copy(slug: str) -> Response:
    event, now = organised_event(slug), clock.now()
    form = CopyForm.of(event)
    if form.validate():
        starts_at = form.starts_at(event) if form.starts.data else date_of_copy(event, now)
        if starts_at:
            with transaction():
                draft = copy_event(event, starts_at=starts_at, at=now)
                record(AuditVerb.EVENT_COPIED, draft)
            flash(gettext("This is the copy, as a draft. Check its date, and what it says."))
            return htmx.done(go_to=url_for("overview.overview", slug=draft.slug))
    return htmx.show(
        "events/copy.html", fragment="events/_copy.html", status=form.status, event=event, form=form
    )

"""/o/e/<event>/questions: what organisers ask on the RSVP form."""

from __future__ import annotations

from flask import Response, flash, url_for

from eventapp.communities.gate import record
from eventapp.core import htmx, i18n
from eventapp.core.db import lock_and_reread, transaction
from eventapp.events.gate import organised_event
from eventapp.model import AuditVerb, Event
from eventapp.rsvp import actions
from eventapp.rsvp.queries import contact_titles
from eventapp.rsvp.question_form import QuestionsForm
from eventapp.rsvp.views import bp


@bp.get("/o/e/<slug>/questions")
def questions(slug: str) -> Response:
    event = organised_event(slug)
    return _show(event, QuestionsForm.of(event, formdata=None))


@bp.post("/o/e/<slug>/questions")
def change_questions(slug: str) -> Response:
    event = organised_event(slug)
    form = QuestionsForm.of(event)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(event)
                form.refuse_if_edited(QuestionsForm.of(event, formdata=None))
                if actions.set_questions(event, form.typed()):
                    record(AuditVerb.QUESTIONS_CHANGED, event)
            flash(i18n.gettext("Saved."))
            return htmx.done(go_to=url_for("rsvp.questions", slug=slug))
    return _show(event, form)


def _show(event: Event, form: QuestionsForm) -> Response:
    form.offer_row()
    return htmx.show(
        "rsvp/questions.html",
        fragment="rsvp/_questions_form.html",
        status=form.status,
        event=event,
        form=form,
        contact_titles=contact_titles(event),
    )

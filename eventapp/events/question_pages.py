"""/e/<event>/ask: a form that mails the hosts, without an address on any page."""

from __future__ import annotations

from flask import Response, flash, url_for

from eventapp.account import gate
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.fields import FormIdField
from eventapp.core.forms import EmailField, Form, LineField, LinesField
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.security import limiter, provider_network
from eventapp.events.queries import published_event
from eventapp.events.question import Question, ask_hosts
from eventapp.events.views import bp
from eventapp.model import Event
from eventapp.model.limits import NAME_MOST, QUESTION_MOST


class QuestionForm(Form):
    name = LineField(
        _l("Your name"), most=NAME_MOST, needed=True, render_kw={"autocomplete": "name"}
    )
    email = EmailField(_l("Email"), render_kw={"autocomplete": "email"})
    words = LinesField(_l("Your question"), most=QUESTION_MOST, needed=True, render_kw={"rows": 5})

    form_id = FormIdField(default=new_secret)  # sent twice, it is one question

    def typed(self) -> Question:
        return Question(self.name.data, self.email.data, self.words.data)


@bp.get("/e/<slug>/ask")
def ask(slug: str) -> Response:
    form = QuestionForm(formdata=None)
    if person := gate.person():
        form.name.data, form.email.data = person.name, person.email
    return _show(published_event(slug), form)


@bp.post("/e/<slug>/ask")
@limiter.limit("30 per hour")
def send_question(slug: str) -> Response:
    event, form = published_event(slug), QuestionForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                ask_hosts(
                    event,
                    form.typed(),
                    network=provider_network(),
                    at=clock.now(),
                    form_id=form.form_id.data,
                )
            flash(gettext("Your question is on its way. The answer will come to your inbox."))
            return htmx.done(go_to=url_for("rsvp.event", slug=slug))
    return _show(event, form)


def _show(event: Event, form: QuestionForm) -> Response:
    return htmx.show(
        "events/ask.html",
        fragment="events/_ask.html",
        status=form.status,
        event=event,
        form=form,
    )

"""/o/e/<event>/guests/write: an organiser writes to who is ticked, or to all whom the list shows;
first the words, then whether they are to be sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, request, url_for

from eventapp.account import gate
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.fields import FormIdField
from eventapp.core.forms import Form, LineField, LinesField
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.mail import preview
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests import whom, writing
from eventapp.guests.act_pages import ids_chosen
from eventapp.guests.act_plan import Plan
from eventapp.guests.acts import Doing
from eventapp.guests.asked import AskedGuests, asked_guests, ids_sent, whom_sent
from eventapp.guests.guest_list import GuestList
from eventapp.guests.many import ManyGuests, Stopped
from eventapp.guests.page import bp
from eventapp.model import Event, Rsvp
from eventapp.model.limits import MESSAGE_MOST, MESSAGE_SUBJECT_MOST
from eventapp.ui.ask_first import SEEN


class MessageForm(Form):
    subject = LineField(
        _l("Subject"),
        most=MESSAGE_SUBJECT_MOST,
        needed=True,
        render_kw={"autocomplete": "off"},
    )
    words = LinesField(_l("Message"), most=MESSAGE_MOST, needed=True, render_kw={"rows": 10})
    form_id = FormIdField(default=new_secret)  # sent twice, it is one message

    def written(self) -> writing.Written:
        form_id = self.form_id.data or new_secret()
        by_id = gate.require_person().id
        return writing.Written(self.subject.data, self.words.data or "", form_id, by_id)


@bp.app_template_global()
def may_be_written_to(rsvp: Rsvp) -> bool:
    return writing.may_be_written_to(rsvp, clock.now())


@bp.get("/o/e/<slug>/guests/write")
def write_message(slug: str) -> Response:
    event = organised_event(slug)
    ask = asked_guests(event)
    return _show_form(event, ask, ids_chosen(ask), MessageForm(formdata=None))


@bp.post("/o/e/<slug>/guests/write")
def send_message(slug: str) -> Response:
    event, form, ids = organised_event(slug), MessageForm(), whom_sent()
    ask = asked_guests(event)
    if request.form.get("then") == "edit" or not form.validate():
        return _show_form(event, ask, ids, form)
    written, doing = form.written(), Doing(clock.now(), record)
    act = writing.writing(written)
    planned = writing.plan_of_message(event, act, ids, doing)
    if SEEN not in request.form or not {*planned.mailed_ids} <= {*ids_sent(SEEN)}:
        return _ask(event, ask, form, planned, written)
    try:
        count = ManyGuests(event, act, doing).do(planned.ids)
    except Stopped as no:
        raise interrupted(no) from no
    if count or writing.was_sent(written, event):
        flash(_words_of_sent(count))
        return htmx.done(go_to=_back(ask, ids))
    return _ask(event, ask, form, _plan(event, ids, written), written)


def _words_of_sent(count: int) -> str:
    if not count:  # a tap that is sent again
        return str(gettext("It was sent already, and nobody gets it twice."))
    return str(ngettext("%(num)s email is on its way.", "%(num)s emails are on their way.", count))


def _back(ask: AskedGuests, ids: Sequence[int]) -> str:
    """To the list, or to the one guest, whose history has it."""
    if len(ids) == 1:
        return url_for("guests.guest", slug=ask.event.slug, rsvp_id=ids[0])
    return ask.address()


def _plan(event: Event, ids: Sequence[int], written: writing.Written) -> Plan:
    doing = Doing(clock.now(), record)
    return writing.plan_of_message(event, writing.writing(written), ids, doing)


def _show_form(event: Event, ask: AskedGuests, ids: Sequence[int], form: MessageForm) -> Response:
    planned = _plan(event, ids, writing.Written("", "", "", 0))
    return htmx.show(
        "guests/write.html",
        fragment="guests/_write.html",
        status=form.status,
        **_said(event, ask, planned),
        form=form,
        chosen=len(ids),
        whom=whom.written(ids),
        in_list=0 if ids else GuestList(event, ask.choice).counts.shown,
        all_of_list=url_for("guests.write_message", slug=event.slug, all=1, **ask.values),
        back=_back(ask, ids),
    )


def _ask(
    event: Event,
    ask: AskedGuests,
    form: MessageForm,
    planned: Plan,
    written: writing.Written,
) -> Response:
    """The question, whose form sends what was typed, with a yes or back to be changed."""
    mails = writing.samples(planned, written)
    return htmx.ask(
        "guests/write_ask.html",
        **_said(event, ask, planned),
        form=form,
        whom=request.form["whom"],
        mails_seen=whom.written(planned.mailed_ids),
        mails=[(count, preview(mail), mail.values["brought_by"]) for count, mail in mails],
        changed=SEEN in request.form,
    )


def _said(event: Event, ask: AskedGuests, planned: Plan) -> dict[str, Any]:
    return {"event": event, "ask": ask, "plan": planned, "act": "write"}

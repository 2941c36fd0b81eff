"""/r/<key>: a guest's own page, with the pass; change the answer, or cancel it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, request, url_for

from eventapp.account import gate
from eventapp.account.queries import newest_code
from eventapp.core import clock, htmx, i18n
from eventapp.core.db import transaction
from eventapp.core.links import absolute
from eventapp.events.queries import calendar_forms
from eventapp.model import Question, Rsvp, Status
from eventapp.rsvp import actions, queries
from eventapp.rsvp.actions import Answer
from eventapp.rsvp.forms import NoteForm, OwnFirstForm, OwnForm, SayForm
from eventapp.rsvp.kept import is_to_be_kept, may_be_kept, say_until
from eventapp.rsvp.question_fields import asking
from eventapp.rsvp.remembered import remember_own
from eventapp.rsvp.views import bp
from eventapp.rsvp.wallet import signer_of


@bp.get("/r/<key>")
def own(key: str) -> Response:
    rsvp = queries.rsvp_by_key(key)
    typed = _typed_here(rsvp)
    form = _form(rsvp, kind=_kind(typed), formdata=None)
    if typed and isinstance(form, OwnFirstForm):
        form.show_typed(typed)
    elif "last" in request.args and (last := _last_time(rsvp)):
        form.show_lines(last)
    return remember_own(_show_own(rsvp, form, typed_here=typed is not None), rsvp)


def _form(
    rsvp: Rsvp,
    asked: Sequence[Question] | None = None,
    *,
    kind: type[OwnForm] = OwnForm,
    **more: Any,
) -> OwnForm:
    """With the questions of the event, or with those that another form of it had."""
    questions = rsvp.event.asked if asked is None else asked
    return asking(kind, rsvp.event, questions, rsvp.answers)(rsvp, **more)


def _kind(typed_here: Answer | None) -> type[OwnForm]:
    return OwnFirstForm if typed_here else OwnForm


def _typed_here(rsvp: Rsvp) -> Answer | None:
    """The form that this browser filled in, if its address is not proven yet."""
    if not (rsvp.is_unproven and rsvp.event.takes_rsvps(clock.now())):
        return None
    return actions.form_of(newest_code(rsvp, browser=gate.browser()))


def _last_time(rsvp: Rsvp) -> Rsvp | None:
    """With the lines to offer again, to a guest who has written none yet."""
    if any(rsvp.lines) or rsvp.is_unproven or rsvp.person is None:
        return None
    return queries.rsvp_of_last_time(rsvp.person, rsvp.event)


@bp.post("/r/<key>")
def change(key: str) -> Response:
    rsvp = queries.rsvp_by_key(key)
    typed = _typed_here(rsvp)
    kind = _kind(typed)
    form = _form(rsvp, kind=kind)
    if form.validate():
        with form.showing_refusals():
            email = rsvp.person.email if rsvp.person else ""
            with transaction():
                actions.lock_own_rsvp(rsvp, key)
                form.refuse_if_edited(_form(rsvp, form.questions, kind=kind, formdata=None))
                actions.change(rsvp, form.typed(email), at=clock.now())
            flash(i18n.gettext("Saved."))
            return htmx.done(go_to=url_for("rsvp.own", key=key))
    return _show_own(rsvp, form, typed_here=typed is not None)


@bp.post("/r/<key>/confirm")
def confirm(key: str) -> Response:
    """Prove the mailbox by one tap in the mail, and choose who may see the guest."""
    rsvp = queries.rsvp_by_key(key)
    with transaction():
        actions.lock_own_rsvp(rsvp, key)
        actions.confirm(rsvp, at=clock.now(), listing=request.form.get("listing"))
    flash(i18n.gettext("Saved."))
    return htmx.done(go_to=url_for("rsvp.own", key=key))


@bp.post("/r/<key>/answer")
def say(key: str) -> Response:
    """Come, maybe, or not after all: by one button, which leaves the rest as it is."""
    rsvp, said = queries.rsvp_by_key(key), SayForm()
    if said.validate():
        with transaction():
            actions.lock_own_rsvp(rsvp, key)
            actions.say(rsvp, said.answer.data or Status.GOING, at=clock.now(), note=said.note.data)
        flash(i18n.gettext("Saved."))
        return htmx.done(go_to=url_for("rsvp.own", key=key))
    return _show_own(rsvp, _form(rsvp, formdata=None), said=said)


@bp.post("/r/<key>/cancel")
def cancel(key: str) -> Response:
    rsvp, said = queries.rsvp_by_key(key), NoteForm()
    if said.validate():
        with transaction():
            actions.lock_own_rsvp(rsvp, key)
            actions.cancel(rsvp, at=clock.now(), note=said.note.data)
        flash(i18n.gettext("Cancelled. Thank you for letting us know."))
        return htmx.done(go_to=url_for("rsvp.own", key=key))
    return _show_own(rsvp, _form(rsvp, formdata=None), said=said)


def _show_own(
    rsvp: Rsvp, form: OwnForm, *, typed_here: bool = False, said: NoteForm | None = None
) -> Response:
    said, now = said or NoteForm(formdata=None, note=rsvp.note), clock.now()
    ticket_url = absolute("door.ticket", ticket=rsvp.ticket)
    form.show_limit(rsvp.companions_most)
    keeps = is_to_be_kept(rsvp, now)
    response = htmx.show(
        "rsvp/own.html",
        fragment="rsvp/_change.html",
        status=max(form.status, said.status),
        rsvp=rsvp,
        event=rsvp.event,
        form=form,
        now=now,
        said=said,
        is_asked_again=queries.is_asked_again(rsvp, now),
        typed_here=typed_here,
        last_time=_last_time(rsvp),
        asks_who_sees=not typed_here and _asks_who_sees(rsvp),
        open_questions=queries.count_open_questions(rsvp),
        waitlist_position=queries.waitlist_position(rsvp),
        is_in=queries.is_in(rsvp),
        is_to_be_kept=keeps,
        may_be_kept=may_be_kept(rsvp, now),
        has_wallet_pass=signer_of(rsvp.event.community, now) is not None,
        ticket_url=ticket_url,
        calendars=calendar_forms(rsvp.event, rsvp),
        calendar_file=url_for("rsvp.calendar", key=rsvp.key),
    )
    return say_until(response, rsvp) if keeps else response


def _asks_who_sees(rsvp: Rsvp) -> bool:
    """Whether the page asks by itself, for one tap, who may see a guest who comes and has not said
    it yet; its form then leaves the question out.
    """
    comes = rsvp.answer != Status.NOT_GOING
    return comes and (rsvp.is_unproven or rsvp.listing is None)

"""/e/<event>/rsvp/<page>: what a visitor sees after answering, until they type the digits."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request, url_for

from eventapp.account import gate
from eventapp.account.actions import CodeExpired, TooManyTries
from eventapp.account.queries import code_by_page
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.forms import DigitsForm, Form
from eventapp.core.i18n import gettext
from eventapp.core.mail_domains import meant_address
from eventapp.core.security import limiter
from eventapp.events.queries import calendar_forms, published_event
from eventapp.model import Event, MailedCode
from eventapp.rsvp import actions
from eventapp.rsvp.forms import AddressForm
from eventapp.rsvp.queries import corrected_code, rsvp_of
from eventapp.rsvp.remembered import remember_answer
from eventapp.rsvp.views import bp, say_what_fits

PER_VENUE = "120 per hour"


@bp.get("/e/<slug>/rsvp/<page>")
def mailed(slug: str, page: str) -> Response:
    """Looks the same whether or not the address was known."""
    event = published_event(slug)
    code = _code_of(event, page)
    if corrected := corrected_code(code):
        return htmx.go(url_for("rsvp.mailed", slug=slug, page=corrected.page))
    return _show(event, code)


@bp.post("/e/<slug>/rsvp/<page>")
@limiter.limit(PER_VENUE)
def type_digits(slug: str, page: str) -> Response:
    event, form = published_event(slug), DigitsForm()
    code = _code_of(event, page)
    code = corrected_code(code) or code
    if form.validate():
        with form.showing_refusals():
            with transaction():
                proven = actions.prove_by_digits(
                    code, form.digits.data, by=gate.visitor(), at=clock.now()
                )
                secret = gate.start_session(proven.person) if proven and proven.person else None
            if proven and secret:
                own = url_for("rsvp.own", key=proven.key)
                response = gate.sign_in(htmx.done(go_to=own), secret)
                say_what_fits(proven, code)  # in the session that begins here
                return response
            form.say_wrong()
            if not code.is_of_use(clock.now()):  # no digits of this page count any more
                form.refusal = TooManyTries() if code.is_locked else CodeExpired()
    return _show(event, code, digits_form=form)


@bp.post("/e/<slug>/rsvp/<page>/again")
@limiter.limit(PER_VENUE)
def mail_again(slug: str, page: str) -> Response:
    """Send new digits to the same address."""
    event, form = published_event(slug), DigitsForm(formdata=None)
    code = _code_of(event, page)
    if new := _mailed_again(code, form, email=code.email):
        return _go_on(event, new)
    return _show(event, code, digits_form=form)


@bp.post("/e/<slug>/rsvp/<page>/address")
@limiter.limit(PER_VENUE)
def correct_address(slug: str, page: str) -> Response:
    """Send the mail to a corrected address. Not for walk-ins, whose address the door typed."""
    event, form = published_event(slug), AddressForm()
    code = _code_of(event, page)
    if code.typed.get("status") == "in":
        raise NotFound
    if form.validate() and (new := _mailed_again(code, form, email=form.email.data)):
        return _go_on(event, new)
    return _show(event, code, address_form=form)


def _go_on(event: Event, new: MailedCode) -> Response:
    go_to = url_for("rsvp.mailed", slug=event.slug, page=new.page)
    return remember_answer(htmx.done(go_to=go_to), new)


def _mailed_again(code: MailedCode, form: Form, *, email: str) -> MailedCode | None:
    """The code of the new mail. Returns None if it was refused; the form then says why."""
    new, at = None, clock.now()
    with form.showing_refusals(), transaction():
        new = actions.mail_again(code, email=email, by=gate.visitor(), at=at)
    if new and new.created_at == at:
        flash(gettext("Another email is on its way. Only its digits work now."))
    return new


def _code_of(event: Event, page: str) -> MailedCode:
    """The code whose digits are typed on this page. Raises NotFound if it is another event's."""
    code = code_by_page(page)
    if code.rsvp is None or code.rsvp.event_id != event.id:
        raise NotFound
    return code


def _show(event: Event, code: MailedCode, **sent: Any) -> Response:
    """The page, with the forms that were `sent` as they were filled in."""
    forms = {
        "digits_form": DigitsForm(formdata=None),
        "address_form": AddressForm(formdata=None),
        **sent,
    }
    status = max(form.status for form in forms.values())
    person = gate.person()
    is_own = code.used_at and person is not None and person.id == code.person_id
    return htmx.show(
        "rsvp/mailed.html",
        fragment="rsvp/_digits.html",
        status=status if request.method == "POST" else 200,
        event=event,
        code=code,
        now=clock.now(),
        meant=None if code.used_at else meant_address(code.email),
        own=rsvp_of(event, person) if person and is_own else None,
        is_mailed_already=bool(code.mail_waits_until) and actions.is_mailed_already(code),
        calendars=calendar_forms(event),
        calendar_file=url_for("events.calendar", slug=event.slug),
        **forms,
    )

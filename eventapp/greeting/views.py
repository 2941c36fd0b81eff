"""/r/<key>/people-to-meet: whom a guest is led to, and what they choose about that. The same is a
part of their own page.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from markupsafe import Markup

from eventapp.attendees.queries import shown_to
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.core.links import digest
from eventapp.greeting import actions, queries
from eventapp.greeting.forms import MeetAndTopicsForm, MeetForm
from eventapp.greeting.words import reason_words
from eventapp.model import Event, Listing, Rsvp
from eventapp.rsvp.actions import lock_own_rsvp
from eventapp.rsvp.queries import rsvp_by_key

bp = Blueprint("greeting", __name__, cli_group=None)
bp.add_app_template_global(reason_words, "reason_words")


@bp.app_template_global()
def people_to_meet(rsvp: Rsvp) -> Markup:
    """A part of a guest's own page, which stands further up the list of features."""
    if not queries.may_choose(rsvp, at=clock.now()):
        return Markup()
    # What could not be saved of their answer may have the three lines on the page already.
    form = MeetForm(rsvp, formdata=None) if request.method == "POST" else _form(rsvp, formdata=None)
    return Markup(render_template("greeting/_meet.html", **_context(rsvp, form)))  # noqa: S704


@bp.app_template_global()
def people_to_meet_come_first(event: Event) -> bool:
    """Whether they stand right below the ticket, above the calendars: on the day of the event, and
    from when there is a plan, or will be soon.
    """
    day, today = (at.astimezone(event.zone).date() for at in (event.starts_at, clock.now()))
    return today >= day or _are_known(event)


def _are_known(event: Event) -> bool:
    """Whether anything may change while somebody looks on."""
    return clock.now() >= event.starts_at - actions.BEFORE


@bp.get("/r/<key>/people-to-meet")
def meet(key: str) -> Response:
    rsvp = _rsvp_with(key)
    return _show(rsvp, _form(rsvp, formdata=None))


@bp.get("/r/<key>/people-to-meet/greeted")
def greets(key: str) -> Response:
    """Whom a host greets, and who of them is here; 204 if the page that asks shows that already
    (`rev`).
    """
    rsvp = _rsvp_with(key)
    led = queries.led_to(rsvp, at=clock.now())
    if request.args.get("rev") == (revision := _revision(led)):
        return htmx.unchanged()
    return htmx.show(
        "greeting/greets.html",
        fragment="greeting/_greets.html",
        rsvp=rsvp,
        event=rsvp.event,
        led=led,
        greets_revision=revision,
        is_near=_are_known(rsvp.event),
    )


@bp.post("/r/<key>/people-to-meet")
def choose(key: str) -> Response:
    rsvp = _rsvp_with(key)
    form = _form(rsvp)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_own_rsvp(rsvp, key)
                form.refuse_if_edited(_form(rsvp, formdata=None))
                actions.choose(rsvp, form.chosen(), at=clock.now())
            flash(gettext("Saved."))
            return htmx.done(go_to=url_for("rsvp.own", key=key))
    return _show(rsvp, form)


def _rsvp_with(key: str) -> Rsvp:
    rsvp = rsvp_by_key(key)
    if not queries.may_choose(rsvp, at=clock.now()):
        raise NotFound
    return rsvp


def _form(rsvp: Rsvp, **more: Any) -> MeetForm:
    """With the three lines where the form of the answer, which has them, is closed."""
    is_open = rsvp.event.takes_rsvps(clock.now()) and not rsvp.declined_at
    return MeetForm(rsvp, **more) if is_open else MeetAndTopicsForm(rsvp, **more)


def _revision(led: queries.LedTo) -> str:
    """Another one whenever a host is to greet somebody else, or one of them has come in or wrote
    something else.
    """
    return digest(repr([(one.them.id, one.is_in, one.told()) for one in led.greets]))[:16]


def _context(rsvp: Rsvp, form: MeetForm) -> dict[str, Any]:
    led, is_hidden = queries.led_to(rsvp, at=clock.now()), shown_to(rsvp) == Listing.NOBODY
    waits = (rsvp.may_be_suggested or rsvp.wants_a_host) and not (led.people or led.host)
    return {
        "rsvp": rsvp,
        "event": rsvp.event,
        "form": form,
        "led": led,
        "greets_revision": _revision(led),
        "is_near": _are_known(rsvp.event),
        "is_new": queries.is_new_here(rsvp),
        "is_hidden": is_hidden,
        "nobody_yet": queries.nobody_yet(rsvp) if waits and not is_hidden else None,
    }


def _show(rsvp: Rsvp, form: MeetForm) -> Response:
    return htmx.show(
        "greeting/meet.html",
        fragment="greeting/_meet.html",
        status=form.status,
        **_context(rsvp, form),
    )

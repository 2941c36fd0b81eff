"""Names of people who are on no list, noted on the form of whom one met."""

from __future__ import annotations

from flask import Response, request

from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.met import actions, page, queries
from eventapp.met.forms import NameForm
from eventapp.met.gate import address_of, attendee_asking, both
from eventapp.met.queries import Attendee
from eventapp.met.views import bp


class OnTheList(Refusal):
    code = "on_the_list"
    message = _l("%(name)s is on the list. Did you mean them?")


@both(bp, "POST", "/met/name")
def note_name(**place: str) -> Response:
    """Ask first who is meant, where a guest by that name can be found; with `other`, it is none."""
    guest, form = attendee_asking(**place), NameForm()
    if form.validate():
        with form.showing_refusals():
            if "other" not in request.form:
                form.meant = queries.guests_called(guest, form.name.data)
            if form.meant:
                raise OnTheList(name=form.meant[0].name)
            with transaction():
                actions.note_name(guest, form.name.data, form.note.data or "", at=clock.now())
            return _answer(guest)
    return page.show(guest, wrong_name=form)


@both(bp, "POST", "/met/name/<int:name_id>/forget")
def forget_name(name_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    if noted := queries.name_noted(guest, name_id):
        with transaction():
            actions.forget_name(guest, noted.id)
    return _answer(guest)


def _answer(guest: Attendee) -> Response:
    return htmx.done(
        fragment="met/on_name_changed.html",
        go_to=address_of(guest, "met.met", _anchor="somebody"),
        **page.shared(guest, page.noted_by(guest)),
    )

"""Whether it was them whom hosts say one met, answered on the page of contacts."""

from __future__ import annotations

from flask import Response, flash, request

from eventapp.account import gate
from eventapp.contacts import queries
from eventapp.contacts.actions import lock_note
from eventapp.contacts.views import asked, bp, note_seen
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.met.actions import confirm_unsure, deny_unsure


@bp.post("/contacts/<int:rsvp_id>/it-was-them")
def it_was_them(rsvp_id: int) -> Response:
    ask, encounter = asked(), queries.encounter_with(gate.require_person(), rsvp_id)
    region, name = f"occasion-{rsvp_id}", encounter.met.name
    with transaction():
        confirm_unsure(encounter, at=clock.now())
    flash(gettext("You met %(name)s.", name=name), region)
    return htmx.done(go_to=ask.address(page=ask.page, _anchor=region))


@bp.post("/contacts/<int:rsvp_id>/it-was-not-them")
def it_was_not_them(rsvp_id: int) -> Response:
    """Takes the note along, unless that has changed since it was shown."""
    ask, encounter = asked(), queries.encounter_with(gate.require_person(), rsvp_id)
    region, name = f"occasion-{rsvp_id}", encounter.met.name
    with transaction():
        lock_note(encounter)
        is_seen = request.form.get("seen") in (None, note_seen(encounter))
        if is_seen:
            deny_unsure(encounter, at=clock.now())
    if not is_seen:
        flash(gettext("Your note has changed since you looked. This is how it is now."), region)
        return htmx.done(go_to=ask.address(page=ask.page, _anchor=region))
    flash(gettext("Forgotten: %(name)s.", name=name))
    return htmx.done(go_to=ask.address(page=ask.page))

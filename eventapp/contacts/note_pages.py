"""The note of somebody whom one met, written on the page of contacts."""

from __future__ import annotations

from flask import Response, flash

from eventapp.account import gate
from eventapp.contacts import actions, queries
from eventapp.contacts.views import asked, bp, one_occasion, page_of, show
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.edits import EditedMeanwhile
from eventapp.core.i18n import gettext
from eventapp.ui.note_form import NoteForm


@bp.post("/contacts/<int:rsvp_id>/note")
def write_note(rsvp_id: int) -> Response:
    person, ask = gate.require_person(), asked()
    encounter = queries.encounter_with(person, rsvp_id)
    today = clock.now().astimezone(encounter.noter.event.zone).date()
    form = NoteForm(rsvp_id, encounter, today=today)
    if not form.validate():
        return show(person, ask, wrong=form)
    try:
        with transaction():
            actions.lock_note(encounter)
            form.refuse_if_edited(NoteForm(rsvp_id, encounter, formdata=None))
            actions.write_note(encounter, form.typed(), at=clock.now())
    except EditedMeanwhile as no:
        form.refusal = no
        return show(person, ask, wrong=form)
    flash(gettext("Saved."), f"occasion-{rsvp_id}")
    known = queries.known_to(person)
    return htmx.done(
        fragment="contacts/on_note_written.html",
        go_to=ask.address(page=ask.page, _anchor=f"occasion-{rsvp_id}"),
        **page_of(person, known, ask),
        **one_occasion(person, known, rsvp_id),
    )

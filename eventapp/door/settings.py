"""The settings of an event's door, for organisers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, url_for
from wtforms import BooleanField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.communities.gate import record
from eventapp.core import htmx
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.edits import EditForm
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.door.blueprint import bp
from eventapp.events.gate import organised_event
from eventapp.model import AuditVerb, Event
from eventapp.rsvp.queries import titles_to_show


class DoorSettingsForm(EditForm):
    """The settings of an event's door."""

    notes_leaving = BooleanField(_l("Note who leaves, so that “inside” is true"))
    door_answers = SelectMultipleField(
        _l("Answers that the door sees"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @classmethod
    def of(cls, event: Event, answered: Sequence[str], **more: Any) -> DoorSettingsForm:
        form = cls(obj=event, **more)
        form.door_answers.choices = [*answered]
        return form


def set_door(event: Event, *, notes_leaving: bool, door_answers: Sequence[str]) -> bool:
    """Set whether the door records who leaves, and which answers of a guest it shows. Returns
    whether that changed anything.
    """
    before = event.notes_leaving, event.door_answers
    event.notes_leaving = notes_leaving
    event.door_answers = list(door_answers)
    return before != (event.notes_leaving, event.door_answers)


@bp.get("/o/e/<slug>/doors/settings")
def settings(slug: str) -> Response:
    event = organised_event(slug)
    form = DoorSettingsForm.of(event, titles_to_show(event), formdata=None)
    return _show_settings(event, form)


@bp.post("/o/e/<slug>/doors/settings")
def change_settings(slug: str) -> Response:
    event = organised_event(slug)
    titles = titles_to_show(event)
    form = DoorSettingsForm.of(event, titles)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(event)
                form.refuse_if_edited(DoorSettingsForm.of(event, titles, formdata=None))
                if set_door(
                    event,
                    notes_leaving=form.notes_leaving.data,
                    door_answers=form.door_answers.data,
                ):
                    record(AuditVerb.DOOR_CHANGED, event)
            return htmx.done(go_to=url_for("door.links", slug=slug))
    return _show_settings(event, form)


def _show_settings(event: Event, form: DoorSettingsForm) -> Response:
    return htmx.show(
        "door/settings.html",
        fragment="door/_settings.html",
        status=form.status,
        event=event,
        form=form,
    )

"""/o/e/<event>/guests/import: hand in a guest list; and the lists that were imported."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, TextAreaField

from eventapp.account.gate import require_person
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.fields import FormIdField
from eventapp.core.forms import Bounded, Form, Message, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.request_limits import takes_files
from eventapp.events.gate import organised_event
from eventapp.guests.handed_in import hand_in, imports_of, preview_at_once
from eventapp.guests.handed_in_page import show_list
from eventapp.guests.page import bp
from eventapp.guests.preview import Corrections
from eventapp.guests.reading.refusals import FileRefused
from eventapp.model import Event, GuestImport
from eventapp.model.limits import FILE_NAME_MOST, PASTED_LIST_MOST

ACCEPTED = ".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt,text/csv"


def chosen(form: FlaskForm, field: Field) -> None:
    if not field.data and not form.pasted.data:
        raise invalid("required", gettext("Choose a file first, or paste the rows."))


class PastedField(Bounded, TextAreaField):
    """Rows from a spreadsheet, as they are: their tabs divide the cells."""

    length_most = PASTED_LIST_MOST


class ImportForm(Form):
    form_id = FormIdField(default=new_secret)  # sent twice, it is one list
    file = FileField(_l("A spreadsheet or a CSV file"), [chosen], render_kw={"accept": ACCEPTED})
    pasted = PastedField(_l("Or paste rows here, the titles of the columns first"))
    dry_run = BooleanField()  # answers with the page of the list instead of leading to it

    @property
    def list(self) -> bytes:
        if self.file.data:
            return bytes(self.file.data.read())
        return (self.pasted.data or "").encode()

    @property
    def file_name(self) -> str:
        return (self.file.data.filename or "")[:FILE_NAME_MOST] if self.file.data else ""

    def hand_in(self, event: Event) -> GuestImport | None:
        """Keep the list. Returns None if it is refused; the field then has the error."""
        if not self.validate():
            return None
        data, by, at = self.list, require_person(), clock.now()
        try:
            shown = preview_at_once(event, data, Corrections(), at=at)
        except FileRefused as no:
            self.file.errors = [Message(no.code, str(no))]
            return None
        with transaction():
            return hand_in(
                event,
                data,
                file_name=self.file_name,
                by=by,
                form_id=self.form_id.data,
                shown=shown,
                at=at,
            )


@bp.get("/o/e/<slug>/guests/import")
def choose_list(slug: str) -> Response:
    return _show_form(organised_event(slug), ImportForm(formdata=None))


@bp.post("/o/e/<slug>/guests/import")
@takes_files
def import_list(slug: str) -> Response:
    """Take a list in, and show what its import would do. Nothing is imported yet."""
    event, form = organised_event(slug), ImportForm()
    kept = form.hand_in(event)
    if kept is None:
        return _show_form(event, form)
    if form.dry_run.data:
        return show_list(event, kept)
    return htmx.done(go_to=url_for("guests.list_handed_in", slug=slug, import_id=kept.id))


def _show_form(event: Event, form: ImportForm) -> Response:
    context: dict[str, Any] = {"event": event, "form": form, "imports": imports_of(event)}
    return htmx.show(
        "guests/import.html", fragment="guests/_import.html", status=form.status, **context
    )

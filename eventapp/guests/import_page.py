"""/o/e/<event>/guests/import: upload a guest list, try it as a dry run, import it."""

from __future__ import annotations

from functools import partial

from flask import Response
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.forms import Form, Message, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.request_limits import takes_files
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests.import_report import ImportReport
from eventapp.guests.importer import dry_run_import, import_guests
from eventapp.guests.page import bp
from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.refusals import FileRefused
from eventapp.guests.refusals import ImportStopped
from eventapp.model import AuditVerb, Event
from eventapp.rsvp.queries import labels_of

ACCEPTED = ".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt,text/csv"


def chosen(form: FlaskForm, field: Field) -> None:
    if not field.data:
        raise invalid("required", gettext("Choose a file first."))


chosen.field_flags = {"required": True}  # type: ignore[attr-defined]


class ImportForm(Form):
    file = FileField(
        _l("The list: a spreadsheet or a CSV file"), [chosen], render_kw={"accept": ACCEPTED}
    )
    dry_run = BooleanField()

    def read(self, event: Event) -> GuestFile | None:
        """The uploaded list. Returns None if it is refused; the field then has the error."""
        if not self.validate():
            return None
        try:
            data, asked = self.file.data.read(), labels_of(event)
            return read(data, zone=event.zone, questions=asked)
        except FileRefused as no:
            self.file.errors = [Message(no.code, str(no))]
            return None


@bp.get("/o/e/<slug>/guests/import")
def choose_list(slug: str) -> Response:
    return _show_import(organised_event(slug), ImportForm(formdata=None))


@bp.post("/o/e/<slug>/guests/import")
@takes_files
def import_list(slug: str) -> Response:
    event, form, report = organised_event(slug), ImportForm(), None
    if file := form.read(event):
        try:
            report = _run(event, file, dry_run=form.dry_run.data)
        except ImportStopped as no:
            raise interrupted(no) from no
    return _show_import(event, form, report)


def _run(event: Event, file: GuestFile, *, dry_run: bool) -> ImportReport:
    if dry_run:
        return dry_run_import(event, file, at=clock.now())
    note = partial(record, AuditVerb.GUESTS_IMPORTED, event)
    return import_guests(event, file, at=clock.now(), record=note)


def _show_import(event: Event, form: ImportForm, report: ImportReport | None = None) -> Response:
    return htmx.show(
        "guests/import.html",
        fragment="guests/_import.html",
        status=form.status,
        event=event,
        form=form,
        report=report,
    )

"""The shape of an upload."""

from __future__ import annotations

from datetime import tzinfo

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field

from eventapp.core.forms import Form, Message, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.guest_file import GuestFile, read
from eventapp.guests.refusals import FileRefused


def chosen(form: FlaskForm, field: Field) -> None:
    if not field.data:
        raise invalid("required", gettext("Choose a file first."))


chosen.field_flags = {"required": True}  # type: ignore[attr-defined]


class ImportForm(Form):
    file = FileField(
        _l("The list, as a CSV file"), [chosen], render_kw={"accept": ".csv,.tsv,.txt,text/csv"}
    )
    dry_run = BooleanField()

    def read(self, *, zone: tzinfo) -> GuestFile | None:
        """The list that was sent; None where it is refused, and the field says why."""
        if not self.validate():
            return None
        try:
            return read(self.file.data.read(), zone=zone)
        except FileRefused as no:
            self.file.errors = [Message(no.code, str(no))]
            return None

"""The form that introduces two contacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import Select

from eventapp.contacts.queries import Known
from eventapp.core.attributes import html_params
from eventapp.core.fields import FormIdField
from eventapp.core.forms import Form, LinesField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.introductions.actions import Asked
from eventapp.introductions.queries import introducible_with
from eventapp.model.limits import INTRODUCTION_REASON_MOST


class NamesSelect(Select):
    """Draws hundreds of names twice on a page, in a tenth of the time that WTForms takes."""

    def __call__(self, field: Any, **more: Any) -> Markup:
        options = "".join(
            f'<option value="{choice.value}"{" selected" * (choice.value == field.data)}>'
            f"{escape(choice.label)}</option>"
            for choice in field.choices  # the values are ids
        )
        attributes = html_params(name=field.name, id=field.id, **more)
        return Markup(f"<select {attributes}>{options}</select>")  # noqa: S704  escaped above


class IntroduceForm(Form):
    form_id = FormIdField(default=new_secret)  # sent twice, it is one introduction
    one = SelectField(_l("One of the two"), validate_choice=False, widget=NamesSelect())
    other = SelectField(_l("The other"), validate_choice=False, widget=NamesSelect())
    reason = LinesField(
        _l("Why it helps both"), most=INTRODUCTION_REASON_MOST, needed=True, render_kw={"rows": 3}
    )

    def __init__(self, known: Sequence[Known], **more: Any) -> None:
        super().__init__(**more)
        self.known = known
        people = [SelectChoice(str(one.id), one.newest.name) for one in known]
        for field in (self.one, self.other):
            field.choices = [SelectChoice("", _l("Choose somebody")), *people]
            field.data = field.data or ""

    def validate_one(self, field: Field) -> None:
        self._contact(field)

    def validate_other(self, field: Field) -> None:
        self._contact(field)

    def asked(self) -> Asked:
        return Asked(self._contact(self.one), self._contact(self.other), self.reason.data)

    def _contact(self, field: Field) -> Known:
        typed = field.data if field.data.isascii() and field.data.isdigit() else ""
        found = introducible_with(self.known, int(typed[:10]) if typed else None)
        if found is None:
            raise invalid("contact", gettext("Choose one of the people whom you both say you met."))
        return found

"""The forms that ask to pass a contact on, and that allow it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.core.fields import FormIdField
from eventapp.core.forms import Form, LineField, LinesField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.introductions.actions import Wish
from eventapp.model import CARD_FIELDS
from eventapp.model.limits import INTRODUCTION_REASON_MOST, LINE_MOST, NAME_MOST

# What the fields of a card are called, to their owner and to others.
OWN_WORDS = {
    "email": _l("Email"),
    "phone": _l("Phone"),
    "company": _l("Company"),
    "role": _l("What you do"),
    "linkedin": "LinkedIn",
    "web": _l("Web page"),
    "about": _l("About you"),
}
THEIR_WORDS = {**OWN_WORDS, "role": _l("What they do"), "about": _l("About them")}


class FieldsForm(Form):
    """Which fields of a card: all of those that may be chosen are ticked at first."""

    words = OWN_WORDS
    fields = SelectMultipleField(
        _l("Which fields"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, names: Collection[str], **more: Any) -> None:
        super().__init__(**{"fields": list(names), **more})
        there = [name for name in CARD_FIELDS if name in names]
        self.fields.choices = [SelectChoice(name, self.words[name]) for name in there]
        self.names = frozenset(there)

    def validate_fields(self, field: Any) -> None:
        if not self.chosen:
            raise invalid("fields", gettext("Tick at least one."))

    @property
    def chosen(self) -> tuple[str, ...]:
        typed = self.fields.data or ()
        return tuple(name for name in CARD_FIELDS if name in typed and name in self.names)


class PassForm(FieldsForm):
    words = THEIR_WORDS
    form_id = FormIdField(default=new_secret)  # sent twice, it is asked once
    to_name = LineField(_l("To whom"), most=NAME_MOST, needed=True)
    to_line = LineField(_l("Who that is"), most=LINE_MOST, needed=True)
    purpose = LinesField(
        _l("What for"), most=INTRODUCTION_REASON_MOST, needed=True, render_kw={"rows": 3}
    )
    days = RadioField(
        _l("For how long"),
        choices=[
            SelectChoice("7", _l("A week")),
            SelectChoice("30", _l("30 days")),
            SelectChoice("90", _l("90 days")),
        ],
        default="30",
    )

    def wish(self) -> Wish:
        to = self.to_name.data, self.to_line.data
        return Wish(*to, self.purpose.data, self.chosen, int(self.days.data))

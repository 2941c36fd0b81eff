"""Optimistic locking of forms: whoever saves later is shown what was saved meanwhile.

A form carries a fingerprint of its row at the time the form was made. It covers the form's own
fields, so that other changes to the row (a headcount, say) make no form stale, and code that writes
to the row need not know of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, NamedTuple, Self

from babel.dates import format_datetime
from wtforms import BooleanField, Field, FieldList, SelectFieldBase

from eventapp.core.differences import Marked, mark_difference
from eventapp.core.errors import Refusal
from eventapp.core.forms import Form, HiddenField
from eventapp.core.i18n import gettext, language
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import digest


class EditedMeanwhile(Refusal):
    code = "edited_meanwhile"
    message = _l(
        "This was changed while you were writing, so your version isn't saved yet. Compare the "
        "two. Saving again saves what's in the fields."
    )


class Fact(NamedTuple):
    """The content of a field, in words for a person."""

    label: str
    words: str


class Difference(NamedTuple):
    """A field whose typed content differs from the saved one."""

    name: str
    label: str
    typed: Marked
    saved: Marked


class EditForm(Form):
    """A form that changes a row. `live_form(…, edits=form)` writes its fingerprint.

    A request without a fingerprint is taken as made from the current row: a script that sends
    fields has read no older text that it could restore by mistake.
    """

    made_from = HiddenField()

    _saved: EditForm | None = None

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.is_sent:
            self.made_from.data = digest(json.dumps(self.values(), sort_keys=True, default=str))

    @property
    def is_sent(self) -> bool:
        """Whether somebody filled this form in; otherwise it shows the row."""
        return self.made_from.raw_data is not None

    def values(self) -> dict[str, Any]:
        """The content of the row, by field."""
        return {name: value for name, value in self.data.items() if name != "made_from"}

    def facts(self) -> dict[str, Fact]:
        """The same in words, by field."""
        fields = (field for field in self if field.name != "made_from")
        return {field.name: Fact(str(field.label.text), _words_of(field)) for field in fields}

    def refuse_if_edited(self, saved: Self) -> None:
        """Raises EditedMeanwhile if the row has changed since this form was made, unless to what
        was typed, as when a form is sent twice.

        `saved` is the form of the current row. The row must be locked, or two that save at the same
        moment both pass.
        """
        if self.made_from.data in ("", None, saved.made_from.data) or self.facts() == saved.facts():
            return
        self._saved, self.made_from.data = saved, saved.made_from.data
        raise EditedMeanwhile

    @property
    def differences(self) -> Iterator[Difference]:
        """What to compare before saving again; empty if nobody saved meanwhile."""
        saved = self._saved.facts() if self._saved else {}
        typed = self.facts() if saved else {}
        for name, (label, words) in typed.items():
            if words != saved[name].words:
                yield Difference(name, label, *mark_difference(words, saved[name].words))


def _words_of(field: Field) -> str:
    if isinstance(field, FieldList):  # of small forms: a line each
        return "\n".join(filter(None, (_line_of(row.data) for row in field)))
    if isinstance(field, BooleanField):
        return str(gettext("Yes") if field.data else gettext("No"))
    if isinstance(field, SelectFieldBase):
        return ", ".join(_labels_chosen(field))
    if isinstance(field.data, datetime):  # a clock on the wall
        return format_datetime(field.data, "d MMM y, HH:mm", locale=language())
    return "" if field.data is None else str(field.data)


def _line_of(row: dict[str, Any]) -> str:
    return " · ".join(_plain(value) for value in row.values() if value)


def _plain(value: Any) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _labels_chosen(field: Any) -> list[str]:
    chosen = field.data if isinstance(field.data, list) else [field.data]
    return [str(option.label.text) for option in field if option.choice.value in chosen]

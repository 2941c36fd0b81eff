"""What somebody says of a list before it is imported: of its columns, words, letters and places."""

from __future__ import annotations

from typing import Any

from wtforms import Field, SelectField
from wtforms.validators import Optional

from eventapp.core.fields import RadioField
from eventapp.core.forms import Form, HiddenField, Message
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.list_words import (
    AS_READ,
    LEFT_OUT,
    STATUSES,
    column_choices,
    column_words,
    encoding_choices,
    encoding_name,
    import_words,
    taken_for,
)
from eventapp.guests.preview import Corrections

LOOK, IMPORT = "look", "import"  # what its two buttons send
RAISE, WAIT = "raise", "wait"


class CorrectionForm(Form):
    """Its fields depend on the list: see `correction_form`."""

    then = HiddenField()
    shown: dict[str, Any]

    @property
    def columns(self) -> list[tuple[dict[str, Any], Field]]:
        """Each column, with the field that says what it means."""
        return [(one, self[f"column-{n}"]) for n, one in enumerate(self.shown["columns"])]

    @property
    def import_words(self) -> str:
        """What its button to import does."""
        return import_words(self.shown)

    @property
    def titles_left_out(self) -> list[str]:
        return [column["title"] for column, _ in self.columns if not column["meaning"]]

    @property
    def words(self) -> list[tuple[dict[str, Any], Field]]:
        return [(one, self[f"word-{n}"]) for n, one in enumerate(self.shown["words"])]

    @property
    def encoding(self) -> Field | None:
        return self._fields.get("encoding")

    @property
    def places(self) -> Field | None:
        return self._fields.get("places")

    @property
    def people_without_a_place(self) -> int:
        return people_without_a_place(self.shown)

    @property
    def wants_import(self) -> bool:
        return self.then.data == IMPORT

    @property
    def raises_capacity(self) -> bool:
        return self.places is not None and self.places.data == RAISE

    def corrections(self, before: Corrections) -> Corrections:
        """What was said before, with what is said now."""
        mapping, meanings = dict(before.mapping), dict(before.meanings)
        for column, field in self.columns:
            if field.data not in (AS_READ, taken_for(column["meaning"], column["whose"])):
                mapping[column["title"]] = "" if field.data == LEFT_OUT else field.data
        for word, field in self.words:
            said = "" if field.data == LEFT_OUT else field.data
            if said is not None and said != word.get("meaning"):
                meanings[word["word"]] = said
        encoding = before.encoding
        if self.encoding and self.encoding.data != encoding_name(self.shown["encoding"]):
            encoding = self.encoding.data
            # Of other titles nobody knows how they are spelled in another encoding.
            mapping = {title: what for title, what in mapping.items() if title.isascii()}
        return Corrections(mapping, meanings, encoding)

    def is_answered(self) -> bool:
        """Whether every question is. The fields of those that are not have an error."""
        asked = [field for _, field in self.words] + ([self.places] if self.places else [])
        for field in asked:
            if not field.data:
                field.errors = [Message("required", gettext("Please choose one."))]
        return all(field.data for field in asked)


def correction_form(shown: dict[str, Any], **more: Any) -> CorrectionForm:
    """The form of a list that is shown so."""
    fields: dict[str, Any] = {"shown": shown}
    for number, column in enumerate(shown["columns"]):
        meaning, whose = column["meaning"], column.setdefault("whose", "")
        fields[f"column-{number}"] = SelectField(
            gettext("What “%(title)s” is", title=column["title"]),
            choices=column_choices(meaning, whose),
            default=taken_for(meaning, whose),
        )
        column["taken_for"] = column_words(meaning, whose)
    for number, word in enumerate(shown["words"]):
        fields[f"word-{number}"] = _word_field(word)
    if shown["encoding"] or _asks_encoding(shown):
        fields["encoding"] = SelectField(
            _l("Encoding of the file"),
            choices=encoding_choices(shown["encoding"]),
            default=encoding_name(shown["encoding"]),
        )
    if people_without_a_place(shown):
        fields["places"] = _places_field(shown)
    form: CorrectionForm = type("CorrectionFormOfList", (CorrectionForm,), fields)(**more)
    return form


def _asks_encoding(shown: dict[str, Any]) -> bool:
    return bool(shown["refused"]) and "Encoding" in shown["refused"][0]


def people_without_a_place(shown: dict[str, Any]) -> int:
    """On the waitlist, or in a party that grew."""
    return int(shown.get("people_waiting", 0)) + int(shown.get("people_left_out", 0))


def _word_field(word: dict[str, Any]) -> RadioField:
    label = gettext("What does “%(word)s” mean here?", word=word["word"])
    if rows := word.get("rows"):
        more = ngettext("%(num)s guest has it", "%(num)s guests have it", rows)
        label = f"{label} ({more})"
    said = word.get("meaning")
    statuses = {status: str(words) for status, words in STATUSES.items()}
    default = (said or LEFT_OUT) if said is not None else None
    return RadioField(label, [Optional()], choices=statuses, default=default)


def _places_field(shown: dict[str, Any]) -> RadioField:
    keep = gettext("Leave them as they are")
    if waiting := shown["people_waiting"]:
        keep = ngettext(
            "Put %(num)s person on the waitlist", "Put %(num)s people on the waitlist", waiting
        )
        if shown.get("people_left_out"):
            keep = gettext("%(words)s, and let no party grow", words=keep)
    return RadioField(
        gettext("There aren't enough places. What now?"),
        [Optional()],
        choices={
            RAISE: gettext("Raise them to %(number)s", number=shown["capacity_for_all"]),
            WAIT: keep,
        },
    )

"""Base class and fields of forms: input is kept, messages have codes, refusals are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import wtforms
from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.i18n import get_translations

from eventapp.core import attributes, text
from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext, language
from eventapp.core.i18n import lazy_gettext as _l

SHOWN_AGAIN_MOST = 50_000  # characters of an overlong text, for its author to shorten

attributes.write_quickly()


class Message(str):
    """A field's message for the person, with a stable code for machines."""

    code: str

    def __new__(cls, code: str, words: str) -> Message:
        message = super().__new__(cls, words)
        message.code = code
        return message


def invalid(code: str, words: str) -> ValidationError:
    return ValidationError(Message(code, words))


@cache
def _words_of_wtforms(language: str) -> Any:
    """The messages of WTForms, loaded once per language instead of once per request."""
    return get_translations([language])


class Form(FlaskForm):
    """A form that can also show why the action it asked for was refused."""

    refusal: Refusal | None = None

    class Meta(FlaskForm.Meta):
        csrf = False  # `core/security.py` asks every POST for its token, form or not

        def get_translations(self, _form: FlaskForm) -> Any:
            return _words_of_wtforms(language())

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """What the request sent: text, and files only for fields that take one. Flask-WTF would
            give every field what a file part or a JSON body contains under its name.
            """
            if isinstance(formdata, MultiDict | None):
                return formdata
            return _sent(form) if form.is_submitted() else None

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """Show a Refusal raised inside on this form, with its input kept."""
        try:
            yield
        except Refusal as refusal:
            self.refusal = refusal

    @property
    def status(self) -> int:
        """The HTTP status of the form shown again: 409 for a refusal, 422 for invalid input."""
        if self.refusal:
            return 409
        return 422 if self.errors else 200


def _sent(form: FlaskForm) -> MultiDict[str, Any] | None:
    uploads = {field.name for field in form if isinstance(field, FileField)}
    if not uploads:
        return request.form or None
    text = (item for item in request.form.items(multi=True) if item[0] not in uploads)
    files = (item for item in request.files.items(multi=True) if item[0] in uploads)
    return MultiDict([*text, *files])


def required(form: FlaskForm, field: Field) -> None:
    if not (field.data or "").strip():
        raise invalid("required", gettext("Please fill this in."))


required.field_flags = {"required": True}  # type: ignore[attr-defined]


def _too_long(length: int, most: int) -> ValidationError:
    words = gettext(
        "This is too long: %(length)s characters, and only %(most)s fit.", length=length, most=most
    )
    return invalid("too_long", words)


class Length:
    """At most so many characters."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        length = len(field.data or "")
        if length > self.most:
            raise _too_long(length, self.most)


class Bounded(Field):
    """A field that checks the length of its input before anything else reads it: filters,
    validators and Unicode normalisation may take more than linear time.
    """

    length_most = 4096  # characters
    slack = 1  # how many may be typed for each that is kept
    too_long: ValidationError | None = None

    def process(self, formdata: Any, *args: Any, **more: Any) -> None:
        typed = (formdata.get(self.name) if formdata else None) or ""
        fits = len(typed) <= self.length_most * self.slack
        super().process(formdata if fits else None, *args, **more)
        self.too_long = None if fits else _too_long(len(typed), self.length_most)
        if self.too_long:
            self.data = typed[:SHOWN_AGAIN_MOST]
            self.raw_data = [self.data]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        if self.too_long:
            self.errors = [self.too_long.args[0]]
            return False
        return bool(super().validate(form, extra_validators))


def printable(form: FlaskForm, field: Field) -> None:
    """Refuse control characters: nobody types them, and they break lists, badges and files."""
    if _has_control_characters(field.data or ""):
        raise invalid(
            "control_characters",
            gettext("There's an invisible control character in this. Please type it again."),
        )


def _has_control_characters(typed: str) -> bool:
    return any(unicodedata.category(char) == "Cc" and char not in "\r\n\t" for char in typed)


class LineField(Bounded, StringField):
    """One line of text, without invisible characters or double spaces."""

    data: str
    slack = 4  # letters and their accents one by one, and spaces that go

    def __init__(self, label: Any = None, *, most: int, needed: bool = False, **more: Any) -> None:
        self.length_most = most
        rules = [printable, Length(most)] + ([required] if needed else [])
        super().__init__(label, rules, **{"default": "", **more})

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:  # else as it was: a form may send what changes, and no more
            typed = valuelist[0]
            self.data = typed if _has_control_characters(typed) else text.clean_line(typed)


class LinesField(Bounded, TextAreaField):
    """Text of several lines."""

    slack = 2  # a line ends in two characters, of which one is kept

    def __init__(self, label: Any = None, *, most: int, needed: bool = False, **more: Any) -> None:
        self.length_most = most
        rules = [printable, Length(most)] + ([required] if needed else [])
        super().__init__(label, rules, **{"default": "", **more})

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = valuelist[0].replace("\r\n", "\n").strip()


class HiddenField(Bounded, wtforms.HiddenField):
    """A value that the page sends along."""


class EmailField(Bounded, StringField):
    """An address, normalised."""

    data: str

    def __init__(self, label: Any = None, *, needed: bool = True, **more: Any) -> None:
        keyboard = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
        looks = {**keyboard, **more.pop("render_kw", {})}
        super().__init__(label, [required] if needed else [], render_kw=looks, **more)

    def pre_validate(self, form: FlaskForm) -> None:
        typed = (self.data or "").strip()
        if typed:
            try:
                self.data = text.normal_email(typed)
            except text.InvalidEmail as no:
                raise invalid(no.code, str(no)) from no


def six_digits(form: FlaskForm, field: Field) -> None:
    if field.data and not re.fullmatch("[0-9]{6}", field.data):
        raise invalid("digits", gettext("The code has six digits."))


def _digits_among(typed: str | None) -> str:
    """The digits in a pasted text. A text without any stays as it is, to be corrected."""
    return re.sub("[^0-9]", "", typed or "") or (typed or "").strip()


class ShortField(Bounded, StringField):
    """A code or PIN, not normalised."""


class DigitsForm(Form):
    """The six digits from a mail."""

    digits = ShortField(
        _l("The six digits from the email"),
        [required, six_digits],
        filters=[_digits_among],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12},
    )

    def say_wrong(self) -> None:
        """Show that the digits are well-formed but not those that were mailed."""
        words = gettext("Those aren't the digits in the email. Please check again.")
        self.digits.errors = [*self.digits.errors, invalid("wrong_digits", words).args[0]]

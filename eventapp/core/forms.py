"""What forms share: input kept, messages with a code, a rule's no beside the form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField, ValidationError

from eventapp.core import text
from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext


class Message(str):
    """A field's message for the person, with a stable code for machines."""

    code: str

    def __new__(cls, code: str, words: str) -> Message:
        message = super().__new__(cls, words)
        message.code = code
        return message


def invalid(code: str, words: str) -> ValidationError:
    return ValidationError(Message(code, words))


class Form(FlaskForm):
    """A form that can also show the refusal of the action it asked for."""

    refusal: Refusal | None = None

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """Let a Refusal raised inside be shown on this form, with its input kept."""
        try:
            yield
        except Refusal as refusal:
            self.refusal = refusal

    @property
    def status(self) -> int:
        """The HTTP status of the form shown again: 409 a rule's no, 422 the input's shape."""
        if self.refusal:
            return 409
        return 422 if self.errors else 200


def required(form: FlaskForm, field: Field) -> None:
    if not (field.data or "").strip():
        raise invalid("required", gettext("This is needed."))


class Length:
    """At most so many characters."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        length = len(field.data or "")
        if length > self.most:
            words = gettext(
                "This is too long: %(length)s characters, and %(most)s fit.",
                length=length,
                most=self.most,
            )
            raise invalid("too_long", words)


def printable(form: FlaskForm, field: Field) -> None:
    """No control characters: nobody types them, and they break lists, badges and files."""
    if any(unicodedata.category(char) == "Cc" and char not in "\r\n\t" for char in field.data or ""):
        raise invalid(
            "control_characters",
            gettext("There is an invisible control character in this. Please type it anew."),
        )


class LineField(StringField):
    """One line of text, without invisible characters or double spaces."""

    def __init__(self, label: Any = None, *, most: int, needed: bool = False, **more: Any) -> None:
        rules = [printable, Length(most)] + ([required] if needed else [])
        super().__init__(label, rules, **more)
        if needed:
            self.flags.required = True

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        has_control = any(unicodedata.category(c) == "Cc" and c not in "\r\n\t" for c in typed)
        self.data = typed if has_control else text.clean_line(typed)


class LinesField(TextAreaField):
    """Text of several lines."""

    def __init__(self, label: Any = None, *, most: int, **more: Any) -> None:
        super().__init__(label, [printable, Length(most)], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = (valuelist[0] if valuelist else "").replace("\r\n", "\n").strip()


class EmailField(StringField):
    """An address, normalised."""

    def __init__(self, label: Any = None, *, needed: bool = True, **more: Any) -> None:
        super().__init__(label, [required] if needed else [], **more)
        if needed:
            self.flags.required = True

    def pre_validate(self, form: FlaskForm) -> None:
        typed = (self.data or "").strip()
        if typed:
            try:
                self.data = text.normal_email(typed)
            except text.InvalidEmail as no:
                raise invalid(no.code, str(no)) from no

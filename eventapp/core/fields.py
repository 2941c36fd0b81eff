"""Form fields that several features share: whole numbers, times, time zones, rows."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any

import wtforms
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, FieldList, TimeField
from wtforms.validators import Optional

from eventapp.core import zones
from eventapp.core.forms import Bounded, HiddenField, ShortField, invalid, required
from eventapp.core.i18n import gettext
from eventapp.core.links import is_secret

YEARS = range(2000, 2101)  # others are typing mistakes, or a wrong clock
_ROW = re.compile(r"-[0-9]{1,3}-")


class _Typed(Bounded):
    """A field whose value `read` makes of what was typed. None if it is empty and not required."""

    data: Any
    flags: Any

    @abstractmethod
    def read(self, typed: str) -> Any:
        """The value. Raises `invalid` in words for the person who typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            typed, self.data = valuelist[0].strip(), None
            if typed:
                self.data = self.read(typed)
        if self.data is None and self.flags.required:
            raise invalid("required", gettext("Please fill this in."))


class RadioField(wtforms.RadioField):
    """One of the choices, or none: an empty value counts as none of them."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([typed.strip() for typed in valuelist])
        self.data = self.data or None


class FormIdField(HiddenField):
    """Tells a form that is sent twice from two forms. None if it is not an id that we made."""

    data: str | None

    def __init__(self, **more: Any) -> None:
        super().__init__(filters=[lambda sent: sent if is_secret(sent or "") else None], **more)


class IntegerField(Bounded, wtforms.IntegerField):
    """A whole number; the form checks its bounds."""

    data: Any


class NumberField(_Typed, wtforms.IntegerField):
    """A whole number between two others."""

    def __init__(
        self, label: Any = None, *, least: int, most: int, needed: bool = True, **more: Any
    ) -> None:
        looks = {"inputmode": "numeric", "min": least, "max": most, **more.pop("render_kw", {})}
        super().__init__(label, [] if needed else [Optional()], render_kw=looks, **more)
        self.least, self.most = least, most
        self.flags.required = needed

    def read(self, typed: str) -> int:
        # Short, since parsing a number takes quadratic time.
        is_number = len(typed) <= 12 and typed.removeprefix("-").isdecimal()
        if not is_number or not self.least <= int(typed) <= self.most:
            words = gettext(
                "A whole number from %(least)s to %(most)s.", least=self.least, most=self.most
            )
            raise invalid("number", words)
        return int(typed)


class LocalTimeField(_Typed, DateTimeLocalField):
    """A naive local date and time."""

    def __init__(self, label: Any = None, *, needed: bool = True, **more: Any) -> None:
        super().__init__(label, [] if needed else [Optional()], format="%Y-%m-%dT%H:%M", **more)
        self.flags.required = needed

    def read(self, typed: str) -> datetime:
        try:
            local = datetime.fromisoformat(typed).replace(second=0, microsecond=0)
        except ValueError:
            local = None
        if local is None or local.tzinfo or local.year not in YEARS:
            raise invalid("time", gettext("A date and a time are needed, like 2026-12-01 19:00."))
        return local


class InstantField(_Typed, HiddenField):
    """An instant that a script sends, in ISO 8601 with its offset; aware, in UTC."""

    def read(self, typed: str) -> datetime:
        try:
            instant = datetime.fromisoformat(typed)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None or instant.year not in YEARS:
            raise invalid(self.name, gettext("An instant as in ISO 8601, with its offset."))
        return instant.astimezone(UTC)


class ClockField(_Typed, TimeField):
    """A naive local time of the day, or none."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, [Optional()], format="%H:%M", **more)

    def read(self, typed: str) -> time:
        try:
            local = time.fromisoformat(typed).replace(second=0, microsecond=0)
        except ValueError:
            local = None
        if local is None or local.tzinfo:
            raise invalid("time", gettext("A time is needed, like 19:30."))
        return local


class ZoneField(ShortField):
    """A time zone by its IANA name, offered from a `<datalist id="zones">`."""

    data: Any

    def __init__(self, label: Any = None, **more: Any) -> None:
        looks = {"list": "zones", "autocomplete": "off", "autocapitalize": "off"}
        super().__init__(label, [required], render_kw=looks, **more)

    def pre_validate(self, form: FlaskForm) -> None:
        if typed := (self.data or "").strip():
            try:
                self.data = zones.zone_named(typed)
            except zones.UnknownZone as no:
                raise invalid(no.code, str(no)) from no


class RowsField(FieldList):
    """The same fields several times, numbered in their names: `talks-0-title`."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """Ignores names that only look numbered: `int` fails at `²`, and at 5,000 digits."""
        numbered = (name for name in formdata if _ROW.match(name, len(prefix)))
        found: Iterator[int] = super()._extract_indices(prefix, numbered)
        return found

"""The shape of a batch: the actions that a phone recorded offline, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field

from eventapp.core.fields import IntegerField
from eventapp.core.forms import HiddenField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.links import ID_MOST
from eventapp.door.access import DoorKeeper
from eventapp.door.forms import DoorActionForm, ScanForm, WalkInForm, uuid
from eventapp.door.log import DoorAction
from eventapp.door.rules import ENTRIES_MOST

BYTES_MOST = 512 * 1024  # room for ENTRIES_MOST entries of the greatest length


class WrongBatch(Exception):
    """The request as a whole is invalid. None of its entries was done."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class WrongEntry(Exception):
    """One entry is invalid. Sending it again does not help."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Entry:
    """One action of a batch. It names its guest by `rsvp_id`; a guest whom this phone added offline
    has none yet, and is named by the scan id of the action that added them (`added_by`).
    """

    verb: str
    action: DoorAction
    code: str = ""
    rsvp_id: int | None = None
    added_by: str | None = None
    name: str = ""
    email: str | None = None


def whose(form: FlaskForm, field: Field) -> None:
    """Validates that the entry names a guest, by `rsvp_id` or by `added_by`."""
    rsvp_id = form.rsvp_id.data
    known = form.added_by.data if rsvp_id is None else 0 < rsvp_id <= ID_MOST
    if not known:
        raise invalid("rsvp_id", gettext("It does not say which guest is meant."))


class GuestForm(DoorActionForm):
    rsvp_id = IntegerField(validators=[whose])
    added_by = HiddenField()

    def validate_added_by(self, field: Field) -> None:
        if field.data:
            uuid(self, field)


FORMS: dict[str, type[DoorActionForm]] = {
    "scan": ScanForm,
    "check_in": GuestForm,
    "undo": GuestForm,
    "walk_in": WalkInForm,
}


def entries_of(body: Any) -> list[Any]:
    """The entries of a batch, each as it came. Raises WrongBatch."""
    entries = body.get("entries") if isinstance(body, dict) else None
    if not isinstance(entries, list):
        raise WrongBatch("batch")
    if len(entries) > ENTRIES_MOST:
        raise WrongBatch("batch_too_big", 413)
    return entries


def scan_id_of(entry: Any) -> str | None:
    """The id by which the phone finds its entry in the answer, also if the entry is invalid."""
    scan_id = entry.get("scan_id") if isinstance(entry, dict) else None
    return scan_id if isinstance(scan_id, str) else None


def read_entry(entry: Any, sent_at: Any, keeper: DoorKeeper, heard_at: datetime) -> Entry:
    """Validate an entry with the same forms as the door's page. Raises WrongEntry."""
    if not isinstance(entry, dict):
        raise WrongEntry("entry", gettext("This entry is not a door action."))
    verb = entry.get("verb")
    shape = FORMS.get(verb) if isinstance(verb, str) else None
    if shape is None:
        raise WrongEntry("verb", gettext("A door has no action of that name."))
    form = shape(formdata=_typed({**entry, "sent_at": sent_at}))
    if not form.validate() and not _is_fact_without_address(form):
        field, errors = next(iter(form.errors.items()))
        raise WrongEntry(getattr(errors[0], "code", field), str(errors[0]))
    return Entry(str(verb), form.door_action(keeper, heard_at), **_meant(form))


def _is_fact_without_address(form: DoorActionForm) -> bool:
    """Whether only the e-mail address of an offline walk-in is invalid. Clears the address then:
    the person is in, and must be recorded.
    """
    is_so = isinstance(form, WalkInForm) and form.offline.data and set(form.errors) == {"email"}
    if is_so:
        form["email"].data = None
    return is_so


def _typed(entry: Mapping[str, Any]) -> MultiDict[str, str]:
    """The entry as form data. Leaves out values other than text, whole numbers and true."""
    typed = MultiDict[str, str]()
    for name, value in entry.items():
        if isinstance(value, bool):
            typed.update({name: "1"} if value else {})
        elif isinstance(value, str | int):
            typed[name] = str(value)
    return typed


def _meant(form: DoorActionForm) -> dict[str, Any]:
    if isinstance(form, ScanForm):
        return {"code": form.code.data}
    if isinstance(form, WalkInForm):
        return {"name": form.name.data, "email": form.email.data or None}
    if isinstance(form, GuestForm):
        return {"rsvp_id": form.rsvp_id.data, "added_by": form.added_by.data or None}
    raise AssertionError(form)

"""The forms that a door sends: buttons, scans, and entries of an offline phone's batch."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field
from wtforms.fields.choices import SelectChoice

from eventapp.core.fields import FormIdField, InstantField, NumberField, RadioField
from eventapp.core.forms import (
    EmailField,
    Form,
    HiddenField,
    LineField,
    ShortField,
    invalid,
    required,
)
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.text import fold
from eventapp.door.access import DoorKeeper
from eventapp.door.event import EventAtDoor
from eventapp.door.links import Terms
from eventapp.door.log import DoorAction
from eventapp.model import DoorRole
from eventapp.model.limits import (
    DOOR_HOURS_MOST,
    DOOR_NAME_MOST,
    NAME_MOST,
    OVER_REASON_MOST,
    PARTY_MOST,
    PIN_LEAST,
    PIN_MOST,
)

# What a scan does: let in at once; show who it is and ask; note that the guest leaves.
MODES = ("express", "confirm", "leaving")
LONG_AGO = timedelta(days=400)
PIN = re.compile(rf"[0-9]{{{PIN_LEAST},{PIN_MOST}}}")


def uuid(form: FlaskForm, field: Field) -> None:
    try:
        field.data = str(UUID(field.data or ""))
    except ValueError as no:
        raise invalid("scan_id", gettext("A scan needs an id of its own, a UUID.")) from no


# How a page shows a guest: as a row; as a row that tells namesakes apart; as an opened ticket.
SHOWN_AS = ("row", "namesake", "ticket")


class DoorActionForm(Form):
    """An action at a door. If it has no `happened_at`, it happens now."""

    scan_id = HiddenField(validators=[uuid])
    happened_at = InstantField()
    sent_at = InstantField()
    offline = BooleanField()
    people = NumberField(least=1, most=PARTY_MOST, needed=False)
    over_reason = LineField(_l("Why?"), most=OVER_REASON_MOST)
    # How the page that sent this shows the guest, so that the answer can update it.
    came_from = HiddenField(filters=[lambda name: name if name in SHOWN_AS else None])

    def door_action(self, keeper: DoorKeeper, heard_at: datetime) -> DoorAction:
        return DoorAction(
            scan_id=self.scan_id.data,
            door=keeper.door,
            by=keeper.by,
            happened_at=self._happened(heard_at),
            heard_at=heard_at,
            offline=self.offline.data,
            phone_at=self.happened_at.data,
            people=self.people.data,
            is_lead=keeper.is_lead,
            over_reason=self.over_reason.data or "",
        )

    def _happened(self, heard_at: datetime) -> datetime:
        """When it happened: by the phone's clock, corrected by how far that was off when it sent.
        Never in the future, nor longer ago than LONG_AGO.
        """
        happened: datetime = self.happened_at.data or heard_at
        if self.happened_at.data and self.sent_at.data:
            happened += heard_at - self.sent_at.data
        return max(min(happened, heard_at), heard_at - LONG_AGO)


class ScanForm(DoorActionForm):
    code = ShortField(_l("Code of a ticket"), [required])
    mode = HiddenField(filters=[lambda chosen: chosen if chosen in MODES else "express"])


def scan_mode(chosen: str | None, event: EventAtDoor) -> str:
    """The mode chosen on this phone, if this event offers it, else `express`."""
    offered = MODES if event.notes_leaving else MODES[:2]
    return chosen if chosen and chosen in offered else "express"


class WalkInForm(DoorActionForm):
    name = LineField(
        _l("Name"),
        most=NAME_MOST,
        needed=True,
        render_kw={
            "autocomplete": "off",
            "pattern": r".*\S.*",
        },  # offline, only the browser validates it
    )
    email = EmailField(
        _l("Email"), needed=False, render_kw={"autocomplete": "off", "type": "email"}
    )
    people = NumberField(
        _l("How many people"),
        least=1,
        most=PARTY_MOST,
        needed=False,
        default=1,
    )
    # The name by which this was asked before, and is somebody else than those on the list.
    another_than = HiddenField()
    over_capacity = BooleanField()

    @property
    def is_another(self) -> bool:
        return bool(self.another_than.data) and fold(self.another_than.data) == fold(self.name.data)

    def validate_name(self, field: Field) -> None:
        if "://" in (field.data or ""):
            raise invalid("ticket", gettext("That is a ticket, not a name. Scan it instead."))


class Forms:
    """The forms of the door's page: the one that was `sent`, to be shown again, and blank ones.
    Each is built only if a template shows it; most answers to an action show none. `name` is
    prefilled in the walk-in form.
    """

    def __init__(self, sent: Form | None = None, *, name: str = "") -> None:
        self._sent, self._name = sent, name

    @cached_property
    def scan(self) -> ScanForm:
        return self._sent if isinstance(self._sent, ScanForm) else ScanForm(formdata=None)

    @cached_property
    def walk_in(self) -> WalkInForm:
        if isinstance(self._sent, WalkInForm):
            return self._sent
        return WalkInForm(formdata=None, name=self._name)


class DoorLinkForm(Form):
    """A door link's name, role and hours. Blank hours are those of the event's door."""

    name = LineField(_l("What is this door called?"), most=DOOR_NAME_MOST, needed=True)
    role = RadioField(
        _l("Who opens it?"),
        choices=[
            SelectChoice(DoorRole.HELPER, _l("A helper, who lets people in")),
            SelectChoice(
                DoorRole.LEAD, _l("A door lead, who may also admit over a no and settle conflicts")
            ),
            SelectChoice(
                DoorRole.KIOSK, _l("A kiosk: a tablet at which guests check themselves in")
            ),
        ],
        default=DoorRole.HELPER,
    )
    opens_hours_before = NumberField(
        _l("Good from so many hours before the start"), least=0, most=DOOR_HOURS_MOST, needed=False
    )
    closes_hours_after = NumberField(
        _l("Good until so many hours after the end"), least=0, most=DOOR_HOURS_MOST, needed=False
    )
    pin = ShortField(
        _l("PIN of the kiosk"),
        filters=[lambda typed: (typed or "").strip()],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": PIN_MOST},
    )

    form_id = FormIdField(default=new_secret)  # sent twice, it is one link

    def validate_pin(self, field: Field) -> None:
        if self.role.data == DoorRole.KIOSK and not PIN.fullmatch(field.data):
            raise invalid("pin", gettext("A kiosk needs a PIN of 4 to 8 digits."))

    def typed(self) -> Terms:
        return Terms(
            role=self.role.data,
            opens_hours_before=self.opens_hours_before.data,
            closes_hours_after=self.closes_hours_after.data,
            pin=self.pin.data,
        )

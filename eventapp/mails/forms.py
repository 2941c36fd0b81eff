"""The shape of an address corrected."""

from __future__ import annotations

from typing import Any

from eventapp.core.edits import EditForm
from eventapp.core.forms import EmailField
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Rsvp


class AddressForm(EditForm):
    """The address that an RSVP has, to be put right."""

    email = EmailField(_l("The right address"), render_kw={"autocomplete": "off"})

    @classmethod
    def of(cls, rsvp: Rsvp, **more: Any) -> AddressForm:
        return cls(data={"email": rsvp.person.email if rsvp.person else ""}, **more)

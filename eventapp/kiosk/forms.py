"""What guests type at a tablet or on their phone, and the PIN of a kiosk."""

from __future__ import annotations

from uuid import UUID

from wtforms import Field
from wtforms.widgets import PasswordInput

from eventapp.core.forms import Form, HiddenField, LineField, ShortField, invalid, required
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.text import EMAIL_MOST
from eventapp.kiosk.self_check_in import LETTERS_LEAST, proves_something
from eventapp.model.limits import NAME_MOST, PIN_MOST

# The next guest at the tablet is not offered what was typed before.
FORGETTING = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class OnceForm(Form):
    """A form with an id of its own: sent again, it gets the first answer."""

    scan_id = HiddenField()

    def validate_scan_id(self, field: Field) -> None:
        try:
            field.data = str(UUID(field.data or ""))
        except ValueError as no:
            raise invalid("scan_id", gettext("A scan needs an id of its own, a UUID.")) from no


class CodeForm(OnceForm):
    code = ShortField(_l("Code of your ticket"), [required], render_kw=FORGETTING)


class NameForm(OnceForm):
    """Both fields are required, but not marked so in HTML: a hand-held scanner presses Enter after
    typing into one of them, and the browser would then not send the form.
    """

    name = LineField(_l("Your first and last name"), most=NAME_MOST, render_kw=FORGETTING)
    letters = LineField(
        _l("The last four characters before the @ of your email"),
        most=EMAIL_MOST,
        render_kw={**FORGETTING, "inputmode": "email"},
    )

    def validate_name(self, field: Field) -> None:
        required(self, field)

    def validate_letters(self, field: Field) -> None:
        required(self, field)
        if not proves_something(field.data):
            words = gettext("At least %(least)s characters, or all of it.", least=LETTERS_LEAST)
            raise invalid("too_short", words)

    def scanned(self) -> str | None:
        """The ticket that a hand-held scanner typed into the field for the name: an address, in
        whatever layout.
        """
        typed = self.name.data or ""
        return typed if typed[:4].lower() == "http" else None


class HereForm(OnceForm):
    """One button, for whoever is signed in."""


class PinForm(Form):
    pin = ShortField(
        _l("PIN of the door"),
        [required],
        filters=[lambda typed: "".join((typed or "").split())],
        widget=PasswordInput(),
        render_kw={**FORGETTING, "inputmode": "numeric", "maxlength": PIN_MOST * 4},
    )

    def say_wrong(self) -> None:
        words = gettext("That is not the PIN.")
        self.pin.errors = [*self.pin.errors, invalid("wrong_pin", words).args[0]]

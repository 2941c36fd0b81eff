"""The shape of an address corrected."""

from __future__ import annotations

from eventapp.core.forms import EmailField, Form
from eventapp.core.i18n import lazy_gettext as _l


class AddressForm(Form):
    email = EmailField(_l("The right address"), render_kw={"autocomplete": "off"})

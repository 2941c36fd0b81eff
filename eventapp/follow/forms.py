"""The shape of what is typed to follow."""

from __future__ import annotations

from eventapp.core.forms import EmailField, Form
from eventapp.core.i18n import lazy_gettext as _l


class FollowForm(Form):
    email = EmailField(_l("E-mail"), render_kw={"autocomplete": "email"})

"""The shape of what is typed to sign in."""

from __future__ import annotations

from eventapp.core.fields import FormIdField
from eventapp.core.forms import EmailField, Form, HiddenField
from eventapp.core.i18n import lazy_gettext as _l


class SignInForm(Form):
    email = EmailField(_l("Email"), render_kw={"autocomplete": "email"})
    next = HiddenField()
    form_id = FormIdField()  # sent twice, it is one mail

"""The shape of what is typed to follow."""

from __future__ import annotations

from eventapp.core.fields import FormIdField
from eventapp.core.forms import EmailField, Form
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret


class FollowForm(Form):
    email = EmailField(_l("Email"), render_kw={"autocomplete": "email"})
    form_id = FormIdField(default=new_secret)  # sent twice, it is one mail

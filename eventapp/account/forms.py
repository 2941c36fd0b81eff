"""The shape of what is typed to sign in."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField

from eventapp.core.forms import EmailField, Form, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l


class SignInForm(Form):
    email = EmailField(_l("E-mail"), render_kw={"autocomplete": "email"})
    next = HiddenField()


def six_digits(form: FlaskForm, field: Field) -> None:
    if len(field.data or "") != 6:
        raise invalid("digits", gettext("The code has six digits."))


class DigitsForm(Form):
    digits = StringField(
        _l("The six digits from the mail"),
        [six_digits],
        filters=[lambda typed: "".join(c for c in typed or "" if c in "0123456789")],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12},
    )

    def say_wrong(self) -> None:
        """The digits have the right shape and are not the ones that were mailed."""
        words = gettext("Those are not the digits in the mail. Please look again.")
        self.digits.errors = [*self.digits.errors, invalid("wrong_digits", words).args[0]]

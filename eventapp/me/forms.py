"""The forms of a person's own page."""

from __future__ import annotations

from wtforms.fields.choices import SelectChoice

from eventapp.core.edits import EditForm
from eventapp.core.fields import RadioField
from eventapp.core.forms import Form, LineField
from eventapp.core.i18n import LANGUAGES
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model.limits import NAME_MOST


class MeForm(EditForm):
    name = LineField(
        _l("Your name"), most=NAME_MOST, needed=True, render_kw={"autocomplete": "name"}
    )
    language = RadioField(
        _l("The language of your emails"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )


class DeleteForm(Form):
    """Only the token: the tick on the page just prevents deleting by accident."""

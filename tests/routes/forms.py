"""The forms there are, and their fields."""

from __future__ import annotations

import wtforms
from wtforms.fields.core import UnboundField

from eventapp.core.forms import Form


def form_classes(of: type[Form] = Form) -> list[type[Form]]:
    """The application's forms, each once."""
    found = [each for form in of.__subclasses__() for each in (form, *form_classes(form))]
    return list(dict.fromkeys(found))


def field_names(form: type[wtforms.Form]) -> list[str]:
    return [name for name in dir(form) if isinstance(getattr(form, name), UnboundField)]

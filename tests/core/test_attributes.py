"""The attributes of form fields are written as WTForms writes them."""

from __future__ import annotations

from typing import Any

import pytest
import wtforms.widgets
from markupsafe import Markup
from wtforms.widgets import TextArea, TextInput

from eventapp.core.attributes import html_params
from eventapp.core.forms import Form
from eventapp.core.i18n import lazy_gettext

VALUES: tuple[dict[str, Any], ...] = (
    {},
    {"name": "a", "id": "b", "class_": "wide", "for_": "c"},
    {"data_when_open": "1", "aria_label": "Who?", "hx_get": "/x", "data-x": "y"},
    {"required": True, "checked": False, "autofocus": True},
    {"value": "\"'<>&; é\n\u2028", "maxlength": 120, "min": 0.5, "step": None, "rows": ""},
    {"value": Markup('<b title="x">&amp;</b>'), "pattern": "[0-9]{6}", "title": "{k} %s"},
    {"label": lazy_gettext("Save"), 'a"b<': "strange"},
)


@pytest.mark.parametrize("values", VALUES)
def test_they_are_those_of_wtforms(values: dict[str, Any]) -> None:
    written = html_params(**values)
    assert written == wtforms.widgets.html_params(**values)
    assert isinstance(written, Markup)


def test_each_widget_writes_them_so() -> None:
    assert wtforms.widgets.html_params is not html_params, "they would be compared with themselves"
    assert TextInput.html_params is html_params
    assert TextArea.__call__.__globals__["html_params"] is html_params
    assert issubclass(Form, wtforms.Form)

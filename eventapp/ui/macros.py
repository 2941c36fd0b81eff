"""The macros of some templates, and the limits, available in every template without an import.

Importing them in each part of a page would cost more than rendering them: Jinja compares the page's
context with theirs each time.
"""

from __future__ import annotations

from flask import Flask

from eventapp.model import limits

TEMPLATES = ("ui/form.html", "ui/avatar.html", "ui/time.html")


def init_app(app: Flask, *of_features: str) -> None:
    """Call it once everything that the macros call is registered."""
    for template in (*TEMPLATES, *of_features):
        macros = vars(app.jinja_env.get_template(template).module)
        public = {name: macro for name, macro in macros.items() if not name.startswith("_")}
        app.jinja_env.globals.update(public)
    app.jinja_env.globals["limits"] = limits

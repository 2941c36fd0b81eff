"""The macros of form.html, and the limits, available in every template without an import.

Importing them in each part of a page would cost more than rendering them: Jinja compares the page's
context with theirs each time.
"""

from __future__ import annotations

from flask import Flask

from eventapp.model import limits


def init_app(app: Flask) -> None:
    """Call it once everything that the macros call is registered."""
    macros = app.jinja_env.get_template("ui/form.html").module
    public = {name: macro for name, macro in vars(macros).items() if not name.startswith("_")}
    app.jinja_env.globals.update(public, limits=limits)

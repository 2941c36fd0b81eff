"""What every template may use without importing it: the macros of form.html, and the limits."""

from __future__ import annotations

from flask import Flask

from eventapp.model import limits


def init_app(app: Flask) -> None:
    """Once everything is registered that the macros call."""
    macros = app.jinja_env.get_template("ui/form.html").module
    public = {name: macro for name, macro in vars(macros).items() if not name.startswith("_")}
    app.jinja_env.globals.update(public, limits=limits)

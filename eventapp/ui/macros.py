"""The macros of form.html, which every template may call without importing them."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Once everything is registered that the macros call."""
    macros = app.jinja_env.get_template("ui/form.html").module
    public = {name: macro for name, macro in vars(macros).items() if not name.startswith("_")}
    app.jinja_env.globals.update(public)

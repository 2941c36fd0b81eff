"""Two languages, complete: the person's choice, else the browser's, else the default."""

from __future__ import annotations

from flask import Flask, Response, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, ngettext

__all__ = [
    "LANGUAGES",
    "force_locale",
    "gettext",
    "init_app",
    "language",
    "lazy_gettext",
    "ngettext",
]

LANGUAGES = {"es": "Español", "en": "English"}
COOKIE = "language"


def _choose() -> str:
    fallback: str = current_app.config["DEFAULT_LANGUAGE"]
    if not has_request_context():
        return fallback
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES) or fallback


def language() -> str:
    """The language of this page or mail: `es` or `en`."""
    return str(get_locale() or "en")[:2]


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=_choose)
    app.jinja_env.policies["ext.i18n.trimmed"] = True  # as babel.cfg extracts them

    @app.after_request
    def _say_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = language()
            response.vary.update(("Cookie", "Accept-Language"))
        return response

"""Two languages, complete: the person's choice, else the browser's, else the default."""

from __future__ import annotations

from babel import Locale
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
_LOCALES = {code: Locale(code) for code in LANGUAGES}  # parsed once


def _choose() -> Locale:
    return _LOCALES[_chosen_language()]


def _chosen_language() -> str:
    if not has_request_context():
        return "en"  # as commands speak; a mail says its own language
    fallback: str = current_app.config["DEFAULT_LANGUAGE"]
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    wanted = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((one for one in wanted if one in LANGUAGES), fallback)


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

"""Two languages: the person's choice, else the browser's, else the default."""

from __future__ import annotations

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, Response, current_app, has_request_context, request
from flask_babel import (
    Babel,
    force_locale,
    get_locale,
    get_translations,
    gettext,
    lazy_gettext,
    lazy_pgettext,
    ngettext,
)

__all__ = [
    "LANGUAGES",
    "force_locale",
    "gettext",
    "init_app",
    "language",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
]

LANGUAGES = {"es": "Español", "en": "English"}
COOKIE = "language"
_LOCALES = {code: Locale(code) for code in LANGUAGES}  # parsed once


def _choose() -> Locale:
    return _LOCALES[_chosen_language()]


def _chosen_language() -> str:
    if not has_request_context():
        return "en"  # for commands; mails set their own language
    fallback: str = current_app.config["DEFAULT_LANGUAGE"]
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    wanted = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((one for one in wanted if one in LANGUAGES), fallback)


def language() -> str:
    """The language of this page or mail: `es` or `en`."""
    locale = get_locale()
    return locale.language if locale else "en"


_catalogues: dict[str, NullTranslations] = {}


def _catalogue() -> NullTranslations:
    """The texts of this language, cached: flask-babel looks them up anew for each text on a page,
    which took a sixth of a search at a door.
    """
    code = language()
    if code not in _catalogues:
        _catalogues[code] = get_translations()
    return _catalogues[code]


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=_choose)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().ugettext(text),
        lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, text: _catalogue().upgettext(context, text),
        npgettext=lambda context, one, many, count: _catalogue().unpgettext(
            context, one, many, count
        ),
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True  # as babel.cfg extracts them

    @app.after_request
    def _say_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = language()
            response.vary.update(("Cookie", "Accept-Language"))
        return response

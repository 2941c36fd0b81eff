"""Pages that belong to no feature: the language switch, errors, and the mail of development."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address
from math import ceil

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug import exceptions
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable

from eventapp.core import clock, htmx, i18n, json_api, mail, outbox
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.linked import linked_paragraphs
from eventapp.core.links import absolute, leads_to_this_machine, ours_or
from eventapp.core.security import seconds_to_wait
from eventapp.core.unavailable import Interrupted
from eventapp.ui import avatars, formats, ways_on
from eventapp.ui.ask_first import AskFirst, ask

bp = Blueprint("ui", __name__, cli_group=None)

for _filter in formats.FILTERS + avatars.FILTERS:
    bp.add_app_template_filter(_filter)

bp.add_app_template_filter(linked_paragraphs)


@bp.app_template_filter()
def day(at: datetime | str, tz: str) -> str:
    return formats.day(at, tz, clock.now())


@bp.app_template_filter()
def brief(at: datetime, tz: str) -> str:
    return formats.brief(at, tz, clock.now())


@bp.app_template_filter()
def arrival(at: datetime, starts_at: datetime, tz: str) -> str:
    return formats.arrival(at, starts_at, tz, clock.now())


@bp.app_template_filter()
def coming_day(at: datetime | str, tz: str) -> str:
    return formats.coming_day(at, tz, clock.now())


@bp.app_template_filter()
def span(starts_at: datetime | str, ends_at: datetime | str, tz: str) -> str:
    return formats.span(starts_at, ends_at, tz, clock.now())


@bp.app_template_filter()
def when(starts_at: datetime | str, ends_at: datetime | str, tz: str) -> str:
    return formats.when(starts_at, ends_at, tz, clock.now())


bp.add_app_template_global(i18n.language, "language")
bp.add_app_template_global(absolute, "absolute")
bp.add_app_template_global(formats.whatsapp_url, "whatsapp_url")
bp.add_app_template_global(i18n.LANGUAGES, "LANGUAGES")  # type: ignore[arg-type]


@bp.app_template_global()
def takes_focus(is_wrong: object) -> bool:
    """Whether this is the first error in an answer, which gets the focus: on a phone it may be out
    of sight.
    """
    if not is_wrong or g.get("focus_is_taken"):
        return False
    g.focus_is_taken = True
    return True


ways_on.init_blueprint(bp)
YEAR_SECONDS = 365 * 24 * 3600


@bp.post("/language")
def choose_language() -> Response:
    go_to = ours_or(request.form.get("next"), "/")
    response: Response = redirect(go_to, 303)  # type: ignore[assignment]
    if (chosen := request.form.get("language")) in i18n.LANGUAGES:
        response.set_cookie(
            i18n.COOKIE,
            chosen,
            max_age=YEAR_SECONDS,
            samesite="Lax",
            httponly=True,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


@bp.app_errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    if json_api.wants_json():
        return json_api.refuse(refusal.code, str(refusal), status=409)
    return htmx.refuse("ui/refused.html", notice="ui/_notice.html", status=409, refusal=refusal)


@bp.app_errorhandler(AskFirst)
def ask_before_mails(first: AskFirst) -> Response:
    return ask(first)


@bp.app_errorhandler(CSRFError)
def form_too_old(_: CSRFError) -> Response:
    if json_api.wants_json():
        return json_api.refuse("csrf", status=400)
    return htmx.refuse(
        "ui/form_too_old.html", notice="ui/_form_too_old.html", status=400, typed=_typed_here()
    )


def _typed_here() -> list[tuple[str, str]]:
    """What a form of this site sent, to be sent once more. Nothing of another site's form, which
    would then need no more than a tap.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin" or request.files:
        return []
    return [each for each in request.form.items(multi=True) if each[0] != "csrf_token"]


@bp.app_errorhandler(NotFound)
def not_found(_: NotFound) -> Response:
    return http_error(exceptions.NotFound())


@bp.app_errorhandler(SecurityError)
def not_our_host(error: SecurityError) -> Response:
    """The request's host is none of TRUSTED_HOSTS: no page, as its links would have that host."""
    return Response("400 Bad Request: unknown host\n", error.code, mimetype="text/plain")


@bp.app_errorhandler(HTTPException)
def http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if json_api.wants_json():
        code = error.name.lower().replace(" ", "_")
        response = json_api.refuse(code, status=error.code)
    else:
        response = htmx.refuse(
            "ui/error.html",
            notice="ui/_error_notice.html",
            status=error.code,
            error=error,
            minutes=ceil(seconds_to_wait() / 60),
        )
    if error.code == 429:
        response.headers["Retry-After"] = str(seconds_to_wait())
    if allowed := error.get_response().headers.get("Allow"):
        response.headers["Allow"] = allowed
    return response


@bp.app_errorhandler(ServiceUnavailable)
def unavailable(error: ServiceUnavailable) -> Response:
    """The database is unavailable: neither the page nor the notice may query it."""
    refusal = error.refusal if isinstance(error, Interrupted) else None
    if json_api.wants_json() or request.is_json:
        code, words = (refusal.code, str(refusal)) if refusal else ("unavailable", None)
        response = json_api.refuse(code, words, status=503)
    else:
        response = htmx.refuse(
            "ui/unavailable.html",
            notice="ui/_notice.html" if refusal else "ui/_unavailable.html",
            status=503,
            refusal=refusal,
            typed=_typed_here(),
        )
    for name in ("Retry-After", "Refresh")[: 2 if request.method == "GET" else 1]:
        response.headers[name] = str(error.retry_after)
    return response


def _on_this_machine() -> bool:
    """In development, requested from loopback without a proxy, on a loopback address."""
    config, headers = current_app.config, request.headers
    proxied = any(h in headers for h in ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"))
    return (
        not config["PRODUCTION"]
        and leads_to_this_machine(config["BASE_URL"])
        and ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104
        and not proxied
    )


@bp.get("/manifest.webmanifest")
def manifest() -> Response:
    """How a page looks that a phone keeps on its home screen. It names no address to start with: a
    kept pass opens as that pass.
    """
    return Response(render_template("ui/manifest.json"), mimetype="application/manifest+json")


@bp.get("/dev/mail")
def dev_mail() -> str:
    if not _on_this_machine():
        abort(404)
    mails = [(row, mail.compose(row)) for row in outbox.newest() if row.values]
    return render_template("ui/dev_mail.html", mails=mails)

"""Security of every answer: headers, CSRF tokens, rate limits."""

from __future__ import annotations

import time
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from flask import Flask, Response, abort, current_app, g, request
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from werkzeug.exceptions import SecurityError

from eventapp.core import shared_limits  # noqa: F401  (known to the limiter by its scheme)
from eventapp.core.assets import is_static

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
# A page that reads codes compiles a reader and shows what the camera sees. No script may come
# from elsewhere for that, and no text may become one.
WITH_CAMERA = {"script-src": "'self' 'wasm-unsafe-eval'", "media-src": "'self' blob:"}


def _policy(**more: str) -> str:
    return "; ".join(f"{k} {v}" for k, v in {**CONTENT_SECURITY_POLICY, **more}.items())


HEADERS = {
    "Content-Security-Policy": _policy(),
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: on https, Flask-WTF asks forms for a Referer of this site.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
HEADERS_WITH_CAMERA = {
    **HEADERS,
    "Content-Security-Policy": _policy(**WITH_CAMERA),
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
HSTS = "max-age=63072000; includeSubDomains"
SHOWN_ELSEWHERE = ("share.png", "card.png", "icon-192.png")


def visitor_network() -> str:
    """The network to which rate limits apply: an IPv4 address or an IPv6 /64. All of a venue may
    share one, so limits are generous.
    """
    return _network(ipv4_bits=32, ipv6_bits=64)


def provider_network() -> str:
    """The network as wide as one customer may own: an IPv4 /24 or an IPv6 /48."""
    return _network(ipv4_bits=24, ipv6_bits=48)


def _network(*, ipv4_bits: int, ipv6_bits: int) -> str:
    sent = request.remote_addr or "unknown"
    try:
        address = ip_address(sent)
    except ValueError:
        return sent  # a Unix socket has none
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return str(IPv6Network((int(address), ipv6_bits), strict=False))
        address = address.ipv4_mapped
    return str(IPv4Network((int(address), ipv4_bits), strict=False))


def default_limit() -> str:
    """The limit of this application. Flask-Limiter would keep the one of the first that it met."""
    return str(current_app.config["RATELIMIT_DEFAULT"])


csrf = CSRFProtect()
limiter = Limiter(
    key_func=visitor_network, default_limits=[default_limit], in_memory_fallback_enabled=True
)


def seconds_to_wait() -> int:
    """How long to wait after a 429 until the next try."""
    reached = limiter.current_limit
    return max(1, int(reached.reset_at - time.time())) if reached else 60


def say_public() -> None:
    """Let shared caches keep this answer: it is the same for everybody."""
    g.is_public = True


def let_others_show() -> None:
    """Let chats, mail programs and other sites show this picture in their own pages."""
    g.is_shown_elsewhere = True


def allow_camera() -> None:
    """Let the page of this answer use the camera, and compile the code reader (WebAssembly).

    The page must be reached by a full load, as a policy applies to the document that brought it.
    """
    g.uses_camera = True


def refuse_what_no_database_holds() -> None:
    """Answer 404 to an address with a NUL, which PostgreSQL cannot hold in a text; not at a host
    that is none of ours, for which there are no pages.
    """
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        abort(404)


def keep_the_good_token() -> None:
    """Reuse the token of the request in the answer's forms, so that it is signed only once."""
    if g.get("csrf_valid") and (sent := request.form.get("csrf_token")):
        g.csrf_token = sent


def init_app(app: Flask) -> None:
    app.before_request(refuse_what_no_database_holds)
    csrf.init_app(app)
    app.before_request(keep_the_good_token)
    limiter.init_app(app)
    secure = app.config["BASE_URL"].startswith("https://")
    always = {"Strict-Transport-Security": HSTS} if secure else {}

    @app.after_request
    def _set_headers(response: Response) -> Response:
        headers = HEADERS_WITH_CAMERA if g.get("uses_camera") else HEADERS
        response.headers.extend({**headers, **always})
        if not is_static(request.endpoint) and not g.get("is_public"):
            response.headers.setdefault("Cache-Control", "no-store")
        if g.get("is_shown_elsewhere") or request.path.endswith(SHOWN_ELSEWHERE):
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

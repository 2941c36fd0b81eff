"""Who is asking: the person that this request's browser speaks for.

Views of every feature ask here. A gate is the part of a feature that knows the request.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Response, current_app, g, request, session

from eventapp.account import actions, queries
from eventapp.core import clock
from eventapp.core.links import new_secret
from eventapp.model import Person


class SignInNeeded(Exception):
    """The view wants to know who is asking; nobody has said. Sends them to /sign-in."""


def cookie_name(name: str) -> str:
    """`__Host-` pins a cookie to this host and to https, where there is https."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def set_cookie(response: Response, name: str, value: str, *, valid: timedelta) -> None:
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=valid,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def person() -> Person | None:
    """Whoever is signed in here, looked up once a request."""
    if "person" not in g:
        secret = request.cookies.get(cookie_name("sid"))
        g.person = queries.person_signed_in(secret, clock.now()) if secret else None
    found: Person | None = g.person
    return found


def require_person() -> Person:
    """Whoever is signed in here. Raises SignInNeeded."""
    found = person()
    if found is None:
        raise SignInNeeded
    return found


def browser() -> str:
    """The secret by which this browser is known again when its mail comes back to it."""
    if "browser" not in g:
        g.browser = request.cookies.get(cookie_name("browser")) or new_secret()
    secret: str = g.browser
    return secret


def remember_browser(response: Response) -> Response:
    set_cookie(response, "browser", browser(), valid=timedelta(days=30))
    return response


def start_session(someone: Person) -> str:
    """Sign this browser in, within the view's transaction; give the secret to `sign_in`."""
    return actions.start_session(
        someone, user_agent=request.headers.get("User-Agent", ""), at=clock.now()
    )


def sign_in(response: Response, secret: str) -> Response:
    """Hand the browser its session. Its old form tokens end here."""
    session.clear()
    set_cookie(response, "sid", secret, valid=timedelta(days=actions.SESSION_VALID_DAYS))
    return response


def sign_out(response: Response) -> Response:
    session.clear()
    response.delete_cookie(
        cookie_name("sid"), secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True
    )
    return response


def session_secret() -> str | None:
    return request.cookies.get(cookie_name("sid"))

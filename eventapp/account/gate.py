"""Who is asking: the person that this request's browser speaks for.

Views of every feature ask here. A gate is the part of a feature that knows the request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Response, after_this_request, current_app, g, request, session
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from eventapp.account import actions, queries
from eventapp.core import clock, i18n
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.links import is_ours, new_secret
from eventapp.core.security import provider_network
from eventapp.model import Person, Session

ANSWERED = "answered"  # the cookie of `rsvp/remembered.py`: signing out forgets it
KEPT = "kept"  # that of `rsvp/kept.py`: likewise
JUST_NOW = "just_now"  # that of `met/just_now.py`: likewise


class SignInNeeded(Exception):
    """The view needs a person, and nobody is signed in: leads to /sign-in."""


class Link(NamedTuple):
    words: str
    address: str


@dataclass(frozen=True)
class Purpose:
    """What somebody signs in for, in the words of the feature that they go to."""

    title: str
    words: str
    part_of: Link
    without: Sequence[Link] = ()  # where they go on without signing in


_purposes: dict[str, Callable[..., Purpose]] = {}  # by endpoint; given the arguments of its route


def say_what_for(endpoint: str, purpose: Callable[..., Purpose]) -> None:
    """Have /sign-in say it to whoever is on their way to this page."""
    _purposes[endpoint] = purpose


def purpose_of(go_to: str | None) -> Purpose | None:
    """What whoever goes to this address signs in for. None where its feature doesn't say."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None or not go_to or not is_ours(go_to):
        return None
    with suppress(HTTPException, NotFound):
        endpoint, arguments = adapter.match(urlsplit(go_to).path, method="GET")
        return _purposes[endpoint](**arguments) if endpoint in _purposes else None
    return None


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


def delete_cookie(response: Response, name: str) -> Response:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(cookie_name(name), secure=secure, httponly=True)
    return response


def signed_in_session() -> Session | None:
    """This browser's session, looked up once a request."""
    if "signed_in_session" not in g:
        secret, at = session_secret(), clock.now()
        found = queries.session_with(secret, at) if secret else None
        if found and request.method == "POST" and found.last_seen_at <= at - actions.SEEN_EVERY:
            after_this_request(partial(_note_session, found.id))
        g.signed_in_session = found
    known: Session | None = g.signed_in_session
    return known


def person() -> Person | None:
    """Whoever is signed in here."""
    found = signed_in_session()
    return found.person if found else None


def _note_session(session_id: int, response: Response) -> Response:
    """Note after a form was answered that its browser was active. A GET writes nothing, not even
    this, so that mail scanners and prefetching browsers leave no trace.
    """
    if response.status_code < 500:
        # The form's changes are committed: an error here must not make the browser send it again.
        with suppress(SQLAlchemyError), transaction():
            actions.see_session(session_id, at=clock.now())
    return response


def require_person() -> Person:
    """Whoever is signed in here. Raises SignInNeeded."""
    found = person()
    if found is None:
        raise SignInNeeded
    return found


def browser() -> str:
    """The secret that identifies this browser when a mailed link is opened in it."""
    if "browser" not in g:
        g.browser = request.cookies.get(cookie_name("browser")) or new_secret()
    secret: str = g.browser
    return secret


def visitor() -> actions.Visitor:
    """Whoever sends this request, signed in or not."""
    return actions.Visitor(i18n.language(), browser(), provider_network())


def remember_browser(response: Response) -> Response:
    set_cookie(response, "browser", browser(), valid=timedelta(days=30))
    return response


def start_session(someone: Person) -> str:
    """Sign this browser in, within the view's transaction; give the secret to `sign_in`."""
    return actions.start_session(
        someone, user_agent=request.headers.get("User-Agent", ""), at=clock.now()
    )


def sign_in(response: Response, secret: str) -> Response:
    """Give the browser its session, whose cookie outlives it: see `knows`. Form tokens from before
    stop working.
    """
    session.clear()
    set_cookie(response, "sid", secret, valid=actions.BROWSER_KNOWN)
    return response


def knows(someone: Person) -> bool:
    """Whether this browser was signed in as this person last, and nobody signed it out. That alone
    signs nobody in: whoever brings a key of their mail as well need not type digits.
    """
    secret, since = session_secret(), clock.now() - actions.BROWSER_KNOWN
    return secret is not None and queries.was_signed_in(secret, someone, since=since)


# Not "storage": scans that a door's phone has not sent yet are there, and its service worker
# deletes the guest list itself. Not "cookies": the language and the door's pass are there.
CLEARED_AT_SIGN_OUT = '"cache"'  # pages that the Back button would show


def sign_out(response: Response) -> Response:
    """Have the browser forget its session, what it answered, and which passes it keeps: nobody is
    named there any more.
    """
    session.clear()
    response.headers["Clear-Site-Data"] = CLEARED_AT_SIGN_OUT
    for name in ("sid", ANSWERED, KEPT, JUST_NOW):
        delete_cookie(response, name)
    return response


def session_secret() -> str | None:
    return request.cookies.get(cookie_name("sid"))

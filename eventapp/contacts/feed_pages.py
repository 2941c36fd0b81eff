"""The feed of follow-ups: read at a secret address, which its person makes, renews and ends."""

from __future__ import annotations

from flask import Response, url_for

from eventapp.account import gate
from eventapp.contacts import actions, queries
from eventapp.contacts.feed import feed_text
from eventapp.contacts.views import bp
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import force_locale
from eventapp.model import Person


@bp.get("/follow-ups/<key>/calendar.ics")
def feed(key: str) -> Response:
    """Who has the address reads it: a calendar cannot sign in."""
    person = queries.feed_by_key(key).person
    with force_locale(person.language):
        text = feed_text(person, queries.known_to(person), at=clock.now())
    return Response(text, content_type="text/calendar; charset=utf-8")


@bp.post("/contacts/feed")
def make_feed() -> Response:
    """Make a new address. One that was there leads nowhere any more."""
    person = gate.require_person()
    with transaction():
        actions.make_feed(person, at=clock.now())
    return _show_feed(person)


@bp.post("/contacts/feed/end")
def end_feed() -> Response:
    person = gate.require_person()
    with transaction():
        actions.end_feed(person)
    return _show_feed(person)


def _show_feed(person: Person) -> Response:
    go_to = url_for("contacts.contacts", _anchor="feed")
    return htmx.done(fragment="contacts/_feed.html", go_to=go_to, feed=queries.feed_of(person))

"""What was answered already: an event's page and its cards say so, instead of asking again.

For somebody who is signed in, their RSVP tells. For a browser, a signed cookie does: it holds the
ids of events, each with the address of the page that followed the answer, which is in the browser's
history anyway, and no names. The page then shows what was typed in this browser, whatever became of
the RSVP. The cookie does not hold the ids of codes: a deleted one may be given to another code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import Response, request, url_for

from eventapp.account.gate import ANSWERED, cookie_name, set_cookie
from eventapp.core import text
from eventapp.core.links import sign_values, signed_values
from eventapp.model import Event, MailedCode, Rsvp
from eventapp.rsvp import queries

VALID = timedelta(days=60)
EVENTS_MOST = 20  # the newest: a cookie is sent with every request


class Answered(NamedTuple):
    """An answer that the event's page shows in place of its form."""

    own: Rsvp | None  # of who is signed in
    code: MailedCode | None  # sent from this browser; it is forgotten before the answer is


def remember_answer(response: Response, code: MailedCode) -> Response:
    """Have the browser remember that it sent this form. Not where a door typed the guest in."""
    if code.rsvp is None or code.typed.get("status") == "in":
        return response
    event_id = code.rsvp.event_id
    others = [pair for pair in _pairs() if pair[0] != event_id]
    pairs = [*others[1 - EVENTS_MOST :], (event_id, code.page)]
    set_cookie(response, ANSWERED, sign_values(ANSWERED, pairs), valid=VALID)
    return response


def answer_shown(event: Event, own: Rsvp | None) -> Answered | None:
    """What was answered already: by who is signed in, else from this browser. None if nothing was,
    or if it asks for the form to answer for somebody else.
    """
    if asks_for_another() or request.method != "GET":
        return None
    page = dict(_pairs()).get(event.id)
    if own is None and page is None:
        return None
    return Answered(own, queries.code_of(event, page) if page and not own else None)


def pages_answered(event: Event, own: Rsvp | None) -> dict[str, str]:
    """The pages of the answers that who answers for somebody else knows of, by the keys of their
    addresses: their own, and the one this browser sent last. Of others a stranger learns nothing.
    """
    if not asks_for_another():
        return {}
    pages, page = {}, dict(_pairs()).get(event.id)
    if page and (code := queries.code_of(event, page)):
        pages[text.email_key(code.email)] = url_for("rsvp.mailed", slug=event.slug, page=page)
    if own and own.person:
        pages[own.person.email_key] = url_for("rsvp.own", key=own.key)
    return pages


def asks_for_another() -> bool:
    """Whether the form is to answer for somebody else."""
    return "another" in request.args


def answered_from_here(events: Sequence[Event]) -> set[int]:
    """The ids of those of these events that this browser answered. How, it cannot know: it may have
    been changed from the mail since.
    """
    return dict(_pairs()).keys() & {event.id for event in events}


def newest_page() -> str | None:
    """The page that followed the answer which this browser sent last."""
    pairs = _pairs()
    return pairs[-1][1] if pairs else None


def _pairs() -> list[tuple[int, str]]:
    """The ids of the events, each with the page of its code, in the order in which they were sent.
    Older cookies hold a number instead, and are as good as none.
    """
    token = request.cookies.get(cookie_name(ANSWERED), "")
    pairs = signed_values(ANSWERED, token, valid=VALID) or ()
    return [(event_id, page) for event_id, page in pairs if isinstance(page, str)]

"""What was answered already: an event's page and its cards say so, instead of asking again.

For somebody who is signed in, their RSVP tells. For a browser, a signed cookie does: it holds the
ids of events, each with the address of the page that followed the answer, which is in the browser's
history anyway, and no names. The page then shows what was typed in this browser, whatever became of
the RSVP; once somebody proved here that the mailbox is theirs, what has become of it. The cookie
does not hold the ids of codes: a deleted one may be given to another code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import Response, request, url_for

from eventapp.account.gate import ANSWERED, cookie_name, set_cookie
from eventapp.core import text
from eventapp.core.links import digest, sign_values, signed_values
from eventapp.model import Event, MailedCode, Rsvp
from eventapp.rsvp import queries

VALID = timedelta(days=60)
EVENTS_MOST = 20  # the newest: a cookie is sent with every request


class Answered(NamedTuple):
    """An answer that the event's page shows in place of its form."""

    own: Rsvp | None  # of who is signed in
    code: MailedCode | None  # sent from this browser; it is forgotten before the answer is
    proven: Rsvp | None  # the same answer as it is now, if this browser may know


class Remembered(NamedTuple):
    """What a browser knows of one answer."""

    event_id: int
    page: str  # that followed it
    seen: str = ""  # of which RSVP the browser has opened the own page: a digest of its key


def remember_answer(response: Response, code: MailedCode) -> Response:
    """Have the browser remember that it sent this form. Not where a door typed the guest in."""
    if code.rsvp is None or code.typed.get("status") == "in":
        return response
    event_id = code.rsvp.event_id
    others = [each for each in _remembered() if each.event_id != event_id]
    return _remember(response, [*others[1 - EVENTS_MOST :], Remembered(event_id, code.page)])


def remember_own(response: Response, rsvp: Rsvp) -> Response:
    """Have a browser that sent this RSVP's form remember that it has opened the RSVP's own page, as
    only who reads that mailbox can.
    """
    here = _answer_here(rsvp.event)
    if here is None or here.seen == _seen(rsvp):
        return response
    code = queries.code_of(rsvp.event, here.page)
    if code is None or code.rsvp_id != rsvp.id:
        return response
    seen = here._replace(seen=_seen(rsvp))
    return _remember(response, [seen if each == here else each for each in _remembered()])


def answer_shown(event: Event, own: Rsvp | None) -> Answered | None:
    """What was answered already: by who is signed in, else from this browser. None if nothing was,
    or if it asks for the form to answer for somebody else.
    """
    if asks_for_another() or request.method != "GET":
        return None
    here = _answer_here(event)
    if own is None and here is None:
        return None
    code = queries.code_of(event, here.page) if here and not own else None
    return Answered(own, code, _proven(code, here) if code and here else None)


def _proven(code: MailedCode, here: Remembered) -> Rsvp | None:
    """The RSVP as it is now. None if nobody has proven in this browser that the mailbox is theirs:
    of an address that was known, it must not learn more than of another.
    """
    if code.rsvp is None:
        return None
    if code.used_at and code.person:
        return queries.rsvp_of(code.rsvp.event, code.person)
    return code.rsvp if here.seen == _seen(code.rsvp) else None


def pages_answered(event: Event, own: Rsvp | None) -> dict[str, str]:
    """The pages of the answers that who answers for somebody else knows of, by the keys of their
    addresses: their own, and the one this browser sent last. Of others a stranger learns nothing.
    """
    if not asks_for_another():
        return {}
    pages, here = {}, _answer_here(event)
    if here and (code := queries.code_of(event, here.page)):
        pages[text.email_key(code.email)] = url_for("rsvp.mailed", slug=event.slug, page=here.page)
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
    return {each.event_id for each in _remembered()} & {event.id for event in events}


def newest_page() -> str | None:
    """The page that followed the answer which this browser sent last."""
    answers = _remembered()
    return answers[-1].page if answers else None


def _seen(rsvp: Rsvp) -> str:
    return digest(rsvp.key)[:16]


def _answer_here(event: Event) -> Remembered | None:
    return next((each for each in _remembered() if each.event_id == event.id), None)


def _remembered() -> list[Remembered]:
    """The answers sent from this browser, in their order. Older cookies hold a number in place of
    the page, and are as good as none, or no third value.
    """
    token = request.cookies.get(cookie_name(ANSWERED), "")
    answers = [Remembered(*each) for each in signed_values(ANSWERED, token, valid=VALID) or ()]
    return [each for each in answers if isinstance(each.page, str)]


def _remember(response: Response, answers: list[Remembered]) -> Response:
    set_cookie(response, ANSWERED, sign_values(ANSWERED, answers), valid=VALID)
    return response

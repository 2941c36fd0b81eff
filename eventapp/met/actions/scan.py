"""Scan a badge without being signed in: a mail to the address that is typed finishes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from eventapp.account import actions as account
from eventapp.account.actions import CODE_VALID_MINUTES, Letter, Visitor
from eventapp.account.queries import person_by_email
from eventapp.communities.queries import letterhead
from eventapp.core.links import absolute
from eventapp.met.queries import wearer_of
from eventapp.model import MailedCode, OutboxMail
from eventapp.rsvp.queries import rsvp_of

SCANNED = "met/mail/scanned"
_LEADS_NOWHERE = {"title": None, "url": None, "head": None}


def mail_scan(
    badge: str, email: str, *, by: Visitor, at: datetime, go_to: str, form_id: str | None
) -> MailedCode:
    """Mail an address the digits that sign in where the badge was scanned, and to a guest of that
    event the link of the page that says they met. Nothing is noted, and nobody else told.

    Whoever is not a guest gets the digits alone, with the reason, so that what the visitor sees and
    how often they may ask depend neither on the address nor on the badge. Nor does how long it
    takes: only when the mail is sent is it looked up who they are. Idempotent by `form_id`.
    """
    letter = Letter(SCANNED, "scan", {"badge": badge, **_LEADS_NOWHERE})
    return account.mail_sign_in(email, by=by, at=at, go_to=go_to, form_id=form_id, letter=letter)


def scan_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of that mail, without the digits once they have expired. Returns None if nothing
    is left to say.
    """
    leads_to = _leads_to(mail.values["badge"], mail.to_email, at)
    if at < mail.created_at + timedelta(minutes=CODE_VALID_MINUTES):
        return {**mail.values, **leads_to}
    return {**mail.values, **leads_to, "digits": None} if leads_to["url"] else None


def _leads_to(badge: str, email: str, at: datetime) -> dict[str, Any]:
    """The event with its letterhead, and the page on which this guest of it may say that they met
    the wearer.
    """
    wearer, person = wearer_of(badge, at=at), person_by_email(email)
    own = rsvp_of(wearer.event, person) if wearer and person else None
    if wearer is None or own is None or not own.holds_a_seat:
        return _LEADS_NOWHERE
    url = absolute("met.badge_by_key", key=own.key, badge=badge)
    return {"title": wearer.event.title, "url": url, **letterhead(wearer.event)}

"""Mails that are not written yet, for organisers to see before they cause them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from eventapp.core.db import db
from eventapp.model import OutboxMail, Rsvp
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.status import set_status


def mails_to_come(
    template: str,
    guests: Iterable[Rsvp],
    values: Callable[[Rsvp], dict[str, Any] | None],
    *,
    by: Mapping[int, str] | None = None,
) -> list[OutboxMail]:
    """A mail to each of these guests, none of them in the outbox. The first of each kind has all
    that it will say, the others the same under their guest's name: thousands take seconds. `by` has
    the status that each will have by then, by their id.
    """
    firsts: dict[tuple[str, bool, str], dict[str, Any] | None] = {}
    mails = []
    for rsvp in guests:
        assert rsvp.person is not None  # noqa: S101  who has no address is told nothing
        kind = by[rsvp.id] if by else rsvp.status, rsvp.is_brought, rsvp.language
        if kind not in firsts:
            firsts[kind] = values(rsvp)
        if first := firsts[kind]:
            said = {**first, "name": rsvp.name}
            mail = OutboxMail(template=template, to_email=rsvp.person.email, values=said)
            mail.language, mail.about_id = rsvp.language, rsvp.id
            mails.append(mail)
    return mails


def values_as(template: str, status: str, rsvp: Rsvp, *, at: datetime) -> dict[str, Any]:
    """What a guest would read if they had this status. Nothing is written."""
    with db.session.no_autoflush:
        set_status(rsvp, status, at=at)
        values = notify.values_of(template, rsvp, at)
    db.session.expire(rsvp)
    return values

"""Follow a community, once the address has proven itself, and stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import delete

from eventapp.account.actions import Visitor, meet_person
from eventapp.account.queries import person_by_email
from eventapp.communities.queries import letterhead_of
from eventapp.core.db import execute
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.core.links import absolute, new_secret, sign_values, signed_values
from eventapp.core.mail_budgets import TooManyMails, shared_then_own
from eventapp.core.outbox import queue_capped
from eventapp.core.sent_forms import key_of_form
from eventapp.follow.queries import follow_of
from eventapp.model import Community, Follow, OutboxMail, Person

CONFIRM = "follow/mail/confirm"
PURPOSE = "follow"  # of the token in that mail's link
LINK_VALID = timedelta(days=3)


class LinkTooOld(Refusal):
    code = "expired"
    message = _l("This link has expired. Ask for a new one; it only takes a moment.")


@dataclass(frozen=True)
class Wish:
    """Somebody wants to follow: what the link says that confirms the address."""

    community_id: int
    email: str
    language: str


def mail_confirmation(
    community: Community, email: str, *, by: Visitor, at: datetime, form_id: str | None = None
) -> None:
    """Mail an address, known or not, the link by which it begins to follow. Nothing is stored of
    it until then. Idempotent by `form_id`. Raises TooManyMails.
    """
    person = person_by_email(email)
    language = person.language if person else by.language
    token = sign_values(PURPOSE, [community.id, email, language])
    waits_until = queue_capped(
        CONFIRM,
        budgets=shared_then_own("follow", by.network),
        to=email,
        language=language,
        at=at,
        values={
            "community": community.name,
            "url": absolute("follow.confirm_page", slug=community.slug, token=token),
            "days": LINK_VALID.days,
            "head": letterhead_of(community),
        },
        form_key=key_of_form(form_id, (community.id, email)) if form_id else None,
    )
    if waits_until:
        raise TooManyMails(count=max(1, ceil((waits_until - at) / timedelta(minutes=1))))


def confirmation_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of that mail. Returns None once its link has expired."""
    return mail.values if at < mail.created_at + LINK_VALID else None


def wish_of(community: Community, token: str) -> Wish:
    """What a mailed link says. Raises LinkTooOld if it is expired, or not of this community."""
    values = signed_values(PURPOSE, token, valid=LINK_VALID)
    if values is None or values[0] != community.id:
        raise LinkTooOld
    return Wish(*values)


def confirm_following(community: Community, wish: Wish, *, at: datetime) -> Follow:
    """Follow with an address that its link has proven. Idempotent."""
    name = wish.email.partition("@")[0]
    person = meet_person(wish.email, name=name, language=wish.language, at=at)
    person.verified_at = person.verified_at or at
    return start_following(community, person, at=at)


def start_following(community: Community, person: Person, *, at: datetime) -> Follow:
    """Idempotent: whoever follows already goes on as before."""
    row = {"community_id": community.id, "person_id": person.id, "key": new_secret(), "since": at}
    insert_once(Follow, row)
    follow = follow_of(community, person)
    assert follow is not None  # noqa: S101  inserted above, or there before
    return follow


def stop_following(key: str) -> bool:
    """End what this key of a mail belongs to. Idempotent. Returns whether there was something."""
    return execute(delete(Follow).where(Follow.key == key)).rowcount == 1

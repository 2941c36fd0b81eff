"""Links in mails to an event's page of whom one met."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from eventapp.account.actions import mailed_link
from eventapp.core.links import absolute
from eventapp.model import Event, Person


def link_to_met(person: Person, event: Event, *, at: datetime) -> dict[str, str]:
    """Values for a mail: a link that signs in, its digits, and the page's own address, for when
    the link is spent.
    """
    page_url = absolute("met.met", slug=event.slug)
    link = mailed_link(person, go_to=urlsplit(page_url).path, at=at)
    return {**link, "page_url": page_url, "title": event.title}

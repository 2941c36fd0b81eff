"""A contact: what one person may take home about another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from eventapp.contacts.card_values import NotAPage, normal_web
from eventapp.core.i18n import gettext
from eventapp.core.person_name import PersonName, split_name
from eventapp.core.phones import chat_address
from eventapp.core.text import clean_line


@dataclass(frozen=True, slots=True)
class Occasion:
    """One event at which they met, with what the contact's owner wrote about it."""

    event_title: str
    place: str | None
    met_on: date | None  # in the event's zone
    note: str | None
    tags: tuple[str, ...]
    follow_up_on: date | None


@dataclass(frozen=True, slots=True)
class Introduced:
    """That both accepted to be introduced to each other."""

    by: str  # "" if they are deleted, or not to be seen
    on: date  # when the second of them accepted
    reason: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Has only what its owner may see: consent is checked when it is built."""

    uid: str  # stable, so that importing again updates
    name: str
    email: str | None
    phone: str | None  # as core/phones.py keeps it
    company: str | None
    role: str | None
    linkedin: str | None
    web: str | None
    about: str | None
    occasions: tuple[Occasion, ...]  # newest first; none of one's own card, or if never met
    mutual: bool
    updated_at: datetime  # aware
    name_parts: tuple[str, str] = ("", "")  # given and family name, if its owner set them apart
    introduced: Introduced | None = None

    @property
    def parts(self) -> PersonName:
        """The name as address books want it."""
        given, family = self.name_parts
        return split_name(self.name, given=given, family=family)

    @property
    def chat(self) -> str | None:
        """Where to write to their phone, if it can be written to."""
        return chat_address(self.phone) if self.phone else None


_label = lru_cache(2048)(clean_line)  # the same few are on many contacts


def labels(contact: Contact) -> list[str]:
    """Labels for a contact: the events and the owner's tags, without repeats."""
    titles = [occasion.event_title for occasion in contact.occasions]
    tags = [tag for occasion in contact.occasions for tag in occasion.tags]
    return list(dict.fromkeys(filter(None, map(_label, titles + tags))))


def story(contact: Contact) -> str:
    """Who this is, where they met and who introduced them, as lines for an address book's notes."""
    about = [contact.about] if contact.about else []
    introduced = [introduced_line(contact.introduced)] if contact.introduced else []
    return "\n".join([*about, *map(occasion_line, contact.occasions), *introduced])


def introduced_line(introduced: Introduced) -> str:
    """As "Introduced by Ana Ruiz, 2026-12-01: you both teach"."""
    line: str = (
        gettext("Introduced by %(name)s, %(day)s", name=introduced.by, day=introduced.on)
        if introduced.by
        else gettext("Introduced to each other, %(day)s", day=introduced.on)
    )
    return f"{line}: {clean_line(introduced.reason)}" if introduced.reason else line


def occasion_line(occasion: Occasion) -> str:
    """One occasion: "Met at PyDay, La Nave, 2026-12-01: likes Rust", and when to follow up.

    Days are in ISO 8601, which reads the same on every phone and sorts.
    """
    where = ", ".join(filter(None, (occasion.event_title, occasion.place)))
    line: str = gettext("Met at %(where)s, %(day)s", where=where, day=occasion.met_on)
    if occasion.note:
        line += f": {occasion.note}"
    if occasion.follow_up_on:
        line += "\n" + gettext("Follow up on %(day)s", day=occasion.follow_up_on)
    return line


def web_address(value: str | None) -> str | None:
    """The link, if an address book may open it: http or https only."""
    try:
        return normal_web(value) if value else None
    except NotAPage:
        return None

"""The actions on a community: found it, change its settings, add and remove organisers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from eventapp.account.actions import mailed_link, meet_person
from eventapp.communities.pictures import remove_portrait
from eventapp.communities.queries import is_organiser, letterhead_of
from eventapp.core.db import db, execute, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.core.outbox import queue
from eventapp.core.slugs import InvalidSlug, SlugTaken, check_slug
from eventapp.core.text import normal_email
from eventapp.model import (
    Actor,
    AuditEntry,
    AuditVerb,
    Community,
    Event,
    Organiser,
    OutboxMail,
    Person,
)

ORGANISER = "communities/mail/organiser"
RESERVED = {"e"}  # /o/e/… are the organisers' pages of events


@dataclass(frozen=True)
class Settings:
    """The settings of a community, with the names of Community's columns."""

    name: str
    about: str
    links: str
    synonyms: str
    language: str
    tz: str
    data_controller: str
    contact_email: str
    keep_months: int
    keep_impressions_months: int | None
    keep_pictures_months: int | None
    keep_introductions_months: int | None
    keep_passed_months: int | None
    met_mail_hour: int | None


def found_community(
    name: str, *, slug: str, organiser: str, language: str, at: datetime
) -> Community:
    """Add a community and its first organiser, by e-mail address, who need not be known here.

    Until its settings are changed, the organiser's address is its contact, and the community itself
    is responsible for the data. Raises InvalidEmail, InvalidSlug, SlugTaken.
    """
    email = normal_email(organiser)
    if check_slug(slug) in RESERVED:
        raise InvalidSlug
    values = {
        "slug": slug,
        "name": name,
        "language": language,
        "data_controller": name,
        "contact_email": email,
        "created_at": at,
    }
    if not insert_once(Community, values):
        raise SlugTaken(slug=slug)
    community = db.session.scalars(select(Community).filter_by(slug=slug)).one()
    _make_organiser(community, email, at=at)
    return community


def _make_organiser(community: Community, email: str, *, at: datetime) -> Person | None:
    """Returns the new organiser, or None if they were one already."""
    person = meet_person(email, name=email.partition("@")[0], language=community.language, at=at)
    row = {"community_id": community.id, "person_id": person.id, "since": at}
    return person if insert_once(Organiser, row) else None


def add_organiser(community: Community, email: str, *, by: Person, at: datetime) -> Person | None:
    """Add an organiser, and mail them a link that signs in. Returns the person, or None if they
    were an organiser already.

    Raises InvalidEmail.
    """
    person = _make_organiser(community, normal_email(email), at=at)
    if person is None:
        return None
    queue(
        ORGANISER,
        to=person.email,
        language=person.language,
        at=at,
        values={
            "community": community.name,
            "community_id": community.id,
            "head": letterhead_of(community),
            "by": by.name,
            **mailed_link(person, go_to=f"/o/{community.slug}", at=at),
        },
    )
    return person


def organiser_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of an invitation to organise. Returns None if they organise no longer."""
    in_community = Organiser.community_id == mail.values["community_id"]
    organiser = select(Organiser.id).join(Organiser.person)
    still = organiser.where(in_community, Person.email == mail.to_email)
    return mail.values if db.session.scalar(still) is not None else None


class LastOrganiser(Refusal):
    code = "last_organiser"
    message = _l("You cannot remove yourself: somebody has to answer for the community.")


class NotOrganiser(Refusal):
    code = "not_organiser"
    message = _l("You do not organise this community any more.")


def remove_organiser(organiser: Organiser, *, by: Person) -> bool:
    """Remove an organiser. Idempotent. Returns whether the person was one.

    If two remove each other at the same time, the first one stays. Raises LastOrganiser for
    oneself, and NotOrganiser if whoever asks was removed meanwhile.
    """
    if organiser.person_id == by.id:
        raise LastOrganiser
    lock(organiser.community)
    if not is_organiser(by, organiser.community_id):
        raise NotOrganiser
    return execute(delete(Organiser).where(Organiser.id == organiser.id)).rowcount == 1


def show_name(organiser: Organiser, *, at: datetime) -> bool:
    """Name an organiser on public pages, as they ask. Idempotent. Returns whether they were not."""
    was_named, organiser.named_since = organiser.named_since, organiser.named_since or at
    return was_named is None


def hide_name(organiser: Organiser) -> bool:
    """Name an organiser on public pages no longer, and delete their picture. Idempotent. Returns
    whether they were named.
    """
    remove_portrait(organiser)
    was_named, organiser.named_since = organiser.named_since, None
    return was_named is not None


def change_settings(community: Community, settings: Settings) -> list[str]:
    """Change a community's settings. Returns the names of the columns that changed."""
    values = asdict(settings).items()
    changed = [name for name, value in values if getattr(community, name) != value]
    for name, value in values:
        setattr(community, name, value)
    return changed


def record(
    verb: AuditVerb,
    about: Community | Event,
    *,
    by: Person | None,
    at: datetime,
    actor: Actor | None = None,
    **details: Any,
) -> AuditEntry:
    """Write to the audit log what an organiser did to others' data, in the same transaction.

    `by` is None on the command line, or if another `actor` is named. `details` are columns of
    AuditEntry: references, a count, the names of fields, and never a value. Actions at a door are
    in the door log instead.
    """
    event = about if isinstance(about, Event) else None
    entry = AuditEntry(
        verb=verb,
        at=at,
        community_id=event.community_id if event else about.id,
        event_id=event.id if event else None,
        actor=actor or (Actor.PERSON if by else Actor.COMMAND_LINE),
        actor_id=by.id if by else None,
        **details,
    )
    db.session.add(entry)
    return entry

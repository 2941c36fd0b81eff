"""Finding a person, a mailed code, a session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from eventapp.core import text
from eventapp.core.any_of import any_of
from eventapp.core.db import db, found, in_portions
from eventapp.core.errors import NotFound
from eventapp.core.links import digest
from eventapp.model import Community, MailedCode, Organiser, Person, Rsvp, Session


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email_key == text.email_key(email)))


_BY_KEY = select(Person).where(any_of(Person.email_key, "keys"))


def people_by_key(keys: Iterable[str]) -> dict[str, Person]:
    """The people with these addresses, by `text.email_key`."""
    return {
        person.email_key: person
        for some in in_portions(keys)
        for person in db.session.scalars(_BY_KEY, {"keys": some})
    }


def slugs_organised_by(person: Person) -> Sequence[str]:
    """The slugs of the communities that a person organises."""
    return db.session.scalars(
        select(Community.slug)
        .join(Organiser, Organiser.community_id == Community.id)
        .where(Organiser.person_id == person.id)
    ).all()


def code_by_token(token: str) -> MailedCode:
    """The code whose link this is. Raises NotFound, also for a link that was cut short."""
    return found(
        select(MailedCode)
        .where(MailedCode.token_digest == digest(token))
        .options(joinedload(MailedCode.person))
    )


def code_by_page(page: str) -> MailedCode:
    """The code whose digits are typed on this page. Raises NotFound."""
    return found(
        select(MailedCode)
        .where(MailedCode.page == page)
        .options(joinedload(MailedCode.person), joinedload(MailedCode.rsvp))
    )


def is_of(code: MailedCode, person: Person | None) -> bool:
    """Whether a code was mailed to this person. Whoever is signed in as them needs it no more."""
    return person is not None and text.email_key(code.email) == person.email_key


def owner_of(code: MailedCode) -> Person | None:
    """Whose address a code was mailed to, if anybody has proven it or answered with it."""
    return code.person or person_by_email(code.email)


def code_by_form(form_id: str) -> MailedCode | None:
    """The code that this form made, if it was sent before."""
    return db.session.scalar(select(MailedCode).where(MailedCode.form_id == form_id))


def newest_code(rsvp: Rsvp, *, browser: str) -> MailedCode | None:
    """The code of the form that this browser filled in last for an RSVP."""
    return db.session.scalar(
        select(MailedCode)
        .where(MailedCode.rsvp_id == rsvp.id, MailedCode.browser_digest == digest(browser))
        .order_by(MailedCode.id.desc())
        .limit(1)
    )


_SESSION = (  # built once, for all pages
    select(Session)
    .where(Session.secret_digest == bindparam("digest"), Session.expires_at > bindparam("at"))
    .options(joinedload(Session.person, innerjoin=True))
)


def session_with(secret: str, at: datetime) -> Session | None:
    """The session of the browser with this secret, with its person, unless it has ended."""
    return db.session.scalar(_SESSION, {"digest": digest(secret), "at": at})


def was_signed_in(secret: str, person: Person, *, since: datetime) -> bool:
    """Whether this secret is that of a session of theirs, also one that is over by now."""
    theirs = select(Session.id).where(
        Session.secret_digest == digest(secret),
        Session.person_id == person.id,
        Session.created_at > since,
    )
    return db.session.scalar(theirs) is not None


def has_session_since(person: Person, since: datetime) -> bool:
    """Whether a session of theirs began since then, and was not signed out."""
    began = select(Session.id).where(Session.person_id == person.id, Session.created_at >= since)
    return db.session.scalar(began.limit(1)) is not None


def sessions_of(person: Person, at: datetime) -> Sequence[Session]:
    """A person's sessions, the most recently active first."""
    return db.session.scalars(
        select(Session)
        .where(Session.person_id == person.id, Session.expires_at > at)
        .order_by(Session.last_seen_at.desc(), Session.id.desc())
    ).all()


def session_of(person: Person, session_id: int) -> Session | None:
    """One of a person's own sessions. Returns None if it has ended. Raises NotFound."""
    there = db.session.get(Session, session_id)
    if there and there.person_id != person.id:
        raise NotFound
    return there

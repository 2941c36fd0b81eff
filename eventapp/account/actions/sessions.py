"""Start, refresh and end a browser's session."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from eventapp.core.db import db, execute
from eventapp.core.due import deletion
from eventapp.core.links import digest, new_secret
from eventapp.model import Person, Session
from eventapp.model.limits import USER_AGENT_MOST

SESSION_VALID_DAYS = 90
BROWSER_KNOWN = timedelta(days=365)  # a session that is over still says whose browser it was
SEEN_EVERY = timedelta(hours=1)  # how often a session's activity is written at most


def start_session(person: Person, *, user_agent: str, at: datetime) -> str:
    """Sign a browser in. Returns the secret for its cookie; only its digest is kept."""
    secret = new_secret() + new_secret()
    db.session.add(
        Session(
            secret_digest=digest(secret),
            person_id=person.id,
            user_agent=user_agent[:USER_AGENT_MOST],
            created_at=at,
            last_seen_at=at,
            expires_at=at + timedelta(days=SESSION_VALID_DAYS),
        )
    )
    return secret


def see_session(session_id: int, *, at: datetime) -> None:
    """Note that a browser was active."""
    execute(update(Session).where(Session.id == session_id).values(last_seen_at=at))


def end_session(secret: str) -> None:
    """Sign out the browser with this secret."""
    db.session.execute(delete(Session).where(Session.secret_digest == digest(secret)))


def end_one_session(session: Session) -> None:
    """Sign one browser out, from another."""
    db.session.execute(delete(Session).where(Session.id == session.id))


def end_all_sessions(person: Person, *, at: datetime) -> int:
    """Sign the person out everywhere. Returns how many browsers were signed in."""
    theirs = delete(Session).where(Session.person_id == person.id).returning(Session.expires_at)
    return sum(expires_at > at for expires_at in db.session.scalars(theirs))


forget_old_sessions = deletion(Session.id, lambda at: Session.created_at < at - BROWSER_KNOWN)

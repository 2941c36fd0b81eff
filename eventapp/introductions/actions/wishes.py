"""Somebody wants no introductions, and wants them again; or may be suggested for some. Nobody is
told.
"""

from __future__ import annotations

from datetime import datetime

from eventapp.model import Person


def end_introductions(person: Person, *, at: datetime) -> None:
    """Idempotent: it keeps the time since when. What they were asked before stays open."""
    person.introductions_ended_at = person.introductions_ended_at or at


def allow_suggesting(person: Person, *, at: datetime) -> None:
    """Let whoever met them and another be told why to introduce the two. Idempotent."""
    person.introducible_since = person.introducible_since or at


def end_suggesting(person: Person) -> None:
    """Idempotent, and at once."""
    person.introducible_since = None


def resume_introductions(person: Person) -> None:
    """Idempotent. What they were not asked meanwhile stays so."""
    person.introductions_ended_at = None

"""Somebody wants no introductions, and wants them again. Who introduces them is not told."""

from __future__ import annotations

from datetime import datetime

from eventapp.model import Person


def end_introductions(person: Person, *, at: datetime) -> None:
    """Idempotent: it keeps the time since when. What they were asked before stays open."""
    person.introductions_ended_at = person.introductions_ended_at or at


def resume_introductions(person: Person) -> None:
    """Idempotent. What they were not asked meanwhile stays so."""
    person.introductions_ended_at = None

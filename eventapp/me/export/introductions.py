"""Introductions that somebody made, and got: what their own page shows of them, and no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.introductions.queries import got_by, made_by, passed_by, passed_of
from eventapp.me.export.rows import columns
from eventapp.model import Person


def introductions_made(person: Person, *, at: datetime) -> list[dict[str, Any]]:
    """Who declined, and who has not answered, is told in no file either."""
    return [
        {
            "people": list(one.names),
            "reason": one.reason,
            "asked_at": one.asked_at.isoformat(),
            "state": one.state,
            "joined_at": one.joined_at.isoformat() if one.joined_at else None,
            "came_of_it": dict(one.came_of_it),
        }
        for one in made_by(person, at=at)
    ]


def introductions_got(person: Person, *, at: datetime) -> list[dict[str, Any]]:
    """With their own answer, and not the other's."""
    return [
        {
            "by": one.introducer or None,
            "with": one.other,
            "reason": one.reason,
            "asked_at": one.asked_at.isoformat(),
            "your_answer": one.state,
            "joined_at": one.joined_at.isoformat() if one.joined_at else None,
            "came_of_it": one.came_of_it,
        }
        for one in got_by(person, at=at)
    ]


def contacts_passed(person: Person, *, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Those that they pass on, and their own that others do. Secrets are left out."""
    same = "to_name", "to_line", "purpose", "fields", "created_at", "ends_at", "opened_at"
    return {
        "by_you": [
            {"whom": one.name, **columns(one.row, *same), "state": one.seen_by_passer(at)}
            for one in passed_by(person)
        ],
        "of_you": [
            {"by": one.passer, **columns(one.row, *same), "your_answer": one.seen_by_person(at)}
            for one in passed_of(person)
        ],
    }

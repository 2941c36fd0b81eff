"""Introductions that somebody made, and got, also once they are over: what their own page showed of
them, with all that they said themselves, and nothing that others did.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.introductions.queries import (
    IntroductionGot,
    ever_got_by,
    ever_made_by,
    passed_by,
    passed_of,
)
from eventapp.me.export.rows import columns, plain
from eventapp.model import PassedContact, Person


def introductions_made(person: Person, *, at: datetime) -> list[dict[str, Any]]:
    """Who declined, and who has not answered, is told in no file either."""
    return [
        {
            "people": list(one.names),
            "reason": one.reason,
            "asked_at": one.asked_at.isoformat(),
            "state": one.state,
            "joined_at": plain(one.joined_at),
            "withdrawn_at": plain(one.withdrawn_at),
            "came_of_it": dict(one.came_of_it),
        }
        for one in ever_made_by(person, at=at)
    ]


def introductions_got(person: Person, *, at: datetime) -> list[dict[str, Any]]:
    """With their own answer, and not the other's."""
    return [
        {
            "by": one.introducer or None,
            "with": one.other,
            "reason": one.reason,
            "asked_at": one.asked_at.isoformat(),
            **_own_answer(one),
            "joined_at": plain(one.joined_at),
            "came_of_it": one.came_of_it,
            "came_of_it_at": plain(one.came_of_it_at),
        }
        for one in ever_got_by(person, at=at)
    ]


def contacts_passed(person: Person, *, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Those that they pass on, and their own that others do. Secrets are left out."""
    same = (
        *("to_name", "to_line", "purpose", "fields"),
        *("created_at", "ends_at", "ended_at", "opened_at"),
    )
    return {
        "by_you": [
            {"whom": one.name, **columns(one.row, *same), "state": one.seen_by_passer(at)}
            for one in passed_by(person)
        ],
        "of_you": [
            {"by": one.passer, **columns(one.row, *same), **_own_answer(one.row)}
            for one in passed_of(person)
        ],
    }


def _own_answer(one: IntroductionGot | PassedContact) -> dict[str, Any]:
    """What they said last, whatever became of it."""
    said = "accepted" if one.accepted_at else "declined" if one.declined_at else None
    return {"your_answer": said, "answered_at": plain(one.accepted_at or one.declined_at)}

"""What an import may write of a guest, as values for JSON: to tell what it changed."""

from __future__ import annotations

from typing import Any

from eventapp.guests import by_hand
from eventapp.model import Rsvp

Values = dict[str, Any]

WORDS = ("ask_me_about", "want_to_learn", "looking_for", "note", "source_digest")


def content_of(rsvp: Rsvp) -> Values:
    words = {name: getattr(rsvp, name) for name in WORDS}
    return {**by_hand.content_of(rsvp), **words, "person_id": rsvp.person_id}


def restored_content(before: Values, after: Values, now: Values) -> Values:
    """What a guest was before an import, where nobody has changed it since."""
    return {**now, **{name: before[name] for name in before if now[name] == after[name]}}

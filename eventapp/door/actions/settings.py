"""How an event's door works, as its organiser wants it."""

from __future__ import annotations

from collections.abc import Sequence

from eventapp.model import Event


def change_settings(event: Event, *, notes_leaving: bool, door_answers: Sequence[str]) -> bool:
    """Note from now on who leaves, or no longer; show a door these answers of each guest.
    Returns whether that is another setting.
    """
    before = event.notes_leaving, event.door_answers
    event.notes_leaving = notes_leaving
    event.door_answers = list(door_answers)
    return before != (event.notes_leaving, event.door_answers)

"""What a guest answered to the questions of the organisers, as they proved that they said it.

An empty answer is kept as such: it was asked, and left open.
"""

from __future__ import annotations

from collections.abc import Mapping

from eventapp.model import Rsvp


def add_answers(rsvp: Rsvp, said: Mapping[int, str]) -> None:
    """Write answers, by the id of their question, from a form that did not show those there are: an
    empty one takes nothing away. Questions that are gone are dropped. The event must be locked.
    """
    there = rsvp.answers
    new = {label: words for label, words in _labelled(rsvp, said) if words or label not in there}
    _write(rsvp, new)


def change_answers(rsvp: Rsvp, said: Mapping[int, str]) -> None:
    """The same from a form that shows the answers there are."""
    _write(rsvp, dict(_labelled(rsvp, said)))


def _labelled(rsvp: Rsvp, said: Mapping[int, str]) -> list[tuple[str, str]]:
    questions = rsvp.event.asked if said else []
    return [(one.label, said[one.id]) for one in questions if one.id in said]


def _write(rsvp: Rsvp, new: Mapping[str, str]) -> None:
    if new:
        rsvp.answers = {**rsvp.answers, **new}

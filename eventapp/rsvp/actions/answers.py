"""What a guest answered to the questions of the organisers, as they proved that they said it.

An empty answer is kept as such: it was asked, and left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import bindparam, select

from eventapp.core.db import execute
from eventapp.model import Question, Rsvp

_LABELS = (
    select(Question.id, Question.label)
    .where(Question.event_id == bindparam("event_id"))
    .order_by(Question.position)
)


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


def _labelled(rsvp: Rsvp, said: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Answers by the labels as they are now: a question may have been renamed since the form was
    read.
    """
    if not said:
        return
    for question in execute(_LABELS, {"event_id": rsvp.event_id}):
        if question.id in said:
            yield question.label, said[question.id]


def _write(rsvp: Rsvp, new: Mapping[str, str]) -> None:
    if new:
        rsvp.answers = {**rsvp.answers, **new}

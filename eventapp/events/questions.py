"""The questions of an event's RSVP form, for its copy. `rsvp/actions/questions.py` changes them."""

from __future__ import annotations

from eventapp.model import Event, Question


def copy_questions(event: Event, copy: Event) -> None:
    """Have a copy of an event ask the same, and its door show the same of it."""
    asked = event.asked
    copy.questions = [
        Question(
            position=question.position,
            label=question.label,
            kind=question.kind,
            options=list(question.options),
            required=question.required,
        )
        for question in asked
    ]
    copy.question_count = len(asked)
    copy.door_answers = [question.label for question in asked if question.shows_at_door]

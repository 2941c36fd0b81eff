"""Hosts choose which questions all see, and say which are answered. Each of these is idempotent,
and returns whether it changed anything.
"""

from __future__ import annotations

from datetime import datetime

from eventapp.core.db import lock
from eventapp.model import FloorQuestion


def show_question(question: FloorQuestion, *, at: datetime) -> bool:
    lock(question)
    if question.shown_at:
        return False
    question.shown_at, question.hidden_at = at, None
    return True


def hide_question(question: FloorQuestion, *, at: datetime) -> bool:
    """Have nobody but its asker and hosts see it."""
    lock(question)
    if question.hidden_at:
        return False
    question.shown_at, question.hidden_at = None, at
    return True


def answer_question(question: FloorQuestion, *, at: datetime) -> bool:
    """Off the wall, and out of the vote. One that isn't shown is left as it is."""
    lock(question)
    if question.state != "shown":
        return False
    question.answered_at = at
    return True


def reopen_question(question: FloorQuestion) -> bool:
    """It isn't answered after all."""
    lock(question)
    was_answered = question.answered_at is not None
    question.answered_at = None
    return was_answered

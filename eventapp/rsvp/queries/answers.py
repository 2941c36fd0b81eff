"""Questions, and the titles of what guests answered."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.core.contact_details import titles_of_contacts
from eventapp.core.db import db
from eventapp.model import Event, Rsvp, Status


def answer_titles(event: Event) -> list[str]:
    """The event's questions, then the titles of what else guests answered: of the columns of lists
    in their order, of questions that are gone.
    """
    answers = select(Rsvp.answers).where(Rsvp.event_id == event.id).order_by(Rsvp.id)
    rows = db.session.scalars(answers, execution_options={"yield_per": 1000})
    return list(dict.fromkeys([*labels_of(event), *(title for row in rows for title in row)]))


def titles_to_show(event: Event) -> list[str]:
    """Those of `answer_titles` that a door or a badge may show: not those of phones and addresses,
    whatever they are called.
    """
    hidden = contact_titles(event)
    return [title for title in answer_titles(event) if title not in hidden]


def contact_titles(event: Event) -> set[str]:
    """The titles under which guests mostly say how to reach them."""
    answers = select(Rsvp.answers).where(Rsvp.event_id == event.id)
    return titles_of_contacts(db.session.scalars(answers, execution_options={"yield_per": 1000}))


def labels_of(event: Event) -> list[str]:
    """The words of the event's questions, in their order."""
    return [question.label for question in event.asked]


def count_open_questions(rsvp: Rsvp) -> int:
    """How many questions a guest who comes has not been asked yet, or has to answer still."""
    if rsvp.answer != Status.GOING:
        return 0
    there = rsvp.answers
    return sum(
        not there[one.label] and one.required if one.label in there else True
        for one in rsvp.event.asked
    )

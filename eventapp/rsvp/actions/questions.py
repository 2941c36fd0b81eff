"""The questions of an event, as its organisers want them; and what becomes of answers then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from sqlalchemy import bindparam, select, update

from eventapp.core.db import connection_now, execute, in_portions
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event, Question, Rsvp, heading_key

_MOVE = update(Rsvp).where(Rsvp.id == bindparam("rsvp_id")).values(answers=bindparam("moved"))


class SameQuestion(Refusal):
    code = "same_question"
    message = _l("“%(label)s” is asked twice: guests would give one answer to both.")


@dataclass(frozen=True)
class PlannedQuestion:
    """A question as an organiser writes it down. Without an id it is new."""

    label: str
    kind: str
    options: tuple[str, ...] = ()
    required: bool = False
    shows_at_door: bool = False
    id: int | None = None


def questions_of(event: Event) -> tuple[PlannedQuestion, ...]:
    return tuple(
        PlannedQuestion(
            label=question.label,
            kind=question.kind,
            options=tuple(question.options),
            required=question.required,
            shows_at_door=question.shows_at_door,
            id=question.id,
        )
        for question in event.asked
    )


def set_questions(event: Event, planned: Sequence[PlannedQuestion]) -> bool:
    """Ask these questions, in this order, and no others. The event must be locked.

    Answers move along with a new label, and so does an imported column whose title says the same.
    Those to a question that goes stay under its label. Returns whether anything changed. Raises
    SameQuestion.
    """
    _refuse_twins(planned)
    before = questions_of(event)
    kept = _match(before, planned)
    if before == tuple(kept):
        return False
    labels = {question.id: question.label for question in before}
    renamed = {labels[one.id]: one.label for one in kept if one.id is not None}
    _set_door(event, before, kept)
    _set_rows(event, kept)
    if any(old != new for old, new in renamed.items()) or any(one.id is None for one in kept):
        _file_answers(event, renamed, [one.label for one in kept])
    return True


def _refuse_twins(planned: Iterable[PlannedQuestion]) -> None:
    seen = set()
    for question in planned:
        key = heading_key(question.label)
        if key in seen:
            raise SameQuestion(label=question.label)
        seen.add(key)


def _match(
    before: Sequence[PlannedQuestion], planned: Sequence[PlannedQuestion]
) -> list[PlannedQuestion]:
    """The plan with the ids of questions that exist: a form that is sent twice has added its
    questions already. An id stands for the first that has it.
    """
    ids = {question.id for question in before} & {question.id for question in planned}
    free = {heading_key(one.label): one.id for one in before if one.id not in ids}
    matched = []
    for question in planned:
        by_label = free.get(heading_key(question.label))
        matched.append(replace(question, id=question.id if question.id in ids else by_label))
        ids.discard(question.id)
    return matched


def _set_rows(event: Event, planned: Sequence[PlannedQuestion]) -> None:
    there = {question.id: question for question in event.asked}
    rows = []
    for position, plan in enumerate(planned):
        row = there.get(plan.id) if plan.id else None
        row = row or Question()
        row.position, row.label, row.kind = position, plan.label, plan.kind
        row.options, row.required = list(plan.options), plan.required
        rows.append(row)
    event.questions = rows
    event.question_count = len(rows)


def _set_door(
    event: Event, before: Sequence[PlannedQuestion], planned: Sequence[PlannedQuestion]
) -> None:
    """Tick those that a door shows, among the columns of imported lists that it shows."""
    ours = {heading_key(question.label) for question in (*before, *planned)}
    others = [title for title in event.door_answers if heading_key(title) not in ours]
    event.door_answers = [*others, *(one.label for one in planned if one.shows_at_door)]


def _file_answers(event: Event, renamed: Mapping[str, str], labels: Sequence[str]) -> None:
    """Move the answers of all guests to the labels that questions have now."""
    by_key = {heading_key(label): label for label in labels}
    for some in in_portions(_moved(event, renamed, by_key)):
        connection_now().execute(_MOVE, some)


def _moved(
    event: Event, renamed: Mapping[str, str], by_key: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    """The ids of guests whose answers move, with their answers afterwards."""
    guests = select(Rsvp.id, Rsvp.answers).where(Rsvp.event_id == event.id)
    for guest in execute(guests).all():
        moved = moved_answers(guest.answers, renamed, by_key)
        if moved != guest.answers:
            yield {"rsvp_id": guest.id, "moved": moved}


def moved_answers(
    answers: Mapping[str, str], renamed: Mapping[str, str], by_key: Mapping[str, str]
) -> dict[str, str]:
    """A guest's answers, under the headings that they have now.

    `renamed` maps the old label of each kept question to its new one; `by_key` maps the heading key
    of every question to its label. An answer follows its question. An answer from elsewhere, such
    as a column of a list or a question that was removed, becomes the answer to the question of the
    same heading if there is none, and is otherwise kept under a numbered heading.
    """
    moved = {renamed[title]: words for title, words in answers.items() if title in renamed}
    for title, words in answers.items():
        if title in renamed:
            continue
        label = by_key.get(heading_key(title), title)
        if not moved.get(label):
            moved[label] = words
        elif moved[label] != words:
            moved[_beside(label, moved, by_key)] = words
    return moved


def _beside(label: str, taken: Collection[str], by_key: Collection[str]) -> str:
    """The first of `label (2)`, `label (3)` … that is not used by another answer or question."""
    titles = (f"{label} ({number})" for number in count(2))
    return next(one for one in titles if one not in taken and heading_key(one) not in by_key)

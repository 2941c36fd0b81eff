"""The organisers' form of the questions on an event's RSVP form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import wtforms
from wtforms import BooleanField, Field, FormField, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.core.edits import EditForm, Fact
from eventapp.core.fields import NumberField, RowsField
from eventapp.core.forms import HiddenField, LineField, LinesField, Message, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.text import clean_line
from eventapp.model import BETWEEN_CHOSEN, HAVE_OPTIONS, Event, QuestionKind, heading_key
from eventapp.model.limits import (
    ANY_OF_OPTIONS_LEAST,
    ONE_OF_OPTIONS_LEAST,
    OPTION_MOST,
    OPTIONS_MOST,
    QUESTION_LABEL_MOST,
    QUESTIONS_MOST,
)
from eventapp.rsvp.actions import PlannedQuestion, SameQuestion, questions_of

KIND_WORDS: Mapping[str, Any] = {
    QuestionKind.SHORT: _l("A short text"),
    QuestionKind.LONG: _l("A longer text"),
    QuestionKind.ONE_OF: _l("One of several"),
    QuestionKind.ANY_OF: _l("Any of several"),
    QuestionKind.YES_NO: _l("Yes or no"),
}
REQUIRED_WORDS = _l("Required for guests who are coming")
DOOR_WORDS = _l("The door sees the answer")
OPTIONS_LEAST = {
    QuestionKind.ONE_OF: ONE_OF_OPTIONS_LEAST,
    QuestionKind.ANY_OF: ANY_OF_OPTIONS_LEAST,
}
SEPARATOR = BETWEEN_CHOSEN.strip()


class QuestionRow(wtforms.Form):
    id = HiddenField()
    label = LineField(_l("What you ask"), most=QUESTION_LABEL_MOST)
    kind = SelectField(
        _l("The answer is"),
        choices=[SelectChoice(kind, words) for kind, words in KIND_WORDS.items()],
        default=QuestionKind.SHORT,
    )
    options = LinesField(
        _l("To choose from"), most=OPTIONS_MOST * (OPTION_MOST + 1), render_kw={"rows": 4}
    )
    position = NumberField(_l("Order"), least=1, most=QUESTIONS_MOST, needed=False)
    required = BooleanField(REQUIRED_WORDS)
    shows_at_door = BooleanField(DOOR_WORDS)
    remove = BooleanField(_l("Remove it"))

    def validate(self, extra_validators: Any = None) -> bool:
        return self.remove.data or self.is_empty or super().validate(extra_validators)

    @property
    def is_empty(self) -> bool:
        """Whether it is a row for a new question that nobody has filled in."""
        written = (self.id, self.label, self.options, self.required, self.shows_at_door)
        return not any(field.data for field in written)

    def validate_label(self, field: Field) -> None:
        if not field.data:
            raise invalid("required", gettext("What do you ask?"))

    def validate_options(self, field: Field) -> None:
        if self.kind.data not in HAVE_OPTIONS:
            return
        least, lines = OPTIONS_LEAST[self.kind.data], self.lines
        if not least <= len(lines) <= OPTIONS_MOST:
            words = gettext(
                "Between %(least)s and %(most)s answers, a line each.",
                least=least,
                most=OPTIONS_MOST,
            )
            raise invalid("options", words)
        if any(len(line) > OPTION_MOST for line in lines):
            words = gettext("Each option can have up to %(most)s characters.", most=OPTION_MOST)
            raise invalid("too_long", words)
        if any(SEPARATOR in line for line in lines):
            words = gettext("Don't use semicolons: they separate the answers that a guest chooses.")
            raise invalid("semicolon", words)

    @property
    def lines(self) -> list[str]:
        """The options, those that say the same once."""
        lines = filter(None, map(clean_line, (self.options.data or "").split("\n")))
        once: dict[str, str] = {}
        for line in lines:
            once.setdefault(heading_key(line), line)
        return list(once.values())

    def typed(self) -> PlannedQuestion:
        return PlannedQuestion(
            label=self.label.data,
            kind=self.kind.data,
            options=tuple(self.lines) if self.kind.data in HAVE_OPTIONS else (),
            required=self.required.data,
            shows_at_door=self.shows_at_door.data,
            id=int(self.id.data) if str(self.id.data or "").isdecimal() else None,
        )


class QuestionsForm(EditForm):
    rows = RowsField(FormField(QuestionRow), _l("Questions"), max_entries=QUESTIONS_MOST)

    @classmethod
    def of(cls, event: Event, **more: Any) -> QuestionsForm:
        rows = [
            {**vars(question), "options": "\n".join(question.options), "position": position}
            for position, question in enumerate(questions_of(event), 1)
        ]
        return cls(data={"rows": rows}, **more)

    def offer_row(self) -> None:
        """Add an empty row for a further question."""
        there = [row.form for row in self.rows]
        if len(there) < QUESTIONS_MOST and not any(row.is_empty for row in there):
            self.rows.append_entry({"position": len(there) + 1})

    def typed(self) -> list[PlannedQuestion]:
        """The questions in the order of their numbers; of equal ones, in that of the page."""
        kept = [row for row in self._rows if not (row.remove.data or row.is_empty)]
        kept.sort(key=lambda row: row.position.data or QUESTIONS_MOST)
        return [row.typed() for row in kept]

    @property
    def _rows(self) -> list[QuestionRow]:
        return [row.form for row in self.rows]

    def facts(self) -> dict[str, Fact]:
        lines = map(_line_of, self.typed())
        return {"rows": Fact(str(self.rows.label.text), "\n".join(lines))}

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """As in every form; what is asked twice is shown beside its field."""
        with super().showing_refusals():
            yield
        if isinstance(self.refusal, SameQuestion):
            label = self.refusal.values["label"]
            twin = next(row.label for row in reversed(self._rows) if row.label.data == label)
            twin.errors = [*twin.errors, Message(self.refusal.code, str(self.refusal))]


def _line_of(question: PlannedQuestion) -> str:
    said = [question.label, str(KIND_WORDS.get(question.kind, "")), ", ".join(question.options)]
    said += [str(REQUIRED_WORDS)] if question.required else []
    said += [str(DOOR_WORDS)] if question.shows_at_door else []
    return " · ".join(filter(None, said))

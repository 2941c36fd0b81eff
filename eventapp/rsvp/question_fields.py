"""The fields in which guests answer the questions of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import wtforms
from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from eventapp.core import fields, text
from eventapp.core.forms import Form, LineField, invalid
from eventapp.core.i18n import force_locale, gettext
from eventapp.model import BETWEEN_CHOSEN, Event, Question, QuestionKind, Status, heading_key
from eventapp.model.limits import LONG_ANSWER_MOST, SHORT_ANSWER_MOST

AnyForm = TypeVar("AnyForm", bound=Form)

_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0"}


def _refuse_others(offered: Sequence[str], chosen: Sequence[str]) -> None:
    if not set(chosen) <= set(offered):
        words = gettext("An answer you chose is no longer on offer. Please choose again.")
        raise invalid("choice", words)


class WordsField(LineField):
    """An answer in one's own words."""

    validators: Any

    def __init__(self, label: str, rules: Sequence[Any], **more: Any) -> None:
        super().__init__(label, **more)
        self.validators = [*self.validators, *rules]


class OneOfField(fields.RadioField):
    def pre_validate(self, form: Any) -> None:
        _refuse_others([choice.value for choice in self.choices], [self.data] if self.data else [])


class AnyOfField(wtforms.SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(dict.fromkeys(valuelist))

    def pre_validate(self, form: Any) -> None:
        _refuse_others([choice.value for choice in self.choices], self.data)


def needed_to_come(form: Any, field: Field) -> None:
    """Who may come, or does not, need not say what the hosts must know of who comes."""
    if not field.data and (form.answer.data or Status.GOING) == Status.GOING:
        raise invalid("required", gettext("The hosts need an answer to this."))


def name_of(question: Question) -> str:
    return f"question-{question.id}"


def asking(
    form: type[AnyForm],
    event: Event,
    questions: Sequence[Question],
    answers: Mapping[str, str] | None = None,
) -> type[AnyForm]:
    """The form with a field for each question, filled in with the answers there are."""
    if not questions:
        return form
    there = answers or {}
    asked = {name_of(one): _field_of(one, event, there.get(one.label, "")) for one in questions}
    return cast("type[AnyForm]", type(form.__name__, (form,), {**asked, "questions": questions}))


def _field_of(question: Question, event: Event, answer: str) -> Any:
    rules = [needed_to_come] if question.required else []
    words = question.label, rules
    there = len(answer)  # of a list, or from when it could be longer: it may stay
    match question.kind:
        case QuestionKind.SHORT:
            return WordsField(*words, most=max(SHORT_ANSWER_MOST, there), default=answer)
        case QuestionKind.LONG:  # kept on one line, as every answer
            looks = {"widget": TextArea(), "render_kw": {"rows": 3}}
            return WordsField(*words, most=max(LONG_ANSWER_MOST, there), default=answer, **looks)
        case QuestionKind.YES_NO:
            return _yes_or_no(question, event, answer, rules)
        case _:
            return _one_or_any_of(question, answer, rules)


def _yes_or_no(question: Question, event: Event, answer: str, rules: list[Any]) -> Any:
    """Kept in the language of the community, whose hosts read it, and shown in the guest's."""
    with force_locale(event.community.language):
        yes, no = str(gettext("Yes")), str(gettext("No"))
    folded = text.fold(answer)
    if folded in _YES | {text.fold(yes)}:
        answer = yes
    elif folded in _NO | {text.fold(no)}:
        answer = no
    choices = [SelectChoice(yes, gettext("Yes")), SelectChoice(no, gettext("No"))]
    if answer not in ("", yes, no):
        choices.append(SelectChoice(answer, answer))
    return OneOfField(question.label, rules, choices=choices, default=answer or None)


def _one_or_any_of(question: Question, answer: str, rules: list[Any]) -> Any:
    """An answer that is there stays on offer, also if it is none of the options any more."""
    chosen = chosen_in(answer, question)
    others = [one for one in chosen if one not in question.options]
    choices = [SelectChoice(option, option) for option in (*question.options, *others)]
    if question.kind == QuestionKind.ANY_OF:
        return AnyOfField(question.label, rules, choices=choices, default=chosen)
    return OneOfField(question.label, rules, choices=choices, default=next(iter(chosen), None))


def chosen_in(answer: str, question: Question) -> list[str]:
    """The options that an answer names, in our way of writing several or in that of other tools;
    and what it names beside them.
    """
    if not answer:
        return []
    by_key = {heading_key(option): option for option in question.options}
    ways = [[answer], answer.split(BETWEEN_CHOSEN), answer.split(", ")]
    if question.kind == QuestionKind.ONE_OF:
        ways = ways[:1]
    understood = (way for way in ways if all(heading_key(part) in by_key for part in way))
    parts = next(understood, ways[:2][-1])
    return list(dict.fromkeys(by_key.get(heading_key(part), part) for part in parts if part))


def words_in(field: Field) -> str:
    """What is kept of what a guest typed or chose."""
    if not isinstance(field, AnyOfField):
        return str(field.data or "")
    return BETWEEN_CHOSEN.join(one.value for one in field.choices if one.value in field.data)


def show_words(field: Field, words: str, question: Question) -> None:
    """Fill a field in with what `words_in` made of it."""
    field.data = chosen_in(words, question) if isinstance(field, AnyOfField) else words or None

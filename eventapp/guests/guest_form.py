"""The forms in which an organiser writes down a guest by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.core.edits import EditForm, Fact
from eventapp.core.fields import FormIdField, NumberField
from eventapp.core.forms import EmailField, Form, HiddenField, LineField, LinesField, invalid
from eventapp.core.i18n import force_locale, gettext, lazy_pgettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import digest, new_secret
from eventapp.core.text import clean_line
from eventapp.guests.by_hand import TypedGuest
from eventapp.model import BETWEEN_CHOSEN, Event, Question, QuestionKind, Rsvp, Status
from eventapp.model.limits import (
    COMPANION_NAMES_MOST,
    LONG_ANSWER_MOST,
    NAME_MOST,
    PARTY_MOST,
)
from eventapp.rsvp.queries import labels_of

Value = TypeVar("Value")

# As in `_status.html`, from which these are collected.
STATUS_WORDS: Mapping[str, Any] = {
    Status.GOING: lazy_pgettext("one guest", "Coming"),
    Status.MAYBE: lazy_pgettext("one guest", "Maybe"),
    Status.WAITLISTED: lazy_pgettext("one guest", "On the waitlist"),
    Status.PENDING: lazy_pgettext("one guest", "Waiting for your yes"),
    Status.NOT_GOING: lazy_pgettext("one guest", "Not coming"),
    Status.CANCELLED: lazy_pgettext("one guest", "Cancelled"),
}


class GuestFields(Form):
    """What may be written of a guest. `of_event` adds the answers."""

    titles: Sequence[str] = ()  # of the answers

    name = LineField(_l("Name"), most=NAME_MOST, needed=True, render_kw={"autocomplete": "off"})
    answer = SelectField(_l("Answer"))
    companions = NumberField(
        _l("Companions"), least=0, most=PARTY_MOST - 1, needed=False, default=0
    )
    companion_names = LinesField(
        _l("Names of the companions"), most=COMPANION_NAMES_MOST, render_kw={"rows": 3}
    )
    over_capacity = BooleanField(_l("Even if it's full"))

    def validate_companions(self, field: Field) -> None:
        """Whoever is named comes along, unless somebody says a smaller number on purpose."""
        if field.data != field.object_data and (field.data or 0) < len(self.names):
            words = ngettext(
                "You name %(num)s companion below: take out who doesn't come.",
                "You name %(num)s companions below: take out who doesn't come.",
                len(self.names),
            )
            raise invalid("companions", words)

    def validate_companion_names(self, field: Field) -> None:
        if any(len(name) > NAME_MOST for name in self.names):
            words = gettext("Each name can have up to %(most)s characters.", most=NAME_MOST)
            raise invalid("too_long", words)
        if len(self.names) >= PARTY_MOST:
            raise invalid("number", gettext("These are too many people for one guest."))

    @property
    def names(self) -> tuple[str, ...]:
        lines = map(clean_line, (self.companion_names.data or "").split("\n"))
        return tuple(filter(None, lines))

    @property
    def answers(self) -> list[Field]:
        return [self[_field_name(title)] for title in self.titles]

    def typed(self) -> TypedGuest:
        """Whoever is named comes along, though the number says fewer."""
        return TypedGuest(
            name=self.name.data,
            status=self.answer.data,
            companions=max(self.companions.data or 0, len(self.names)),
            companion_names=self.names,
            answers={
                title: field.data or ""
                for title, field in zip(self.titles, self.answers, strict=True)
            },
        )


class GuestForm(EditForm, GuestFields):
    """A guest who is on the list."""

    def values(self) -> dict[str, Any]:
        return _of_the_row(super().values())

    def facts(self) -> dict[str, Fact]:
        return _of_the_row(super().facts())


def _of_the_row(fields: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if name != "over_capacity"}


class NewGuestForm(GuestFields):
    email = EmailField(_l("Email"), needed=False, render_kw={"autocomplete": "off"})
    form_id = FormIdField(default=new_secret)  # sent twice, it is one guest
    another = HiddenField()  # "yes": of another guest with a name like this


class PlaceForm(Form):
    over_capacity = BooleanField(_l("Even if it's full"))
    tells = HiddenField()  # "yes": by mail


def guest_form(event: Event, rsvp: Rsvp, **more: Any) -> GuestForm:
    """The form of a guest with what is saved."""
    titles = list(dict.fromkeys([*labels_of(event), *rsvp.answers]))
    form: GuestForm = _with_answers(GuestForm, event, titles, rsvp.answers)(
        data={
            "name": rsvp.name,
            "answer": rsvp.status,
            "companions": rsvp.companions,
            "companion_names": "\n".join(rsvp.companion_names),
        },
        **more,
    )
    form.answer.choices = _statuses(event, rsvp.status)
    return form


def new_guest_form(event: Event, **more: Any) -> NewGuestForm:
    form: NewGuestForm = _with_answers(NewGuestForm, event, labels_of(event), {})(**more)
    form.answer.choices = _statuses(event, Status.GOING)
    return form


def _statuses(event: Event, now: str) -> list[SelectChoice]:
    """Those that the event knows, and the one that a guest has."""
    unused = set() if event.needs_approval else {Status.PENDING}
    unused |= {Status.WAITLISTED} if event.capacity is None else set()
    offered = [status for status in STATUS_WORDS if status not in unused - {now}]
    return [SelectChoice(status, STATUS_WORDS[status]) for status in offered]


def _with_answers(
    form: type[Any], event: Event, titles: Sequence[str], answers: Mapping[str, str]
) -> type[Any]:
    """The form with a field for each heading, named by its digest: others may add headings while
    somebody writes.
    """
    questions = {question.label: question for question in event.asked}
    fields = {
        _field_name(title): _answer_field(event, title, questions.get(title), answers.get(title))
        for title in titles
    }
    return type(form.__name__, (form,), {**fields, "titles": titles})


def _field_name(title: str) -> str:
    return f"answer-{digest(title)[:16]}"


def _answer_field(event: Event, title: str, question: Question | None, answer: str | None) -> Field:
    there = answer or ""
    options = _options(event, question)
    if not options:
        most = max(LONG_ANSWER_MOST, len(there))
        return LineField(title, most=most, default=there)
    options = ["", *dict.fromkeys([*options, *filter(None, [there])])]
    choices = [SelectChoice(option, option or "—") for option in options]
    return SelectField(title, choices=choices, default=there)


def _options(event: Event, question: Question | None) -> list[str]:
    """What a question with one answer lets choose. Several are written in a line."""
    if question is None:
        return []
    if question.kind == QuestionKind.YES_NO:
        with force_locale(event.community.language):
            return [str(gettext("Yes")), str(gettext("No"))]
    return list(question.options) if question.kind == QuestionKind.ONE_OF else []


def hint_of(event: Event, title: str) -> str:
    """How several answers are written."""
    for question in event.asked:
        if question.label == title and question.kind == QuestionKind.ANY_OF:
            return BETWEEN_CHOSEN.join(question.options)
    return ""

"""The RSVP forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import TextArea

from eventapp.core.edits import EditForm
from eventapp.core.fields import FormIdField, IntegerField, NumberField, RadioField
from eventapp.core.forms import EmailField, Form, LineField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import LINES, Event, Listing, Question, Rsvp, Status
from eventapp.model.limits import CAPACITY_MOST, COMPANIONS_MOST, LINE_MOST, NAME_MOST, PARTY_MOST
from eventapp.rsvp.actions import Answer
from eventapp.rsvp.question_fields import name_of, show_words, words_in


class NoteForm(Form):
    """What a guest who cannot come writes to the organisers."""

    note = LineField(  # a textarea, in which Enter sends nothing: the first button might say a yes
        _l("A line to the hosts"), most=LINE_MOST, widget=TextArea(), render_kw={"rows": 2}
    )


class SayForm(NoteForm):
    """Whether a guest comes."""

    answer = RadioField(
        _l("Your answer"),
        [Optional()],
        default=Status.GOING,
        choices=[
            SelectChoice(Status.GOING, _l("You're coming")),
            SelectChoice(Status.MAYBE, _l("Maybe")),
            SelectChoice(Status.NOT_GOING, _l("You're not coming")),
        ],
    )

    def validate_note(self, field: LineField) -> None:
        """Refuse a note typed by who does not say that they cannot come."""
        if field.raw_data and field.data and self.answer.data != Status.NOT_GOING:
            words = gettext("You wrote here that you can't come: which is it?")
            raise invalid("note_without_no", words)


class ChangeForm(SayForm):
    """What a guest may change about their answer. `question_fields.asking` adds the questions."""

    questions: Sequence[Question] = ()

    name = LineField(
        _l("Your name"), most=NAME_MOST, needed=True, render_kw={"autocomplete": "name"}
    )
    companions = NumberField(
        _l("Who's coming with you?"), least=0, most=COMPANIONS_MOST, needed=False, default=0
    )
    listing = RadioField(
        _l("Who may see that you're coming?"),
        [Optional()],
        choices=[
            SelectChoice(Listing.NOBODY, _l("Nobody: only the hosts")),
            SelectChoice(Listing.ATTENDEES, _l("The other people coming")),
            SelectChoice(Listing.EVERYONE, _l("Everyone who sees the event")),
        ],
    )
    ask_me_about = LineField(
        _l("Ask me about"),
        most=LINE_MOST,
        render_kw={"placeholder": _l("sourdough, tax law, Berlin")},
    )
    want_to_learn = LineField(
        _l("I want to learn"), most=LINE_MOST, render_kw={"placeholder": _l("how others hire")}
    )
    looking_for = LineField(
        _l("I'm looking for"), most=LINE_MOST, render_kw={"placeholder": _l("a co-founder, a flat")}
    )

    @property
    def asked(self) -> list[tuple[Question, Field]]:
        """The questions of the hosts, each with its field."""
        return [(question, self[name_of(question)]) for question in self.questions]

    def show_lines(self, other: Rsvp) -> None:
        """Fill in what the guest wrote at another event, to be saved for this one."""
        for line in LINES:
            self[line.key].data = getattr(other, line.key)

    def show_limit(self, companions_max: int) -> None:
        """Let the browser refuse more companions than the event takes."""
        self.companions.render_kw = {**self.companions.render_kw, "max": companions_max}

    def typed(self, email: str) -> Answer:
        return Answer(
            name=self.name.data,
            email=email,
            companions=self.companions.data or 0,
            listing=self.listing.data,
            ask_me_about=self.ask_me_about.data or "",
            want_to_learn=self.want_to_learn.data or "",
            looking_for=(self.looking_for.data or "") if self.looking_for.raw_data else None,
            answer=self.answer.data or Status.GOING,
            note=self.note.data or "",
            answers={question.id: words_in(field) for question, field in self.asked},
        )


class MeetTicks(Form):
    """Whom a guest wants to meet. None is ticked by default."""

    may_be_suggested = BooleanField(_l("I may be suggested to others, and they to me"))
    wants_a_host = BooleanField(_l("I'd like a host to greet me"))
    hosts = BooleanField(_l("I'd greet people who are new"))


class FirstForm(ChangeForm, MeetTicks):
    """With the ticks of the page of people to meet, which opens once the address is proven."""

    def typed(self, email: str) -> Answer:
        ticks = {name: self[name].data for name in ("may_be_suggested", "wants_a_host", "hosts")}
        return replace(super().typed(email), **ticks)


class OwnForm(EditForm, ChangeForm):
    """The form of a guest's own page."""

    companions = NumberField(  # a list may have brought a bigger party than a form can
        _l("Who's coming with you?"), least=0, most=PARTY_MOST - 1, needed=False, default=0
    )

    def __init__(self, rsvp: Rsvp, **more: Any) -> None:
        self.answers_there = sorted(filter(None, rsvp.answers.values()))
        super().__init__(**_fields_of(rsvp), **more)
        says_nothing = self.is_sent and not self.answer.raw_data
        if says_nothing and self.answer.data == Status.NOT_GOING:
            self.answer.data = Status.GOING  # what sending the whole form implies

    def values(self) -> dict[str, Any]:
        """With all answers of the guest in place of the fields of the questions: hosts who add,
        rename or remove one change nothing that the guest said.
        """
        asked = {field.name for _, field in self.asked}
        others = {name: value for name, value in super().values().items() if name not in asked}
        return {**others, "answers": self.answers_there}


class OwnFirstForm(OwnForm, FirstForm):
    """The same while it shows what this browser typed, which does not apply yet."""

    def show_typed(self, typed: Answer) -> None:
        for name, value in replace(typed, answers={}).to_keep().items():
            self[name].data = value
        for question, field in self.asked:
            if question.id in typed.answers:
                show_words(field, typed.answers[question.id], question)


def _fields_of(rsvp: Rsvp) -> dict[str, Any]:
    """The row, by field. Of an RSVP that a stranger may have typed, nothing is filled in that
    `actions.confirm` drops: sent with the rest, it would count as the guest's own.
    """
    fields = {name: getattr(rsvp, name) for name in ("name", "companions", "answer", "note")}
    if rsvp.is_unproven:
        return fields
    lines = {line.key: getattr(rsvp, line.key) for line in LINES}
    return {**fields, "listing": rsvp.listing, **lines}


class AnswerForm(FirstForm):
    """The RSVP form of an event."""

    email = EmailField(_l("Email"), render_kw={"autocomplete": "email"})
    form_id = FormIdField()  # sent twice, it is one answer


class AddressForm(Form):
    """A corrected address."""

    email = EmailField(_l("The right email address"), render_kw={"autocomplete": "email"})


class PlacesForm(EditForm):
    capacity = IntegerField(
        _l("How many people fit?"),
        [Optional()],
        render_kw={"inputmode": "numeric", "min": 1, "max": CAPACITY_MOST},
    )

    def validate_capacity(self, field: Field) -> None:
        if field.data is not None and not 1 <= field.data <= CAPACITY_MOST:
            raise invalid(
                "capacity", gettext("A whole number from 1, or nothing: as many as come.")
            )

    @classmethod
    def of(cls, event: Event, **more: Any) -> PlacesForm:
        """The form of an event's capacity, with the seats taken as its minimum."""
        form = cls(obj=event, **more)
        form.capacity.render_kw = {**form.capacity.render_kw, "min": max(event.seats_taken, 1)}
        return form

"""The content of an RSVP form, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Status

Kept = dict[str, str | int | None]


class RsvpClosed(Refusal):
    code = "rsvp_closed"
    message = _l("This event no longer takes RSVPs. What you typed is still here.")


class AnsweredHere(Refusal):
    code = "answered_here"
    message = _l(
        "This address already has an answer here: use another one, or add a companion to yours."
    )


class TooManyCompanions(Refusal):
    code = "too_many_companions"
    message = _l("You can bring at most %(most)s companions.")


@dataclass(frozen=True)
class Answer:
    """An RSVP form as it was filled in."""

    name: str
    email: str
    companions: int | None = 0  # None if the form did not ask
    listing: str | None = None
    ask_me_about: str = ""
    want_to_learn: str = ""
    looking_for: str | None = None  # None if the form did not ask
    answer: str = Status.GOING  # or MAYBE, or NOT_GOING
    note: str = ""  # a line to the organisers, beside a no
    may_be_suggested: bool = False  # no tick withdraws nothing, as with the next two
    wants_a_host: bool = False
    hosts: bool = False
    answers: Mapping[int, str] = field(default_factory=dict)  # by the ids of the questions

    @property
    def party(self) -> int:
        return 1 + (self.companions or 0)

    def to_keep(self) -> Kept:
        """What is stored of it until its address is proven."""
        answers = {f"{_QUESTION}{number}": words for number, words in self.answers.items()}
        return {**{name: getattr(self, name) for name in _KEPT}, **answers}

    @classmethod
    def kept(cls, typed: Mapping[str, str | int | None], email: str) -> Answer:
        """The form that `to_keep` stored."""
        values = {name: typed[name] for name in _KEPT if name in typed}
        answers = {
            int(name.removeprefix(_QUESTION)): str(words)
            for name, words in typed.items()
            if name.startswith(_QUESTION)
        }
        return cls(email=email, answers=answers, **values)  # type: ignore[arg-type]


_QUESTION = "question-"  # and its id
_KEPT = (
    *("name", "companions", "listing", "ask_me_about", "want_to_learn", "looking_for"),
    *("answer", "note", "may_be_suggested", "wants_a_host", "hosts"),
)

"""What guests ask, and what hosts say of questions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import TextArea

from eventapp.core.edits import EditForm
from eventapp.core.fields import FormIdField
from eventapp.core.forms import Form, LineField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret, row_id
from eventapp.floor.actions import Asked
from eventapp.model import Event, Talk
from eventapp.model.limits import FLOOR_QUESTION_LEAST, FLOOR_QUESTION_MOST

WHOLE = ""  # the event as a whole, or no talk in particular


def in_words(form: Form, field: Field) -> None:
    """Refuse pictures made of characters: of what is visible, a third are letters or digits. And
    what is too short for a word.
    """
    visible = [char for char in field.data or "" if not char.isspace()]
    letters = [char for char in visible if unicodedata.category(char)[0] in "LN"]
    if visible and len(letters) * 3 < len(visible):
        raise invalid("in_words", gettext("Please ask in words."))
    if visible and sum(map(_worth, letters)) < FLOOR_QUESTION_LEAST:
        raise invalid("too_short", gettext("That's too short for a question."))


def _worth(letter: str) -> int:
    """In letters: 谁 and 왜 are words, and لم and מה leave their vowels out."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 3
    return 2 if unicodedata.category(letter) == "Lo" else 1


def talk_choices(talks: Sequence[Talk], none: Any) -> list[SelectChoice]:
    return [SelectChoice(WHOLE, none), *(SelectChoice(str(one.id), one.title) for one in talks)]


class AskForm(Form):
    form_id = FormIdField(default=new_secret)  # sent twice, it is one question
    words = LineField(
        _l("Your question"),
        most=FLOOR_QUESTION_MOST,
        needed=True,
        widget=TextArea(),
        render_kw={"rows": 3, "dir": "auto"},
    )
    # Any: hosts may have taken it out of the programme since.
    talk = SelectField(_l("Which talk"), default=WHOLE, validate_choice=False)
    is_anonymous = BooleanField(_l("Ask anonymously"))

    def __init__(self, event: Event, **more: Any) -> None:
        super().__init__(**more)
        self.talk.choices = talk_choices(event.talks, _l("The whole event"))

    def validate_words(self, field: Field) -> None:
        in_words(self, field)

    def asked(self) -> Asked:
        return Asked(self.words.data, self._talk_id(), self.is_anonymous.data)

    def _talk_id(self) -> int | None:
        try:
            return row_id(self.talk.data)
        except ValueError:
            return None


class FloorForm(EditForm):
    hosts_first = BooleanField(_l("Hosts look at each question before others see it"), default=True)


class WallForm(Form):
    talk = SelectField(_l("On the wall"), default=WHOLE)

    def __init__(self, event: Event, **more: Any) -> None:
        super().__init__(**more)
        self.talk.choices = talk_choices(event.talks, _l("The talk that's on, by the programme"))

    @property
    def talk_id(self) -> int | None:
        return int(self.talk.data) if self.talk.data else None

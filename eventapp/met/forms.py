"""The forms of whom one met: the note that says so, the name of somebody on no list, and the
address of somebody who scanned a badge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventapp.core.edits import Fact
from eventapp.core.fields import FormIdField
from eventapp.core.forms import EmailField, Form, LineField, LinesField
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Encounter, Rsvp
from eventapp.model.limits import NAME_MOST, NOTE_MOST
from eventapp.ui import note_form


class ScanForm(Form):
    """The address of somebody who scanned a badge and is not signed in."""

    form_id = FormIdField()
    email = EmailField(_l("Email"), render_kw={"autocomplete": "email"})


class NameForm(Form):
    """Somebody who is on no list."""

    name = LineField(_l("Name"), most=NAME_MOST, needed=True)
    note = LinesField(_l("Note for yourself"), most=NOTE_MOST)
    meant: Sequence[Rsvp] = ()  # guests by that name, of whom one may be meant


class NoteForm(note_form.NoteForm):
    """Sending it says that one met them, too."""

    def __init__(self, rsvp_id: int, encounter: Encounter | None, **more: Any) -> None:
        self._is_said = encounter is not None
        super().__init__(rsvp_id, encounter, **more)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "met": self._is_said}

    def facts(self) -> dict[str, Fact]:
        """Those of every note, and that they met."""
        is_said = self.is_sent or self._is_said
        words = gettext("You said you met") if is_said else gettext("You don't say that you met")
        return {"met": Fact(gettext("Your answer"), words), **super().facts()}

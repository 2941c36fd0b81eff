"""What hosts say of rounds."""

from __future__ import annotations

from eventapp.core.edits import EditForm
from eventapp.core.fields import NumberField
from eventapp.core.forms import Form
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model.limits import (
    PAUSE_MINUTES_MOST,
    ROUND_MINUTES_LEAST,
    ROUND_MINUTES_MOST,
    ROUNDS_MOST,
    TABLE_LEAST,
    TABLE_MOST,
)
from eventapp.rounds.actions import Settings


class RoundsForm(EditForm):
    minutes = NumberField(
        _l("Minutes of a round"), least=ROUND_MINUTES_LEAST, most=ROUND_MINUTES_MOST, default=10
    )
    table_size = NumberField(_l("People at a table"), least=TABLE_LEAST, most=TABLE_MOST, default=4)
    count = NumberField(_l("How many rounds"), least=1, most=ROUNDS_MOST, default=4)
    pause_minutes = NumberField(
        _l("Minutes between two rounds"), least=0, most=PAUSE_MINUTES_MOST, default=3
    )

    @property
    def settings(self) -> Settings:
        return Settings(
            self.minutes.data, self.table_size.data, self.count.data, self.pause_minutes.data
        )


class NumberForm(Form):
    """Which round a button is about, so that two presses do one thing."""

    number = NumberField(least=1, most=ROUNDS_MOST + 1)

"""Why an import stops, and why a row is not written. Those of reading: reading/refusals.py."""

from __future__ import annotations

from typing import Any

from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.reading.guesses import Guess
from eventapp.guests.reading.refusals import FileRefused, RowRefused


class ImportStopped(Refusal):
    """The database failed during the import. Portions that were committed stay."""

    code = "import_stopped"
    message = _l(
        "The import stopped after row %(number)s, because the database isn't answering. Run it "
        "again in a moment: it carries on from there, and nobody is added twice."
    )


class PartyDoesNotFit(RowRefused):
    """A party that has its seats, and grew past those `left`."""

    code = "party_too_big"

    def __init__(self, **values: Any) -> None:
        super().__init__(**{**values, "count": values["left"]})

    @staticmethod
    def message(count: int) -> str:
        if not count:
            return str(gettext("The party has grown, and nobody else fits: it stays as it was."))
        words: str = ngettext(
            "The party has grown, and only %(num)s more person fits: it stays as it was.",
            "The party has grown, and only %(num)s more people fit: it stays as it was.",
            count,
        )
        return words


class RowNotWritten(RowRefused):
    code = "not_written"
    message = _l(
        "Something went wrong while this row was being written, and the server has noted it. Add "
        "this guest by hand."
    )


class SharedTicketCode(Guess):
    code = "shared_ticket_code"
    message = _l(
        "%(name)s has the same ticket code, and scanning it lets them in: find this guest by name."
    )


class MovedTicketCode(Guess):
    code = "moved_ticket_code"
    message = _l(
        "The code of this ticket was %(name)s's until now: scanning it lets this guest in."
    )


class ArrivalNotCounted(Guess):
    """The guest is on the list, and not checked in."""


class ArrivalBeforeDoor(ArrivalNotCounted):
    code = "arrival_before_door"
    message = _l("The list says they came, but the door isn't open yet: not counted as arrived.")


class ArrivalLongBefore(ArrivalNotCounted):
    code = "arrival_long_before"
    message = _l("Checked in on %(day)s, long before the door opened: not counted as arrived.")


class ArrivalAhead(ArrivalNotCounted):
    code = "arrival_ahead"
    message = _l("The time they came at is still to come: not counted as arrived.")


class NotRead(FileRefused):
    code = "file_not_read"
    message = _l(
        "Something went wrong while this list was being read, and the server has noted it. Save "
        "the list as CSV in UTF-8, and try that."
    )

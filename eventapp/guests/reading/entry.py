"""What one row says, before it is known what the others say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from eventapp.core.text import fold
from eventapp.guests.reading.guesses import Guess
from eventapp.model import DECLINED

COUNTED, BY_MAILBOX = "counted", "by_mailbox"


@dataclass(slots=True)
class Entry:
    number: int  # of the row
    name: str = ""  # "" where the row has none
    email: str | None = None  # their own
    standing: str = ""  # a `Status`
    along: int = 0  # companions
    companion_names: tuple[str, ...] = ()
    companion_of: str = ""  # the name or the address of whom they come along with
    phone: str | None = None
    arrived_at: datetime | None = None
    checked_in: bool = False
    identifier: str = ""  # "api_id:gst-1": of the guest in the list they come from
    ticket_codes: tuple[str, ...] = ()
    order: str = ""
    buyer: str = ""  # the name of who bought the ticket
    buyer_email: str | None = None
    answered: str = ""  # when they answered a form, as it says
    answered_at: datetime | None = None
    answers: dict[str, str] = field(default_factory=dict)
    ask_me_about: str = ""
    want_to_learn: str = ""
    looking_for: str = ""
    note: str = ""
    guesses: list[Guess] = field(default_factory=list)

    @property
    def mailbox(self) -> str:
        return self.email.casefold() if self.email else ""

    @property
    def people(self) -> int:
        return 1 + self.along

    def take_codes(self, other: Entry) -> None:
        """Add the codes of another ticket, unless it was given back."""
        if other.standing not in DECLINED:
            self.ticket_codes = tuple(dict.fromkeys((*self.ticket_codes, *other.ticket_codes)))

    def take_arrival(self, other: Entry) -> None:
        if other.checked_in and not self.checked_in:
            self.checked_in, self.arrived_at = True, other.arrived_at

    @property
    def purchase(self) -> str:
        """What the tickets of one purchase have in common."""
        return self.order or (self.buyer_email or "").casefold() or fold(self.buyer)

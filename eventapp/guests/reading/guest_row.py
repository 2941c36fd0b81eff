"""A guest of a list, as read; and what there is to say of a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventapp.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class GuestRow:
    number: int  # as a spreadsheet shows it; the first row of the file is 1
    name: str
    email: str | None  # normalised, to send to
    status: str  # a `Status`
    companions: int  # not counting the guest
    phone: str | None  # as written
    arrived_at: datetime | None  # UTC
    checked_in: bool  # with or without a time
    ref: str  # identifies the guest in the list it comes from, also in its next export
    answers: dict[str, str]  # other columns: title => cell, without empty ones
    ask_me_about: str = ""
    want_to_learn: str = ""
    looking_for: str = ""
    note: str = ""
    companion_names: tuple[str, ...] = ()
    ticket_codes: tuple[str, ...] = ()  # what the codes on the other tool's tickets say

    @property
    def mailbox(self) -> str:
        """Their address as in `Person.email_key`; "" without one."""
        return self.email.casefold() if self.email else ""


@dataclass(frozen=True, slots=True)
class RowNote:
    """Why a row was skipped, or what was guessed in one that was not."""

    number: int
    refusal: Refusal
    name: str = ""  # as far as it was read

    @property
    def code(self) -> str:
        return self.refusal.code

    @property
    def reason(self) -> str:
        """For the organiser, in the language of the request."""
        return str(self.refusal)

"""Do one of the `acts` to many guests, in transactions short enough for others to go on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from eventapp.core.errors import Refusal
from eventapp.core.i18n import ngettext
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction, saying_what_is_done
from eventapp.guests.acts import Act, Doing, locked, rows_of
from eventapp.model import AuditEntry, Event


class Stopped(Refusal):
    """The database failed meanwhile. What was done to some guests stays."""

    code = "stopped"

    @staticmethod
    def message(count: int) -> str:
        words: str = ngettext(
            "It stopped after %(num)s guest, because the database isn't answering. Try again in a "
            "moment for the others: nobody is emailed twice.",
            "It stopped after %(num)s guests, because the database isn't answering. Try again in a "
            "moment for the others: nobody is emailed twice.",
            count,
        )
        return words


class ManyGuests:
    """The guests on whom an organiser acts. Done again, it goes on with those who are left. An
    entry in the audit log that counts them grows with each portion.
    """

    def __init__(self, event: Event, act: Act, doing: Doing) -> None:
        self.event, self.act, self.doing = event, act, doing
        self.done = 0  # of those that are committed
        self._parties: dict[int, int] = {}  # by their ids, as it began
        self._entry: AuditEntry | None = None

    def do(self, ids: Sequence[int]) -> int:
        """Returns how many it was done to. Raises Stopped if the database fails after the first
        portion.
        """
        rows = [row for row in rows_of(self.event, self.act, ids) if row.applies]
        self._parties = {row.id: row.party for row in rows}
        for some in short_portions([*self._parties]):
            refusal = Stopped(count=self.done) if self.done else None
            with saying_what_is_done(refusal):
                count, self._entry = in_transaction(partial(self.portion, some))
            self.done += count
        return self.done

    def portion(self, some: Sequence[int]) -> tuple[int, AuditEntry | None]:
        """Do it to some, in a transaction that the caller commits. Who brings more people than as
        it began stays as they are: nobody has seen that. Returns to how many it was done, and the
        entry that counts them.
        """
        guests = [
            rsvp
            for rsvp in locked(self.event, self.act, some)
            if rsvp.party <= self._parties.get(rsvp.id, rsvp.party)
        ]
        count = self.act.do(self.event, guests, self.doing)
        entry = self._entry
        if entry:
            entry.count = (entry.count or 0) + count
        elif count and self.act.verb:
            entry = self.doing.record(self.act.verb, self.event, count=count)
        return count, entry

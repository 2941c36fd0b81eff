"""Limits on mails per hour to one mailbox that strangers may cause.

Mails are counted by purpose, so that one kind does not use up another. When strangers have used up
a kind, somebody on another network still gets a mail: networks are spread over a few slots of one
mail each, which differ between mailboxes and cannot be guessed (Stochastic Fairness Queueing,
McKenney 1990). So even somebody with many networks is limited to SLOTS mails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from eventapp.core.errors import Refusal
from eventapp.core.i18n import ngettext
from eventapp.core.links import keyed_digest

PERIOD = timedelta(hours=1)
CAP_MAILS = 6  # of one kind, within PERIOD
SLOTS = 6


class TooManyMails(Refusal):
    code = "too_many_mails"

    @staticmethod
    def message(count: int | None) -> str:
        words: str = ngettext(
            "We've sent this address many emails. The next one can go out in %(num)s minute.",
            "We've sent this address many emails. The next one can go out in %(num)s minutes.",
            count or 1,
        )
        return words


@dataclass(frozen=True)
class Budget:
    """Up to `most` mails of a kind to one mailbox within PERIOD; with a network, to its slot of
    that mailbox.
    """

    kind: str
    most: int = CAP_MAILS
    network: str | None = None

    def key(self, address: str) -> str:
        """The key under which a mail to this address is counted."""
        mailbox = mailbox_of(address)
        if self.network is None:
            return f"{self.kind}:{mailbox}"
        slot = int(keyed_digest("slot", f"{self.network} {mailbox}"), 16) % SLOTS
        return f"{self.kind} {slot}:{mailbox}"


def shared_then_own(kind: str, network: str, *, most: int = CAP_MAILS) -> Sequence[Budget]:
    """The budget that anybody may use up, then that of the network which asks."""
    return Budget(kind, most), Budget(kind, 1, network)


def mailbox_of(address: str) -> str:
    """The mailbox of an address, as far as it can be told: many hosts ignore a plus sign with what
    follows it, and dots before the @. For counting, never for identity.
    """
    name, _, host = address.casefold().rpartition("@")
    return f"{name.partition('+')[0].replace('.', '') or name}@{host}"

"""How many mails an hour a mailbox gets that anybody could have asked for.

Mails are counted by what they are for, so that one kind does not use up another. Where strangers
have used up a kind, whoever asks from another network still gets a mail: networks are spread over a
few slots with a mail each, which differ from mailbox to mailbox and cannot be guessed (Stochastic
Fairness Queueing, McKenney 1990). That way even somebody with many networks is kept to SLOTS mails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from eventapp.core.links import keyed_digest

PERIOD = timedelta(hours=1)
CAP_MAILS = 6  # of one kind, within PERIOD
SLOTS = 6


@dataclass(frozen=True)
class Budget:
    """Up to `most` mails of a kind to one mailbox within PERIOD; with a network, to those of its
    slot.
    """

    kind: str
    most: int = CAP_MAILS
    network: str | None = None

    def key(self, address: str) -> str:
        """What a mail to this address is counted under."""
        mailbox = mailbox_of(address)
        if self.network is None:
            return f"{self.kind}:{mailbox}"
        slot = int(keyed_digest("slot", f"{self.network} {mailbox}"), 16) % SLOTS
        return f"{self.kind} {slot}:{mailbox}"


def shared_then_own(kind: str, network: str, *, most: int = CAP_MAILS) -> Sequence[Budget]:
    """The budget that anybody may use up, then the one of the network that asks."""
    return Budget(kind, most), Budget(kind, 1, network)


def mailbox_of(address: str) -> str:
    """Where the mails of an address arrive, as well as can be told: for many hosts, what follows
    a plus sign and the dots before the @ make no other mailbox. For counting, never for identity.
    """
    name, _, host = address.casefold().rpartition("@")
    return f"{name.partition('+')[0].replace('.', '') or name}@{host}"

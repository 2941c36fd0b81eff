"""How many mails about answers anybody can have sent to a mailbox, and why its owner gets theirs.

Who answers has not shown yet that the address is theirs. What strangers can use up with it:

- the first mail that a network asks for about an answer, which is an address at an event:
  CAP_MAILS an hour, and one for each slot of networks. A stranger needs as many different events,
  spellings of the address or networks.
- further mails about the same answer for the same network: AGAIN an hour, and one for each slot.
  Once these are used up, there is a mail about this very answer in the mailbox, and its link works.

So strangers send a mailbox 23 mails an hour at most, and 13 from one network. Whoever is signed in
has a budget of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eventapp.core.mail_budgets import PERIOD, Budget, shared_then_own
from eventapp.core.outbox import was_asked_for
from eventapp.model import MailedCode, Rsvp

OWN = (Budget("own rsvp"),)
AGAIN = 5


def was_mailed(rsvp: Rsvp, *, network: str, at: datetime) -> bool:
    """Whether the mailbox has a mail about this RSVP that this network asked for. What others
    asked for must not show.
    """
    assert rsvp.person is not None  # noqa: S101  whoever answers has an address
    return was_asked_for(rsvp.id, to=rsvp.person.email, network=network, since=at - PERIOD)


def budgets_of_anybody(network: str, *, is_mailed: bool) -> Sequence[Budget]:
    """What a mail about an RSVP is counted under, asked for from this network by somebody who has
    not proven its address, and `is_mailed` already or not: see `was_mailed`.
    """
    if is_mailed:
        return shared_then_own("rsvp again", network, most=AGAIN)
    return shared_then_own("rsvp", network)


def is_mailed_already(code: MailedCode) -> bool:
    """Whether the mailbox had a mail about the RSVP of a code for which none went out."""
    return bool(code.typed.get("mailed"))

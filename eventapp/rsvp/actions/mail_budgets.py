"""How many mails about RSVPs strangers can cause to one mailbox, without blocking its owner's own.

An RSVP form does not prove that the address typed belongs to the sender. So there are budgets:

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
    """Whether the mailbox has a mail about this RSVP that this network asked for. Mails that others
    asked for must not be revealed.
    """
    assert rsvp.person is not None  # noqa: S101  whoever answers has an address
    return was_asked_for(rsvp.id, to=rsvp.person.email, network=network, since=at - PERIOD)


def budgets_of_anybody(network: str, *, is_mailed: bool) -> Sequence[Budget]:
    """The budgets of a mail about an RSVP that is asked for from this network by somebody who has
    not proven its address. For `is_mailed` see `was_mailed`.
    """
    if is_mailed:
        return shared_then_own("rsvp again", network, most=AGAIN)
    return shared_then_own("rsvp", network)


def is_mailed_already(code: MailedCode) -> bool:
    """Whether the mailbox had a mail about the RSVP before this code was made."""
    return bool(code.typed.get("mailed"))

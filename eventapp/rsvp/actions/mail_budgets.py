"""How many mails about answers anybody can have sent to a mailbox, and why its owner gets theirs.

Who answers has not shown yet that the address is theirs. What strangers can use up with it:

- the first mail about an answer, which is an address at an event: CAP_MAILS an hour, and one for
  each slot of networks. A stranger needs as many different events, or spellings of the address.
- further mails about the same answer: AGAIN an hour, and one for each slot. Once these are used
  up, there is a mail about this very answer in the mailbox, and its link works.

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


def budgets_of_anybody(rsvp: Rsvp, *, network: str, at: datetime) -> Sequence[Budget]:
    """What a mail about this RSVP is counted under, asked for from this network by somebody who
    has not proven its address.
    """
    assert rsvp.person is not None  # noqa: S101  whoever answers has an address
    if was_asked_for(rsvp.id, to=rsvp.person.email, since=at - PERIOD):
        return shared_then_own("rsvp again", network, most=AGAIN)
    return shared_then_own("rsvp", network)


def is_mailed_already(code: MailedCode) -> bool:
    """Whether the mailbox has a mail about the RSVP of a code for which none went out."""
    assert code.rsvp_id is not None  # noqa: S101  see `mail_code`
    return was_asked_for(code.rsvp_id, to=code.email, since=code.created_at - PERIOD)

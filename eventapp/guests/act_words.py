"""What is asked before an act on many guests, what its button says, and what is said after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext, ngettext
from eventapp.guests.acts import APPROVE, MAIL, MAIL_AGAIN, PROMOTE, PUT_BACK, REMOVE

NAMED_MOST = 5  # guests, each with a reason
_MAILS = (MAIL.name, MAIL_AGAIN.name)


def question_of(act: str, count: int) -> str:
    words = {
        APPROVE.name: ngettext("Approve %(num)s guest?", "Approve %(num)s guests?", count),
        PROMOTE.name: ngettext(
            "Give %(num)s guest a place?", "Give %(num)s guests a place?", count
        ),
        REMOVE.name: ngettext(
            "Take %(num)s guest off the list?", "Take %(num)s guests off the list?", count
        ),
        PUT_BACK.name: ngettext(
            "Put %(num)s guest back on the list?", "Put %(num)s guests back on the list?", count
        ),
    }
    mails = ngettext(
        "Email %(num)s guest their ticket or answer?",
        "Email %(num)s guests their ticket or answer?",
        count,
    )
    return str(mails if act in _MAILS else words[act])


def yes_of(act: str, count: int) -> str:
    words = {
        APPROVE.name: ngettext("Approve %(num)s guest", "Approve %(num)s guests", count),
        PROMOTE.name: ngettext("Promote %(num)s guest", "Promote %(num)s guests", count),
        REMOVE.name: ngettext("Take %(num)s guest off", "Take %(num)s guests off", count),
        PUT_BACK.name: ngettext("Put %(num)s guest back", "Put %(num)s guests back", count),
    }
    mails = ngettext("Send %(num)s email", "Send %(num)s emails", count)
    return str(mails if act in _MAILS else words[act])


def words_of_left_off(left_off: Collection[tuple[str, Refusal]]) -> Iterator[str]:
    """Why the first of those stay off the list whom it was to put back, and how many others do."""
    for name, why in islice(left_off, NAMED_MOST):
        yield gettext("%(name)s stays off the list. %(why)s", name=name, why=why)
    if (others := len(left_off) - NAMED_MOST) > 0:
        yield ngettext(
            "%(num)s more guest stays off the list.",
            "%(num)s more guests stay off the list.",
            others,
        )


def words_of_done(act: str, count: int) -> str:
    if not count:  # by another organiser, or by a tap that is sent again
        return str(gettext("It no longer applied to anybody."))
    words = {
        APPROVE.name: ngettext("%(num)s guest is approved.", "%(num)s guests are approved.", count),
        PROMOTE.name: ngettext(
            "%(num)s guest has a place now.", "%(num)s guests have a place now.", count
        ),
        REMOVE.name: ngettext(
            "%(num)s guest is off the list. To put them back, look under “Taken off the list”.",
            "%(num)s guests are off the list. To put them back, look under “Taken off the list”.",
            count,
        ),
        PUT_BACK.name: ngettext(
            "%(num)s guest is back on the list.", "%(num)s guests are back on the list.", count
        ),
    }
    mails = ngettext("%(num)s email is on its way.", "%(num)s emails are on their way.", count)
    return str(mails if act in _MAILS else words[act])

"""Nobody is mailed by surprise: an act that would mail others says first whom and what, and asks.

The act is done in its transaction, which is rolled back unless the form confirms the mails that it
came to. So what is asked about is what would be sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Response, request

from eventapp.core import htmx
from eventapp.core.i18n import language
from eventapp.core.links import digest
from eventapp.core.mail import Preview, preview
from eventapp.core.outbox import OutboxMail
from eventapp.core.outgoing import noting_mails

SEEN = "mails_seen"  # the field that says which mails were confirmed
TELLS_APART = ("status", "brought_by", "subject")  # values by which mails of one template differ
NAMES_MOST = 200  # on the page; the others are counted


@dataclass(frozen=True)
class Mailing:
    """Mails to be sent: to whom, one of each kind to read, and a token of all of them."""

    count: int
    names: Sequence[str]  # of those whom organisers know
    firsts: Sequence[OutboxMail]  # of each kind, in our language where there is one
    seen: str

    @classmethod
    def of(cls, mails: Sequence[OutboxMail]) -> Mailing:
        whom = sorted(f"{mail.template} {mail.about_id} {mail.to_email}" for mail in mails)
        firsts: dict[tuple[Any, ...], OutboxMail] = {}
        for mail in sorted(mails, key=_is_in_our_language, reverse=True):
            firsts.setdefault(_kind(mail), mail)
        return cls(
            count=len(mails),
            names=[mail.values["name"] for mail in mails if "name" in mail.values],
            firsts=[_copy(mail, mail.values) for mail in firsts.values()],
            seen=digest("\n".join(whom)),
        )

    @cached_property
    def samples(self) -> Sequence[Preview]:
        """Rendered when they are looked at, so that no lock is held meanwhile."""
        samples: dict[Preview, Preview] = {}
        for mail in self.firsts:
            samples.setdefault(_to_anybody(mail), preview(mail))
        return [*samples.values()]

    @property
    def named(self) -> Sequence[str]:
        return self.names[:NAMES_MOST]


def _kind(mail: OutboxMail) -> tuple[Any, ...]:
    return (mail.template, *(str(mail.values.get(name)) for name in TELLS_APART))


def _to_anybody(mail: OutboxMail) -> Preview:
    """What it says without its reader's name: where that is the same, one is shown."""
    return preview(_copy(mail, {**mail.values, "name": ""}))


def _copy(mail: OutboxMail, values: dict[str, Any]) -> OutboxMail:
    """It stays as it is once the transaction is rolled back."""
    return OutboxMail(template=mail.template, language=mail.language, values=values)


def _is_in_our_language(mail: OutboxMail) -> bool:
    return mail.language == language()


class AskFirst(Exception):
    """Nothing is done yet: whoever acts is asked about the mails first."""

    def __init__(self, mailing: Mailing, **asked: Any) -> None:
        super().__init__()
        self.mailing, self.asked = mailing, asked


@contextmanager
def asking_first(
    event: Any, *, question: str, back: str, note: str = ""
) -> Iterator[list[OutboxMail]]:
    """Ask before the mails that are queued inside are sent. To be used within a transaction; mails
    that the worker will write are added to the list. `back` is where a no leads, `note` what else
    is to be known.

    Raises AskFirst, which is answered with the question, unless the form has the answer.
    """
    with noting_mails() as mails:
        yield mails
    if not mails:
        return
    mailing = Mailing.of(mails)
    if request.form.get(SEEN) != mailing.seen:
        raise AskFirst(mailing, event=event, question=question, back=back, note=note)


def ask(first: AskFirst) -> Response:
    """The page with the question. Its form sends what was sent, with the answer."""
    typed = [each for each in request.form.items(multi=True) if each[0] not in (SEEN, "csrf_token")]
    return htmx.ask(
        "ui/ask_first.html",
        mailing=first.mailing,
        typed=typed,
        has_changed=SEEN in request.form,
        **first.asked,
    )

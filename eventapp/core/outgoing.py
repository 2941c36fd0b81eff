"""The mails that an action writes to the outbox, for whoever acts to see before it is committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventapp.core.outbox import OutboxMail

_noted: ContextVar[list[OutboxMail] | None] = ContextVar("noted", default=None)


@contextmanager
def noting_mails() -> Iterator[list[OutboxMail]]:
    """The mails that are queued inside. Add those that the worker will write because of it."""
    mails: list[OutboxMail] = []
    before = _noted.set(mails)
    try:
        yield mails
    finally:
        _noted.reset(before)


def note(mail: OutboxMail) -> None:
    mails = _noted.get()
    if mails is not None:
        mails.append(mail)

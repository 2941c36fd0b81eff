"""A real mail server on a port of its own, and what it was given."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.postgres import free_port


def pictures_in(mail: EmailMessage) -> list[EmailMessage]:
    """The pictures that a mail carries."""
    return [part for part in mail.walk() if part.get_content_maintype() == "image"]


class Mailbox:
    """The server's end of the line. `answers` are what it says to a RCPT, by address; at the
    command that it `stalls_at` it says nothing while that is so.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []  # as the envelope has them
        self.answers: dict[str, str] = {}
        self.stalls_at: str | None = None
        self.stalled = 0  # how many wait for an answer, or hung up waiting

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    def wait_for_stalled(self, count: int, *, seconds: float = 60) -> None:
        ends = time.monotonic() + seconds
        while self.stalled < count:
            assert time.monotonic() < ends, f"{self.stalled} of {count} wait for an answer"
            time.sleep(0.01)

    async def _stall(self, command: str) -> None:
        self.stalled += self.stalls_at == command
        while self.stalls_at == command:
            await asyncio.sleep(0.01)

    async def handle_RCPT(self, _s: Any, _e: Any, envelope: Any, to: str, _o: Any) -> str:  # noqa: N802
        await self._stall("RCPT")
        if to in self.answers:
            return self.answers[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        await self._stall("DATA")
        return "250 OK"


@contextmanager
def mail_server(host: str = "127.0.0.1", **options: Any) -> Iterator[tuple[Mailbox, str]]:
    """A mailbox, and the MAIL_URL of its server. The options are aiosmtpd's."""
    handler = Mailbox()
    controller = Controller(handler, host, free_port(), enable_SMTPUTF8=False, **options)
    controller.start()
    try:
        yield handler, f"smtp://{host}:{controller.port}"
    finally:
        controller.stop()

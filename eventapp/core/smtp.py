"""Handing a mail to a mail server, and what its answer means (RFC 5321, 4.2)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

ANSWER_SECONDS = 15  # that a server may take for each answer
ANSWERS = 4  # to one mail: to MAIL, RCPT, DATA and the end of the data
PERMANENT = 500


class Refused(Exception):
    """The server will never take this mail for this recipient; says why."""


class NotTaken(Exception):
    """The server did not take this mail now, and may later; says why."""


@contextmanager
def connection(url: str) -> Iterator[smtplib.SMTP]:
    """An open SMTP connection to `smtp://user:password@host:port` or `smtps://…`.

    Plain `smtp` uses STARTTLS wherever the server offers it. Raises OSError and
    smtplib.SMTPException.
    """
    parts = urlsplit(url)
    host, tls = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=ANSWER_SECONDS, context=tls
        )
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=ANSWER_SECONDS)
    with server:
        if parts.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=tls)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def is_open(server: smtplib.SMTP) -> bool:
    """Whether the server still listens: many hang up after so many mails."""
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Have the server take a mail to one recipient. Raises Refused or NotTaken.

    A sender that is refused is for whoever runs this to mend, so the mail may go out later.
    """
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _as_said(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPSenderRefused as error:
        raise NotTaken(_words(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPResponseException as error:
        raise _as_said(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(str(error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotTaken(f"{type(error).__name__}: {error}") from error


def _as_said(code: int, answer: bytes | str) -> Refused | NotTaken:
    kind = Refused if code >= PERMANENT else NotTaken
    return kind(_words(code, answer))


def _words(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"

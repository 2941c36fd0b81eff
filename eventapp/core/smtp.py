"""Send a mail to a mail server, and interpret its answer (RFC 5321, 4.2)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from eventapp.core.links import leads_to_this_machine

ANSWER_SECONDS = 15  # that a server may take for each answer
ANSWERS = 4  # to one mail: to MAIL, RCPT, DATA and the end of the data
PERMANENT = 500
PLAIN = "smtp+plain"  # the scheme that does without TLS
PORTS = {"smtps": 465, "smtp": 587, PLAIN: 25}


class Refused(Exception):
    """The server will never take this mail for this recipient; says why."""


class NotTaken(Exception):
    """The server did not take this mail now, and may later; says why."""


class NotEncrypted(smtplib.SMTPException):
    """The server offers no TLS, so it gets no mail and no password."""


@contextmanager
def connection(url: str) -> Iterator[smtplib.SMTP]:
    """An open SMTP connection to `smtp://user:password@host:port`, `smtps://…` or `smtp+plain://…`.

    TLS is required, by STARTTLS (RFC 3207) or from the first byte (RFC 8314), and the certificate
    verified; `smtp+plain` has no TLS, and no password. A server on this machine is not verified.
    Raises OSError and smtplib.SMTPException.
    """
    parts = urlsplit(url)
    is_local = leads_to_this_machine(url)
    with _connected(parts, verify=not is_local) as server:
        is_safe = is_local or isinstance(server.sock, ssl.SSLSocket)
        if not is_safe and (parts.username or parts.scheme != PLAIN):
            raise NotEncrypted("the mail server offers no TLS, so it gets no mail and no password")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _tls(*, verify: bool) -> ssl.SSLContext:
    """On loopback nobody can intercept, and no authority signs a certificate for localhost. To read
    all authorities takes 30 ms: this is for connections that begin TLS.
    """
    tls = ssl.create_default_context()
    if not verify:
        tls.check_hostname = False
        tls.verify_mode = ssl.CERT_NONE
    return tls


@contextmanager
def _connected(parts: SplitResult, *, verify: bool) -> Iterator[smtplib.SMTP]:
    host, port = parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        tls = _tls(verify=verify)
        with smtplib.SMTP_SSL(host, port, timeout=ANSWER_SECONDS, context=tls) as server:
            yield server
        return
    with smtplib.SMTP(host, port, timeout=ANSWER_SECONDS) as server:
        server.ehlo_or_helo_if_needed()  # until then no extension is known
        if parts.scheme != PLAIN and server.has_extn("starttls"):
            server.starttls(context=_tls(verify=verify))
        yield server


def is_open(server: smtplib.SMTP) -> bool:
    """Whether the server still listens: many disconnect after a number of mails."""
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Send a mail to one recipient. Raises Refused or NotTaken.

    If the sender is refused, the operator has to fix that, so the mail may be sent later.
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

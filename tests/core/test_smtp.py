"""What is sent to a mail server, and to whom only over TLS (RFC 3207, RFC 8314)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from eventapp.core import smtp
from eventapp.model import OutboxMail
from eventapp.sending import Sender
from tests.mailbox import mail_server
from tests.test_worker import rsvp, work
from tools.https import keep_certificate

# This machine as well, by an address that is not known as such: so a stranger's.
ELSEWHERE = "127.0.0.2"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    return keep_certificate(folder, [IPv4Address(ELSEWHERE)])


class Authenticator:
    """Lets everybody in, and notes how."""

    def __init__(self) -> None:
        self.logins: list[tuple[bytes, bool]] = []  # the password, and whether over TLS

    def __call__(self, _server: Any, session: Any, _envelope: Any, _kind: str, login: Any) -> Any:
        self.logins.append((login.password, session.ssl is not None))
        return AuthResult(success=True)


@contextmanager
def server_with_login(
    host: str, certificate: Path | None = None
) -> Iterator[tuple[Authenticator, str]]:
    """A server that takes a password, and its MAIL_URL. With a certificate it offers STARTTLS."""
    noted, tls = Authenticator(), None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, certificate.with_name("key.pem"))
    options = {"authenticator": noted, "auth_require_tls": False, "tls_context": tls}
    with mail_server(host, **options) as (_, url):
        yield noted, url.replace("smtp://", "smtp://user:hunter2@")


def test_the_password_goes_over_tls_where_the_server_offers_it(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with server_with_login(ELSEWHERE, certificate) as (noted, url), smtp.connection(url) as server:
        assert smtp.is_open(server)
    assert noted.logins == [(b"hunter2", True)]


@pytest.mark.parametrize("scheme", ["smtp", "smtp+plain"])
def test_no_password_leaves_this_machine_without_tls(scheme):
    with (
        server_with_login(ELSEWHERE) as (noted, url),
        pytest.raises(smtp.NotEncrypted),
        smtp.connection(url.replace("smtp", scheme)),
    ):
        pass
    assert noted.logins == []


def test_no_mail_leaves_this_machine_without_tls(app, make, monkeypatch):
    rsvp(make, make.event(), "ana@example.org")
    with mail_server(ELSEWHERE) as (mailbox, url), app.app_context():
        monkeypatch.setitem(app.config, "MAIL_URL", url)
        assert Sender().send_some() == 0
    assert mailbox.mails == []
    mail = make.row(OutboxMail)
    assert (mail.state, mail.attempts) == ("waiting", 0)


def test_a_mail_leaves_this_machine_without_tls_where_the_url_says_so(app, make, monkeypatch):
    rsvp(make, make.event(), "ana@example.org")
    with mail_server(ELSEWHERE) as (mailbox, url):
        monkeypatch.setitem(app.config, "MAIL_URL", url.replace("smtp", "smtp+plain"))
        assert work(app) == 1
    assert mailbox.recipients == ["ana@example.org"]


def test_no_mail_goes_to_a_server_that_takes_starttls_back(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with server_with_login(ELSEWHERE, certificate) as (noted, url):
        monkeypatch.setattr(SMTP, "smtp_STARTTLS", refuse_tls)
        with pytest.raises(smtplib.SMTPResponseException), smtp.connection(url):
            pass
    assert noted.logins == []


async def refuse_tls(server: SMTP, _arguments: str) -> None:
    await server.push("454 4.7.0 TLS not available due to temporary reason")


def test_no_password_goes_to_a_server_with_a_certificate_that_nobody_signed(certificate):
    with (
        server_with_login(ELSEWHERE, certificate) as (noted, url),
        pytest.raises(ssl.SSLCertVerificationError),
        smtp.connection(url),
    ):
        pass
    assert noted.logins == []


@pytest.mark.parametrize("has_tls", [True, False])
def test_a_server_on_this_machine_needs_no_signed_certificate(certificate, has_tls):
    offered = certificate if has_tls else None
    with server_with_login("127.0.0.1", offered) as (noted, url), smtp.connection(url) as server:
        assert smtp.is_open(server)
    assert noted.logins == [(b"hunter2", has_tls)]

"""`make run-https`: a certificate for this machine's address, and a server that speaks by it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
import zxingcpp
from PIL import Image

from tests.html import parse
from tests.postgres import free_port
from tools import https

ROOT = Path(__file__).parent.parent
HERE, ELSEWHERE = IPv4Address("192.168.1.20"), IPv4Address("10.0.0.7")


# The certificate


def test_the_certificate_stays_while_the_address_does(tmp_path):
    first = https.keep_certificate(tmp_path, [HERE]).read_bytes()
    assert https.keep_certificate(tmp_path, [HERE]).read_bytes() == first
    assert https.keep_certificate(tmp_path, [ELSEWHERE]).read_bytes() != first


def test_a_certificate_that_ends_soon_is_made_anew(tmp_path):
    first = https.keep_certificate(tmp_path, [HERE]).read_bytes()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=359)):
        assert https.keep_certificate(tmp_path, [HERE]).read_bytes() != first


@pytest.mark.parametrize("broken", ["certificate.pem", "key.pem"])
@pytest.mark.parametrize("how", ["gone", "cut short", "another one's"])
def test_a_certificate_without_its_key_is_made_anew(tmp_path, broken, how):
    https.keep_certificate(tmp_path / "other", [HERE])
    https.keep_certificate(tmp_path, [HERE])
    file = tmp_path / broken
    if how == "gone":
        file.unlink()
    elif how == "cut short":
        file.write_bytes(file.read_bytes()[:100])
    else:
        file.write_bytes((tmp_path / "other" / broken).read_bytes())
    https.keep_certificate(tmp_path, [HERE])
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
        tmp_path / "certificate.pem", tmp_path / "key.pem"
    )


def test_the_key_is_nobody_elses_to_read(tmp_path):
    https.keep_certificate(tmp_path, [HERE])
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0


def test_a_phone_that_trusts_it_trusts_no_other_site_by_it(tmp_path):
    """Whoever steals the key speaks for this machine alone."""
    from cryptography import x509

    certificate = https.keep_certificate(tmp_path, [HERE]).read_bytes()
    found = x509.load_pem_x509_certificate(certificate).extensions
    limits = found.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    permitted = {str(one.value) for one in limits.value.permitted_subtrees}
    assert permitted == {"192.168.1.20/32", "127.0.0.1/32"}
    assert "" in [one.value for one in limits.value.excluded_subtrees]  # every name


def test_without_a_network_it_says_so_and_stays_at_home(monkeypatch, capsys):
    monkeypatch.delenv("ADDRESS", raising=False)
    monkeypatch.setattr(https, "SOMEWHERE", ("127.0.0.2",))  # the only way out leads back
    assert https.chosen_addresses() == [https.LOOPBACK]
    assert "No local network" in capsys.readouterr().err


def test_another_address_may_be_chosen(monkeypatch):
    monkeypatch.setenv("ADDRESS", "192.168.1.20")
    assert https.chosen_addresses()[0] == HERE


def test_a_name_is_no_address(monkeypatch):
    monkeypatch.setenv("ADDRESS", "laptop.local")
    with pytest.raises(SystemExit, match=r"laptop\.local"):
        https.chosen_addresses()


# What a phone's camera sees


def read_qr(printed: str) -> str:
    """The text of a QR code drawn with half blocks, bright where they are."""
    halves = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    lines = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in printed.splitlines()]
    rows = [
        [halves[block][half] * 255 for block in line]
        for line in lines
        if line and set(line) <= set(halves)
        for half in (0, 1)
    ]
    picture = Image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([pixel for row in rows for pixel in row])
    found = zxingcpp.read_barcode(picture.resize((picture.width * 6, picture.height * 6), 0))
    return str(found.text)


@pytest.mark.parametrize("address", ["https://192.168.1.20:5443/", "https://127.0.0.1:65535/"])
def test_the_code_in_the_terminal_leads_to_the_address(address):
    assert read_qr(https.qr(address)) == address


# The server


@dataclass
class Served:
    base_url: str
    printed: str
    certificate: Path
    environ: dict[str, str]

    def ask(self, method: str, path: str, cookie: str = "", **fields: str) -> Answer:
        """One request, trusting this one certificate and no other."""
        trusting = ssl.create_default_context(cafile=self.certificate)
        trusting.verify_flags |= ssl.VERIFY_X509_STRICT
        at = urlsplit(self.base_url)
        line = HTTPSConnection(str(at.hostname), at.port, context=trusting, timeout=20)
        headers = {"Cookie": cookie, "Referer": self.base_url + path}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, urlencode(fields) if fields else None, headers)
        heard = line.getresponse()
        cookies = [one.partition(";")[0] for one in heard.headers.get_all("Set-Cookie") or []]
        answer = Answer(heard.status, heard.read().decode(), heard.headers["Location"], cookies)
        line.close()
        return answer


@dataclass
class Answer:
    status: int
    text: str
    location: str | None
    cookies: list[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    if not shutil.which("make"):
        pytest.skip("without make")
    folder, port = tmp_path_factory.mktemp("https"), free_port()
    environ = {
        **{name: value for name, value in os.environ.items() if name != "BASE_URL"},
        "LANGUAGE": "es",
        "ADDRESS": "127.0.0.2",  # loopback, as all that tests start; a network, as far as we know
        "DATABASE_URL": f"sqlite:///{folder}/test.db",
        "SECRET_KEY": "tests",
        "PYTHONUNBUFFERED": "1",
    }
    words = [f"PORT={port}", f"HTTPS={folder}/kept", f"PY={sys.executable}", "TO_HTTPS="]
    command = ["make", "--no-print-directory", "run-https", *words]
    log = folder / "log"
    with log.open("w") as printed:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=printed, stderr=printed, start_new_session=True
        )
    try:
        wait_for(log, "Booting worker", server)
        printed_words = log.read_text()
        base_url = re.search(r"^eventapp: (\S+)/$", printed_words, re.M)[1]
        yield Served(base_url, printed_words, folder / "kept/certificate.pem", environ)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def wait_for(log: Path, words: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if words in log.read_text():
            return
        assert server.poll() is None, log.read_text()
        time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.mark.slow
def test_a_phone_in_the_network_reaches_the_address_that_is_printed(served):
    assert urlsplit(served.base_url).scheme == "https"
    assert read_qr(served.printed) == served.base_url + "/"
    assert f"{served.base_url}/sign-in/" in served.printed
    assert served.ask("GET", "/").status == 200


@pytest.mark.slow
def test_a_helper_opens_the_door_by_it(served):
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "door-link", "noche-de-fracasos"]
    environ = {**served.environ, "BASE_URL": served.base_url}
    link = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    path = link.stdout.strip().removeprefix(served.base_url)
    page = served.ask("GET", path)
    token = parse(page.text).select_one("[name=csrf_token]")["value"]
    opened = served.ask("POST", path, "; ".join(page.cookies), csrf_token=str(token))
    assert (opened.status, opened.location) == (303, "/e/noche-de-fracasos/door")
    assert all(cookie.startswith("__Host-") for cookie in page.cookies + opened.cookies)
    door = served.ask("GET", "/e/noche-de-fracasos/door", "; ".join(opened.cookies))
    assert door.status == 200
    assert parse(door.text).find(id="headcount")


@pytest.mark.slow
def test_mail_is_not_shown_to_the_network(served):
    assert served.ask("GET", "/dev/mail").status == 404
    assert "/dev/mail" not in served.printed

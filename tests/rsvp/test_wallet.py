"""A pass for a phone's wallet, where the community has a certificate, and none where it has not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from PIL import Image

from eventapp.core import clock

BUTTON = "a[href$='.pkpass']"
OF_APPLE = {NameOID.USER_ID: "pass.org.example.tickets", NameOID.ORGANIZATIONAL_UNIT_NAME: "T34M"}


def pem_of(key, password=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, password or NoEncryption())


def certificate(subject, key, issuer=None, issuer_key=None, *, days=300):
    """Signed by an issuer; by itself without one."""
    names = x509.Name([x509.NameAttribute(oid, value) for oid, value in subject.items()])
    return (
        x509.CertificateBuilder()
        .subject_name(names)
        .issuer_name(issuer.subject if issuer else names)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=30))
        .not_valid_after(clock.now() + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(issuer_key or key, SHA256())
    )


@pytest.fixture(scope="module")
def keys():
    return [rsa.generate_private_key(65537, 2048) for _ in range(2)]


@pytest.fixture
def give(app, make, keys, tmp_path, monkeypatch):
    """`give(community)` a certificate, in the folder of the setting. Returns its issuer's file."""
    monkeypatch.setitem(app.config, "WALLET_CERTIFICATES", str(tmp_path))

    def given(community, subject=OF_APPLE, **more):
        issuer = certificate({NameOID.COMMON_NAME: "Issuer"}, keys[0])
        own = certificate(subject, keys[1], issuer, keys[0], **more)
        pem = [one.public_bytes(Encoding.PEM) for one in (issuer, own)]
        (tmp_path / f"{community.slug}.pem").write_bytes(
            b"".join([pem[0], pem_of(keys[1]), pem[1]])
        )
        (tmp_path / "issuer").write_bytes(pem[0])
        return tmp_path / "issuer"

    return given


@pytest.fixture
def community(make):
    return make.community()


def files_of(page, rsvp, language="en"):
    spoken = {"Accept-Language": language}
    answer = page.client.get(f"/r/{rsvp.key}/pass.pkpass", headers=spoken)
    assert answer.mimetype == "application/vnd.apple.pkpass"
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.skipif(not shutil.which("openssl"), reason="without openssl")
@pytest.mark.parametrize("forged", [False, True])
def test_what_leaves_is_signed(make, browser, community, give, tmp_path, forged):
    rsvp, issuer = make.rsvp(make.event(community)), give(community)
    files = files_of(browser(), rsvp)
    for name, content in files.items():
        content += b" " * (forged and name == "manifest.json")
        (tmp_path / name).write_bytes(content)
    verify = ["openssl", "smime", "-verify", "-inform", "DER", "-purpose", "any"]
    given = {"in": "signature", "content": "manifest.json", "CAfile": issuer.name}
    arguments = [word for name, value in given.items() for word in (f"-{name}", value)]
    ran = subprocess.run([*verify, *arguments], cwd=tmp_path, capture_output=True)
    assert (ran.returncode == 0) is not forged, ran.stderr.decode()


def test_it_says_what_the_pass_on_the_page_says(make, browser, community, give):
    event = make.event(community, title="Cañas", place="Bar Central", tz="Europe/Madrid")
    rsvp = make.rsvp(event, "Ana Ruiz", companions=2)
    give(community)
    page = browser(language="es").open(f"/r/{rsvp.key}")
    assert page.one(BUTTON)["href"] == f"/r/{rsvp.key}/pass.pkpass"
    files = files_of(page, rsvp, "es")
    content = json.loads(files["pass.json"])
    assert content["passTypeIdentifier"] == "pass.org.example.tickets"
    assert content["teamIdentifier"] == "T34M"
    [code] = content["barcodes"]
    assert code["message"].endswith(f"/t/{rsvp.ticket}")
    assert code["altText"] == rsvp.short_code
    shown = {one["label"]: one["value"] for row in content["eventTicket"].values() for one in row}
    assert (shown["Nombre"], shown["Personas"], shown["Dónde"]) == ("Ana Ruiz", 3, "Bar Central")
    starts = event.starts_at.astimezone(ZoneInfo("Europe/Madrid"))
    assert shown["Cuándo"] == starts.isoformat(timespec="seconds")
    assert rsvp.key not in files["pass.json"].decode(), "people send such files to each other"


def test_it_has_the_exact_address_of_who_is_going_and_not_the_link(make, browser, community, give):
    secrets = {"exact_address": "Calle Mayor 7", "private_link": "https://chat.example.org/x"}
    rsvp = make.rsvp(make.event(community, place="Lavapiés", **secrets))
    give(community)
    said = files_of(browser(), rsvp)["pass.json"].decode()
    ticket = json.loads(said)["eventTicket"]
    shown = {one["label"]: one["value"] for row in ticket.values() for one in row}
    assert shown["Where"] == "Calle Mayor 7, Lavapiés"
    assert "chat.example.org" not in said, "people send such files to each other"


def test_its_files_are_those_that_it_lists(make, browser, community, give):
    rsvp = make.rsvp(make.event(community))
    give(community)
    files = files_of(browser(), rsvp)
    listed = json.loads(files.pop("manifest.json"))
    files.pop("signature")
    assert listed == {name: hashlib.sha1(content).hexdigest() for name, content in files.items()}
    for name, side in (("icon.png", 29), ("icon@2x.png", 58), ("icon@3x.png", 87)):
        assert Image.open(BytesIO(files[name])).size == (side, side)


def has_none(page, rsvp):
    no_button = not page.open(f"/r/{rsvp.key}").page.select(BUTTON)
    return no_button and page.open(f"/r/{rsvp.key}/pass.pkpass").status == 404


def test_without_a_certificate_there_is_no_button(make, browser, community, give):
    rsvp = make.rsvp(make.event())
    assert has_none(browser(), rsvp)
    give(community)  # another
    assert has_none(browser(), rsvp)


@pytest.mark.parametrize("status", ["cancelled", "waitlisted", "maybe"])
def test_who_holds_no_place_has_no_pass(make, browser, community, give, status):
    rsvp = make.rsvp(make.event(community), status=status)
    give(community)
    assert has_none(browser(), rsvp)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("expired", "expired"),
        ("no pass type", "subject"),
        ("no key", "no private key"),
        ("another's key", "other keys"),
        ("no certificate", "no passes"),
        ("key with a password", "encrypted"),
        ("key that signs nothing", "private key"),
        ("a folder", "directory"),
    ],
)
def test_a_certificate_that_is_no_good_is_none(
    make, browser, community, give, keys, tmp_path, caplog, wrong, words
):
    rsvp = make.rsvp(make.event(community))
    give(community, **{"days": -1} if wrong == "expired" else {})
    file = tmp_path / f"{community.slug}.pem"
    if wrong == "no pass type":
        give(community, {NameOID.COMMON_NAME: "Not of Apple"})
    elif wrong == "no key":
        file.write_bytes((tmp_path / "issuer").read_bytes())
    elif wrong == "another's key":
        other = rsa.generate_private_key(65537, 2048)
        file.write_bytes((tmp_path / "issuer").read_bytes() + pem_of(other))
    elif wrong == "no certificate":
        file.write_text("-----BEGIN PRIVATE KEY-----\nbroken\n-----END PRIVATE KEY-----")
    elif wrong == "key with a password":
        file.write_bytes(pem_of(keys[1], BestAvailableEncryption(b"secret")))
    elif wrong == "key that signs nothing":
        file.write_bytes(pem_of(x25519.X25519PrivateKey.generate()))
    elif wrong == "a folder":
        file.unlink()
        file.mkdir()
    for _ in range(2):
        assert has_none(browser(), rsvp)
    said = [
        record.getMessage() for record in caplog.records if community.slug in record.getMessage()
    ]
    assert len(said) == 1
    assert words in said[0]


@pytest.mark.parametrize("folder", ["issuer", "long" * 100], ids=["a file", "a name too long"])
def test_a_folder_that_cannot_be_read_takes_no_page_along(
    app, make, browser, community, give, tmp_path, monkeypatch, folder
):
    rsvp = make.rsvp(make.event(community))
    give(community)
    monkeypatch.setitem(app.config, "WALLET_CERTIFICATES", str(tmp_path / folder))
    assert has_none(browser(), rsvp)


def test_a_new_certificate_counts_at_once(make, browser, community, give, tmp_path):
    rsvp, file = make.rsvp(make.event(community)), tmp_path / f"{community.slug}.pem"
    give(community, days=-1)
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    assert has_none(browser(), rsvp)
    give(community)
    os.utime(file, ns=times)  # as a copy that keeps them
    assert not has_none(browser(), rsvp)

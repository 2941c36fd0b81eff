"""A certificate made on the spot, for `make run-https`: browsers lend a camera only to https.

    python tools/https.py certificate FOLDER   # makes it or keeps it; prints the address of this
                                               # machine in the local network
    python tools/https.py qr ADDRESS           # prints the address as a QR code

ADDRESS=192.168.1.20 says which address, where this machine has several and the wrong one is chosen.

The certificate signs itself. A phone warns of it, and goes on where one accepts that; only a phone
that has it installed (docs/https.md) lets the door work offline. To be installed it has to be a
certificate authority, so it says that it vouches for this one machine and nobody else.
"""

from __future__ import annotations

import io
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Network
from pathlib import Path

import segno
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID = timedelta(days=365)  # Apple's phones believe no certificate of more than 825 days
RENEW_BEFORE = timedelta(days=7)
LOOPBACK = IPv4Address("127.0.0.1")
# Where packets to these would leave from is an address of ours. None is sent.
SOMEWHERE = ("192.168.255.254", "10.255.255.254", "172.31.255.254", "203.0.113.1")

WHITE_ON_BLACK, PLAIN = "\033[97;40m", "\033[0m"  # whatever colours the terminal has


def addresses_here() -> list[IPv4Address]:
    """This machine's addresses in its networks, those of private networks first."""
    found = dict.fromkeys(filter(None, map(_address_towards, SOMEWHERE)))
    usable = [one for one in found if not one.is_loopback and not one.is_link_local]
    return sorted(usable, key=lambda one: not one.is_private)


def _address_towards(somewhere: str) -> IPv4Address | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((somewhere, 9))
        except OSError:
            return None
        return IPv4Address(probe.getsockname()[0])


def chosen_addresses() -> list[IPv4Address]:
    """The address that is printed, then the others. Exits where ADDRESS is none."""
    here = addresses_here()
    if wished := os.environ.get("ADDRESS"):
        try:
            chosen = IPv4Address(wished)
        except ValueError:
            sys.exit(f"ADDRESS has to be an IPv4 address of this machine, not {wished}.")
        return [chosen, *(one for one in here if one != chosen)]
    if not here:
        say("No local network found: this serves this machine alone, on the loopback address.")
    return here or [LOOPBACK]


def keep_certificate(folder: Path, addresses: list[IPv4Address]) -> Path:
    """The certificate for these addresses: the one that is there while it is good, else anew.

    Beside it lies its key, readable by nobody else.
    """
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    if _is_good(certificate_file, key_file, addresses):
        return certificate_file
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate_file.unlink(missing_ok=True)  # never one beside the key of another
    _write(key_file, _pem_of(key))
    _write(certificate_file, _certify(key, addresses).public_bytes(serialization.Encoding.PEM))
    say(f"Made a certificate for {', '.join(map(str, addresses))}: {certificate_file}")
    return certificate_file


def _is_good(certificate_file: Path, key_file: Path, addresses: list[IPv4Address]) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        certificate.verify_directly_issued_by(certificate)
        named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return (
        key.public_key() == certificate.public_key()
        and set(named.value.get_values_for_type(x509.IPAddress)) == {*addresses, LOOPBACK}
        and certificate.not_valid_after_utc > datetime.now(UTC) + RENEW_BEFORE
    )


def _certify(key: ec.EllipticCurvePrivateKey, addresses: list[IPv4Address]) -> x509.Certificate:
    now, named = datetime.now(UTC), list(dict.fromkeys([*addresses, LOOPBACK]))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"eventapp on {addresses[0]}")])
    only_us = [x509.IPAddress(IPv4Network(one)) for one in named]
    nobody_else = [x509.DNSName(""), x509.IPAddress(IPv6Network("::/0"))]
    names = [x509.IPAddress(one) for one in named]
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    issuer_key_id = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # a phone's clock may be behind
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(only_us, nobody_else), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(key_id, critical=False)
        .add_extension(issuer_key_id, critical=False)
        .sign(key, hashes.SHA256())
    )


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(file: Path, content: bytes) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(content)


def qr(address: str) -> str:
    """The address as a QR code for a terminal, right on dark and on light ones."""
    drawn = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(drawn, border=2, compact=True)
    return "\n".join(f"{WHITE_ON_BLACK}{line}{PLAIN}" for line in drawn.getvalue().splitlines())


def say(words: str) -> None:
    print(words, file=sys.stderr)


def main(arguments: list[str]) -> None:
    match arguments:
        case ["certificate", folder]:
            addresses = chosen_addresses()
            keep_certificate(Path(folder), addresses)
            print(addresses[0])
        case ["qr", address]:
            print(qr(address))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Sign with a certificate: a detached signature as of S/MIME (PKCS #7, RFC 2315).

Needs the package cryptography, without which WALLET_CERTIFICATES is refused.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [^-]+-----", re.DOTALL)


@dataclass(frozen=True)
class Signer:
    """A certificate with its private key, and those that lead from it to a root."""

    certificate: Certificate
    key: Any
    others: tuple[Certificate, ...]

    @classmethod
    def read(cls, file: Path) -> Signer:
        """From a PEM file with all of them, in any order. Raises OSError, ValueError."""
        from cryptography.x509 import load_pem_x509_certificates

        pem = file.read_bytes()
        key, found = _key_in(pem), load_pem_x509_certificates(pem)
        own = [one for one in found if _belongs(one, key)]
        if not own:
            raise ValueError("its certificates belong to other keys")
        return cls(own[0], key, tuple(one for one in found if one != own[0]))

    def is_good(self, at: datetime) -> bool:
        """Whether none of the certificates has expired or is not good yet."""
        return all(
            one.not_valid_before_utc <= at <= one.not_valid_after_utc
            for one in (self.certificate, *self.others)
        )

    def subject(self, dotted: str) -> str:
        """A part of whom the certificate was given to, by its OID. Raises ValueError."""
        from cryptography.x509 import ObjectIdentifier

        found = self.certificate.subject.get_attributes_for_oid(ObjectIdentifier(dotted))
        if not found:
            raise ValueError(f"its subject has no {dotted}")
        return str(found[0].value)

    def sign(self, content: bytes) -> bytes:
        """The signature, in DER, with the certificates but without the content."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.serialization import Encoding
        from cryptography.hazmat.primitives.serialization.pkcs7 import (
            PKCS7Options,
            PKCS7SignatureBuilder,
        )

        signature = PKCS7SignatureBuilder().set_data(content)
        signature = signature.add_signer(self.certificate, self.key, SHA256())
        for other in self.others:
            signature = signature.add_certificate(other)
        return signature.sign(Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary])


def _key_in(pem: bytes) -> Any:
    """The private key. Raises ValueError where there is none that can sign here."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    written = _PRIVATE_KEY.search(pem)
    if written is None:
        raise ValueError("there is no private key in it")
    try:
        key = load_pem_private_key(written[0], None)
    except (TypeError, UnsupportedAlgorithm) as error:  # it has a password, or is of a rare kind
        raise ValueError(str(error)) from error
    if not isinstance(key, (RSAPrivateKey, EllipticCurvePrivateKey)):
        raise ValueError("its private key is neither of RSA nor of an elliptic curve")
    return key


def _belongs(certificate: Certificate, key: Any) -> bool:
    """Whether a certificate is the key's. One of a rare kind of key is not."""
    from cryptography.exceptions import UnsupportedAlgorithm

    with suppress(UnsupportedAlgorithm):
        return bool(certificate.public_key() == key.public_key())
    return False

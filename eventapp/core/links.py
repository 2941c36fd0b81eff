"""Secrets in links, and links in mails."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.routing import IntegerConverter, Map

# No letters that are confused on paper or over music: no 0 O, 1 I L.
SHORT_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHORT_CODE_LENGTH = 6
SHORT_CODE_PATTERN = f"[{SHORT_CODE_ALPHABET}]{{{SHORT_CODE_LENGTH}}}"
KEY_PATTERN = "[A-Za-z0-9_-]{22}"  # of `new_secret`
ONE_CLICK = ("List-Unsubscribe", "One-Click")  # what a mail program sends (RFC 8058)
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
ID_MOST = 2**31 - 1  # of an INTEGER of PostgreSQL


class RowId(IntegerConverter):
    """`<int:…>` in an address: an id that the database could hold; for others there is no such
    page.
    """

    def __init__(self, url_map: Map, fixed_digits: int = 0, **more: Any) -> None:
        super().__init__(url_map, fixed_digits, **{"max": ID_MOST, **more})


def row_id(text: str) -> int:
    """The same in a query string: `request.args.get("guest", type=row_id)`. Raises ValueError."""
    number = int(text)
    if not 0 < number <= ID_MOST:
        raise ValueError(f"no row has the id {number}")
    return number


def new_secret() -> str:
    """128 random bits, 22 characters that need no escaping in a URL."""
    return secrets.token_urlsafe(16)


def is_secret(text: str) -> bool:
    """Whether a text has the shape of `new_secret`."""
    return re.fullmatch(KEY_PATTERN, text) is not None


def new_digits() -> str:
    """Six random digits, as text: the first may be a zero."""
    return f"{secrets.randbelow(1_000_000):06d}"


def new_short_code() -> str:
    """Six characters to read aloud and type (30 bits: unique per event, not secret)."""
    return "".join(secrets.choice(SHORT_CODE_ALPHABET) for _ in range(SHORT_CODE_LENGTH))


def new_message_id(form_key: str | None = None) -> str:
    """A Message-ID (RFC 5322, 3.6.4) that no other mail has, on the host of BASE_URL: for the same
    key, a digest, the same one.
    """
    left = form_key[:32] if form_key else secrets.token_hex(16)
    return f"<{left}@{urlsplit(current_app.config['BASE_URL']).hostname}>"


def digest(secret: str) -> str:
    """SHA-256 in hex, which the database keeps of a secret. Secure for secrets of 112 bits
    or more.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_digest(purpose: str, text: str) -> str:
    """HMAC-SHA-256 with the SECRET_KEY, in hex, which the database keeps of a text that could be
    guessed, such as a network address.
    """
    key = f"{purpose}:{current_app.config['SECRET_KEY']}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def sign(purpose: str, row_id: int) -> str:
    """A token for a row and a purpose, which needs no row of its own."""
    return _signer(purpose).dumps(row_id)


def signed(purpose: str, token: str, *, valid: timedelta) -> int | None:
    """The id of the row that this token names. Returns None if it is not ours, or too old."""
    try:
        row_id: int = _signer(purpose).loads(token, max_age=int(valid.total_seconds()))
    except BadSignature:
        return None
    return row_id


def sign_values(purpose: str, values: list[Any]) -> str:
    """A token that brings values back, for what is not to be stored. They can be read in it."""
    return str(_signer(purpose).dumps(values))


def signed_values(purpose: str, token: str, *, valid: timedelta) -> list[Any] | None:
    """The values of this token. Returns None if it is not ours, or too old."""
    try:
        values: list[Any] = _signer(purpose).loads(token, max_age=int(valid.total_seconds()))
    except BadSignature:
        return None
    return values


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=purpose)


def absolute(endpoint: str, *, _anchor: str = "", **values: str | int) -> str:
    """An address for a mail, a QR code or a terminal: on BASE_URL, never on the Host header.
    `_anchor` is what `url_for` takes: the id of the element to show.
    """
    path = current_app.url_map.bind("").build(endpoint, values)
    fragment = f"#{quote(_anchor)}" if _anchor else ""
    return str(current_app.config["BASE_URL"]) + path + fragment


def is_ours(target: str | None) -> bool:
    """Whether a `next` stays on this site: a plain path without scheme, host or backslash."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and "\\" not in target and target.isprintable()


def ours_or(target: str | None, otherwise: str) -> str:
    """A `next` that stays on this site; any other is not followed."""
    return target if target and is_ours(target) else otherwise


def leads_to_this_machine(address: str) -> bool:
    """Whether an address is on loopback, where nobody else can follow it."""
    return urlsplit(address).hostname in LOOPBACK_NAMES

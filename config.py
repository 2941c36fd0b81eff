"""Every setting once, its unit in its name. What differs by place comes from the environment.

A setting that is set but empty counts as not set. What cannot be served with, or not safely, is
refused with a BadSetting; its message names the setting and repeats no secret.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from click import ClickException

import instance_folder

ROOT = Path(__file__).resolve().parent

DATABASES = ("sqlite://", "postgresql://", "postgresql+psycopg://", "postgres://")
IN_MEMORY = ("sqlite://", "sqlite:///:memory:")
REDIS = ("redis", "rediss", "redis+unix", "valkey", "valkeys", "valkey+unix")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
HOST = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?|\[?[0-9a-f:.]*:[0-9a-f:.]*\]?")
PLACEHOLDERS = ("changeme", "replaceme", "placeholder", "insecure", "yoursecret", "notasecret")
SECRET_KEY_CHARACTERS = 32
METRICS_TOKEN_CHARACTERS = 16
DEFAULTS: dict[str, Any] = {
    "DEFAULT_LANGUAGE": "es",
    "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,  # bytes: a guest list of 10 MB, and its envelope
    "MAX_FORM_MEMORY_SIZE": 200_000,  # bytes of a form: an event and 40 talks in Chinese
    "MAX_FORM_PARTS": 1000,  # fields of a form
    "WTF_CSRF_TIME_LIMIT": None,  # a door's phone stays open all night
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,  # seconds: static addresses carry a content hash
    "RATELIMIT_DEFAULT": "600 per minute",
    "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "eventapp" / "translations"),
}


class BadSetting(ClickException):
    """A setting that cannot be served with: which, and why, on one line."""


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """The whole configuration. Raises BadSetting rather than starting unsafely."""
    production = _is_production(environ)
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    _refuse_debugging(given, production=production)
    limited = _is_limited(given, production=production)
    key = _secret_key(given, production=production)
    port = _whole_number(given, "PORT", 5000, 1, 65535)
    base_url = _base_url(given, port, production=production)
    secure = base_url.startswith("https://")
    database = _database_url(given, production=production)
    return {
        **DEFAULTS,
        "PRODUCTION": production,
        "SECRET_KEY": key,
        "BASE_URL": base_url,
        "PORT": port,
        "WEB_CONCURRENCY": _whole_number(given, "WEB_CONCURRENCY", 2, 1, 256),
        "TRUSTED_HOSTS": _trusted_hosts(given, base_url, production=production),
        "SQLALCHEMY_DATABASE_URI": database,
        "MAIL_URL": _mail_url(given, production=production),
        "MAIL_FROM": _mail_from(given, base_url),
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_NAME": "__Host-form" if secure else "form",
        "RATELIMIT_ENABLED": limited,
        "RATELIMIT_STORAGE_URI": _limits_url(given, database),
        "PROXIES_IN_FRONT": _whole_number(given, "PROXIES_IN_FRONT", 0, 0, 10),
        "SECURITY_CONTACT": _contacts(given, "SECURITY_CONTACT"),
        "ABUSE_CONTACT": _contacts(given, "ABUSE_CONTACT"),
        "METRICS_TOKEN": _metrics_token(given, production=production),
        "WALLET_CERTIFICATES": _wallet_certificates(given),
        "BACKUP_DIR": given.get("BACKUP_DIR"),
        "BACKUP_KEEP": _whole_number(given, "BACKUP_KEEP", 7, 1, 1000),
    }


def _is_production(environ: Mapping[str, str]) -> bool:
    mode = environ.get("EVENTAPP_ENV", "development")
    if mode not in ("development", "production"):  # empty neither: a value that was lost
        raise BadSetting("EVENTAPP_ENV has to be development or production")
    return mode == "production"


def _whole_number(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = given.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise BadSetting(f"{name} has to be a whole number from {least} to {most}")
    return int(text)


def _refuse_debugging(given: Mapping[str, str], *, production: bool) -> None:
    if production and given.get("FLASK_DEBUG", "0").lower() not in ("0", "false", "no"):
        raise BadSetting("FLASK_DEBUG is for development: it shows the program to visitors")


def _is_limited(given: Mapping[str, str], *, production: bool) -> bool:
    wished = given.get("RATELIMIT_ENABLED", "1")
    if wished not in ("0", "1"):
        raise BadSetting("RATELIMIT_ENABLED has to be 1 or 0")
    if production and wished == "0":
        raise BadSetting("RATELIMIT_ENABLED=0 is for benchmarks, not for production")
    return wished == "1"


def _split(name: str, url: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of a URL that names a server and nothing in it."""
    wanted = f"{name} has to be {schemes[0]}://host or {schemes[-1]}://host"
    try:
        parts = urlsplit(url)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise BadSetting(f"{wanted}, with a port from 1 to 65535") from None
    if parts.scheme not in schemes or not HOST.fullmatch(host) or _port == 0:
        raise BadSetting(wanted)
    if parts.path not in ("", "/") or parts.query or parts.fragment or url.endswith(("?", "#")):
        raise BadSetting(f"{wanted}, and nothing behind it")
    return parts


def _base_url(given: Mapping[str, str], port: int, *, production: bool) -> str:
    if production and "BASE_URL" not in given:
        raise BadSetting("BASE_URL is required where EVENTAPP_ENV=production: links begin with it")
    url = given.get("BASE_URL", f"http://127.0.0.1:{port}")
    parts = _split("BASE_URL", url, ("http", "https"))
    if "@" in parts.netloc:
        raise BadSetting("BASE_URL is public: it holds no user and no password")
    if production and parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise BadSetting("BASE_URL has to be https://… where EVENTAPP_ENV=production")
    return url.rstrip("/")


def _database_url(given: Mapping[str, str], *, production: bool) -> str:
    url = given.get("DATABASE_URL") or f"sqlite:///{instance_folder.made() / 'eventapp.db'}"
    try:
        _port = urlsplit(url).port
    except ValueError:
        raise BadSetting("DATABASE_URL has a port that is none") from None
    if not url.startswith(DATABASES):
        raise BadSetting("DATABASE_URL has to be sqlite:///… or postgresql://…")
    if production and url.partition("?")[0] in IN_MEMORY:
        raise BadSetting("DATABASE_URL has to name a file: in memory, nothing is kept")
    return url


def _mail_url(given: Mapping[str, str], *, production: bool) -> str | None:
    url = given.get("MAIL_URL")
    if production and not url:
        raise BadSetting("MAIL_URL is required where EVENTAPP_ENV=production: tickets are mailed")
    if url:
        parts = _split("MAIL_URL", url, ("smtp", "smtp+plain", "smtps"))
        if parts.scheme == "smtp+plain" and "@" in parts.netloc:
            raise BadSetting("MAIL_URL is smtp+plain://, without TLS: it holds no password")
    return url


def _mail_from(given: Mapping[str, str], base_url: str) -> str:
    host = urlsplit(base_url).hostname
    at_home = host in LOOPBACK or ":" in str(host)
    sender = given.get("MAIL_FROM", f"eventapp <no-reply@{'localhost' if at_home else host}>")
    mail = EmailMessage()
    with suppress(ValueError):  # of more than one line
        mail["From"] = sender
    found = mail["From"]
    if not found or len(found.addresses) != 1 or found.defects or not found.addresses[0].domain:
        raise BadSetting("MAIL_FROM has to be an address, as in: Name <me@example.org>")
    return sender


def _limits_url(given: Mapping[str, str], database: str) -> str:
    """Where floods are counted: for all processes of this machine in a file, beside SQLite's or
    named for the database; with Redis for all machines.
    """
    if url := given.get("REDIS_URL"):
        if url.partition("://")[0] not in REDIS:
            raise BadSetting("REDIS_URL has to be redis://… or rediss://…")
        _refuse_without("redis", "REDIS_URL", extra="redis")
        return url
    path = database.partition("?")[0].removeprefix("sqlite:///")
    if database.startswith("postgres"):
        path = hashlib.sha256(database.encode()).hexdigest()[:12]
    in_memory = database.partition("?")[0] in IN_MEMORY
    return "memory://" if in_memory else f"file://{instance_folder.FOLDER / path}-limits"


def _trusted_hosts(given: Mapping[str, str], base_url: str, *, production: bool) -> list[str]:
    own = urlsplit(base_url).hostname or "localhost"
    hosts = {f"[{own}]" if ":" in own else own}
    if not production:
        hosts |= {"localhost", "127.0.0.1", "[::1]"}
    more = {host.strip().lower() for host in given.get("TRUSTED_HOSTS", "").split(",")} - {""}
    if not all(map(HOST.fullmatch, more)):
        raise BadSetting("TRUSTED_HOSTS has to be names of hosts, without wildcards and ports")
    return sorted(hosts | more)


def _contacts(given: Mapping[str, str], name: str) -> list[str]:
    contacts = given.get(name, "").replace(",", " ").split()
    if not all(re.match("(mailto:|https://|tel:).", contact) for contact in contacts):
        raise BadSetting(f"{name} has to be mailto:…, https://… or tel:…")
    return contacts


def _metrics_token(given: Mapping[str, str], *, production: bool) -> str | None:
    token = given.get("METRICS_TOKEN")
    if production and token and len(token) < METRICS_TOKEN_CHARACTERS:
        raise BadSetting(f"METRICS_TOKEN has fewer than {METRICS_TOKEN_CHARACTERS} characters")
    return token


def _wallet_certificates(given: Mapping[str, str]) -> str | None:
    folder = given.get("WALLET_CERTIFICATES")
    if folder and not Path(folder).is_dir():
        raise BadSetting("WALLET_CERTIFICATES has to be a folder")
    if folder:
        _refuse_without("cryptography", "WALLET_CERTIFICATES", extra="wallet")
    return folder


def _refuse_without(package: str, setting: str, *, extra: str) -> None:
    if not find_spec(package):
        raise BadSetting(f"{setting} needs the package {package}: pip install 'eventapp[{extra}]'")


def _secret_key(given: Mapping[str, str], *, production: bool) -> str:
    key = given.get("SECRET_KEY")
    if not production:
        return key or instance_folder.secret("secret_key")
    if not key:
        raise BadSetting("SECRET_KEY is required where EVENTAPP_ENV=production")
    words = re.sub(r"[^a-z]", "", key.lower())
    repeats = key in (key + key)[1:-1]
    if len(key) < SECRET_KEY_CHARACTERS or repeats or len(set(key)) < 8:
        raise BadSetting(
            f"SECRET_KEY has to be {SECRET_KEY_CHARACTERS} random characters or more, as from: "
            'python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    if any(word in words for word in PLACEHOLDERS):
        raise BadSetting("SECRET_KEY is a placeholder; everybody knows it")
    return key

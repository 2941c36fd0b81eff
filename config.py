"""Every setting once, its unit in its name. What differs by place comes from the environment."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click import ClickException

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"

DATABASES = ("sqlite://", "postgresql://", "postgresql+psycopg://", "postgres://")
DEFAULTS: dict[str, Any] = {
    "DEFAULT_LANGUAGE": "es",
    "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,  # bytes: a guest list of 10 MB, and its envelope
    "MAX_FORM_MEMORY_SIZE": 500_000,  # bytes of a form's fields
    "WTF_CSRF_TIME_LIMIT": None,  # a door's phone stays open all night
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,  # seconds: static addresses carry a content hash
    "RATELIMIT_DEFAULT": "600 per minute",
    "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "eventapp" / "translations"),
}


class BadSetting(ClickException):
    """A setting that cannot be served with; the message says which and why. A command prints
    it on one line.
    """


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """The whole configuration. Raises BadSetting rather than starting unsafely."""
    production = environ.get("EVENTAPP_ENV", "development") == "production"
    at_home = f"http://127.0.0.1:{environ.get('PORT') or 5000}"
    base_url = (environ.get("BASE_URL") or at_home).rstrip("/")
    secure = base_url.startswith("https://")
    limited = environ.get("RATELIMIT_ENABLED", "1") != "0"
    if production and not limited:
        raise BadSetting("RATELIMIT_ENABLED=0 is for benchmarks, not for production")
    return {
        **DEFAULTS,
        "PRODUCTION": production,
        "SECRET_KEY": _secret_key(environ, production=production),
        "BASE_URL": base_url,
        "TRUSTED_HOSTS": _trusted_hosts(environ, base_url),
        "SQLALCHEMY_DATABASE_URI": _database_url(environ),
        "MAIL_URL": environ.get("MAIL_URL"),
        "MAIL_FROM": environ.get("MAIL_FROM", "eventapp <no-reply@localhost>"),
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_NAME": "__Host-form" if secure else "form",
        "RATELIMIT_ENABLED": limited,
        "RATELIMIT_STORAGE_URI": environ.get("REDIS_URL", "memory://"),
        "PROXIES_IN_FRONT": int(environ.get("PROXIES_IN_FRONT", "0")),
    }


def _database_url(environ: Mapping[str, str]) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{_instance() / 'eventapp.db'}"
    if not url.startswith(DATABASES):
        raise BadSetting("DATABASE_URL has to be sqlite:///… or postgresql://…")
    return url


def _trusted_hosts(environ: Mapping[str, str], base_url: str) -> list[str]:
    hosts = {urlsplit(base_url).hostname or "localhost"}
    if environ.get("EVENTAPP_ENV", "development") != "production":
        hosts |= {"localhost", "127.0.0.1", "[::1]"}
    hosts |= {host.strip() for host in environ.get("TRUSTED_HOSTS", "").split(",") if host.strip()}
    return sorted(hosts)


def _secret_key(environ: Mapping[str, str], *, production: bool) -> str:
    if key := environ.get("SECRET_KEY"):
        return key
    if production:
        raise BadSetting("SECRET_KEY is required where EVENTAPP_ENV=production")
    kept = _instance() / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(32))
    return kept.read_text()


def _instance() -> Path:
    INSTANCE.mkdir(exist_ok=True)
    return INSTANCE

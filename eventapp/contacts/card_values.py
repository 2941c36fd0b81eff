"""Links of a card, which only open a page."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l

LINKEDIN_HOST = "linkedin.com"
_HANDLE = re.compile(r"[\w-]{3,100}")
_HOST = re.compile(r"(?!-)[\w-]{1,63}(\.(?!-)[\w-]{1,63})+")
_LEFT_IN_URLS = "/%:@!$&'*+,;=~.-_()"


class NotLinkedin(Refusal):
    code = "linkedin"
    message = _l("This is no LinkedIn profile. It looks like linkedin.com/in/your-name.")


class NotAPage(Refusal):
    code = "web"
    message = _l("This is no address of a web page. It looks like example.org.")


def normal_linkedin(typed: str) -> str:
    """The https address of a profile, from its address in any form or its name alone.

    Tracking parameters of the address are dropped. Raises NotLinkedin.
    """
    handle = typed.strip("/@").removeprefix("in/")
    if _HANDLE.fullmatch(handle):
        return f"https://www.{LINKEDIN_HOST}/in/{quote(handle)}"
    try:
        parts = _split(typed)
    except ValueError as no:
        raise NotLinkedin from no
    host, path = (parts.hostname or "").lower(), parts.path.rstrip("/")
    if not (host == LINKEDIN_HOST or host.endswith(f".{LINKEDIN_HOST}")) or not path:
        raise NotLinkedin
    return f"https://www.{LINKEDIN_HOST}{quote(path, safe=_LEFT_IN_URLS)}"


def normal_web(typed: str) -> str:
    """The address of a page, with https:// added if missing. Raises NotAPage."""
    try:
        parts = _split(typed)
    except ValueError as no:
        raise NotAPage from no
    return parts.geturl()


def _split(typed: str) -> SplitResult:
    """The parts of an http or https address of a public host. Raises ValueError.

    Refused: every other scheme, names and passwords before the host (they hide it), and
    hosts without a dot.
    """
    parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "\\" in typed:
        raise ValueError(f"not a page: {typed}")
    if any(char.isspace() for char in typed) or not _HOST.fullmatch(parts.hostname or ""):
        raise ValueError(f"not a host: {typed}")
    _ = parts.port  # raises ValueError if it is not a port
    return parts._replace(
        netloc=parts.netloc.lower(),
        path=quote(parts.path, safe=_LEFT_IN_URLS),
        query=quote(parts.query, safe=_LEFT_IN_URLS + "?"),
        fragment=quote(parts.fragment, safe=_LEFT_IN_URLS + "?"),
    )

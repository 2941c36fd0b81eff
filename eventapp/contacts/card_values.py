"""Values of a card: phone numbers that can be dialled, and links that only open a page."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit

import phonenumbers
from babel.core import get_global

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l

REGION_OF_ALL_ELSE = "ES"
LINKEDIN_HOST = "linkedin.com"
_HAVE_CHATS = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,  # where a number does not tell
)
_ASIDE = re.compile(r"[(\[][^\W\d_][^)\]]*[)\]]")  # 600 000 000 (home)
# 00 before the country, as most of the world dials it: no country's own numbers begin so.
_DIALLED_ABROAD = re.compile(r"^00 ?(?=[1-9])")
_HANDLE = re.compile(r"[\w-]{3,100}")
_HOST = re.compile(r"(?!-)[\w-]{1,63}(\.(?!-)[\w-]{1,63})+")
_LEFT_IN_URLS = "/%:@!$&'*+,;=~.-_()"


class NotAPhone(Refusal):
    code = "phone"
    message = _l("This number cannot be dialled. Begin with + and the country: +34 600 000 000.")


class NotLinkedin(Refusal):
    code = "linkedin"
    message = _l("This is no LinkedIn profile. It looks like linkedin.com/in/your-name.")


class NotAPage(Refusal):
    code = "web"
    message = _l("This is no address of a web page. It looks like example.org.")


def region_of(tz: str | None) -> str:
    """The country assumed for numbers without a country code, by the time zone in which
    people met.
    """
    return str(get_global("zone_territories").get(tz or "", REGION_OF_ALL_ELSE))


def normal_phone(typed: str, *, region: str) -> str:
    """The number in E.164 form: 600 00 00 00 in Spain is +34600000000, and so is
    0034 600 000 000 anywhere. Raises NotAPhone.
    """
    dialled = _DIALLED_ABROAD.sub("+", _ASIDE.sub("", typed).strip())
    try:
        number = phonenumbers.parse(dialled, region)
    except phonenumbers.NumberParseException as no:
        raise NotAPhone from no
    if number.extension or not phonenumbers.is_valid_number(number):
        raise NotAPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def grouped_phone(phone: str) -> str:
    """A number in E.164 form in the groups of its country, with spaces: a spreadsheet takes
    +34 600 00 00 00 for text and keeps its plus, and address books read it as well.
    """
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    written = phonenumbers.format_number(phonenumbers.parse(phone), form)
    return " ".join("".join(char if char in "+0123456789" else " " for char in written).split())


def chat_address(phone: str) -> str | None:
    """The address of a chat in WhatsApp with a number in E.164 form. None for a landline."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return f"https://wa.me/{phone[1:]}" if kind in _HAVE_CHATS else None


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

"""Phone numbers that stand beside a name, which doors and badges show."""

from __future__ import annotations

import re

from eventapp.core.contact_details import has_contact_details
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.reading.guesses import Guess

_WORDS = "tel|tlf|tfno|tfn|teléfono|telefono|telephone|phone|mobile|móvil|movil|mob|cel"
_BESIDE = re.compile(
    rf"[\s,;|/(\[–—-]*(?:\b(?:{_WORDS})\b[.:]*\s*)?"
    r"(?P<phone>[+(]{0,2}\d(?:[\s().\-–/]*\d){6,})[)\]\s]*",
    re.IGNORECASE,
)


class PhoneInName(Guess):
    code = "phone_in_name"
    message = _l("“%(phone)s” beside the name is a phone number, and no part of the name.")


def without_phones(name: str) -> tuple[str, list[str]]:
    """The name, and the phone numbers that stood beside it. A number alone is left as it is."""
    phones: list[str] = []

    def take(found: re.Match[str]) -> str:
        if not has_contact_details(found["phone"]):  # a date
            return found[0]
        phones.append(found["phone"].strip())
        return " "

    rest = " ".join(_BESIDE.sub(take, name).split())
    return (rest, phones) if phones and any(map(str.isalpha, rest)) else (name, [])

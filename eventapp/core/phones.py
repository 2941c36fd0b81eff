"""Phone numbers, in whatever way people of their country write them.

One is kept as `+34600000000` (E.164), with an extension as `+34912345678;ext=12` (RFC 3966).
"""

from __future__ import annotations

import re

import phonenumbers
from babel.core import get_global
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    CountryCodeSource,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l

REGION_OF_ALL_ELSE = "ES"
_HAVE_CHATS = (
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,  # where a number does not tell
)
_KEPT = re.compile(r"\+[1-9][0-9]{6,14}(;ext=[0-9]{1,20})?")
_ONLY_DIGITS = re.compile(r"[+0][0-9]{6,15}")
_ASIDE = re.compile(r"[(\[][^\W\d_][^)\]]*[)\]]")  # 600 000 000 (home)
# 00 before the country, as most of the world dials it: no country's own numbers begin so.
_DIALLED_ABROAD = re.compile(r"^00 ?(?=[1-9])")
# Of those that the library does not know. It knows ext., x, #, int., anexo and доб.
_EXTENSION = re.compile(r"\W*\b(?:durchwahl|dw|poste|ramal|toestel|wewn?)\b\W*(?=\d+$)", re.I)
# Before 2020, Mexico had a 1 in mobile numbers dialled from abroad, and these at home. People and
# WhatsApp still write them so.
_MEXICAN = re.compile(r"^(\+52)\W*1\W*(?=(?:\d\W*){10}$)")
_MEXICAN_AT_HOME = re.compile(r"^\W*(?:04[45]|01)\W*(?=(?:\d\W*){10}$)")


class NotAPhone(Refusal):
    code = "phone"
    message = _l("This number cannot be dialled. Begin with + and the country: +34 600 000 000.")


class PhoneTooShort(NotAPhone):
    message = _l(
        "Digits are missing: write the area code too. Is it from another country? Begin with + and "
        "its code."
    )


class PhoneTooLong(NotAPhone):
    message = _l(
        "These are too many digits for one number. Is it from another country? Begin with + and "
        "its code."
    )


class NoSuchCountry(NotAPhone):
    message = _l("No country has this code after the +. It looks like +34 600 000 000.")


def region_of(tz: str | None) -> str:
    """The country assumed for numbers without a country code, by the time zone in which
    people meet.
    """
    return str(get_global("zone_territories").get(tz or "", REGION_OF_ALL_ELSE))


def normal_phone(typed: str, *, region: str) -> str:
    """The number as it is kept: 600 00 00 00 in Spain is +34600000000, and so is 0034 600 000 000
    anywhere. Raises NotAPhone.

    With its country's code, a number of the right length is taken for one, as countries open ranges
    before anybody's list of them says so.
    """
    number = _parsed(typed, region)
    told_country = number.country_code_source == CountryCodeSource.FROM_NUMBER_WITH_PLUS_SIGN
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            raise PhoneTooShort
        case ValidationResult.TOO_LONG:
            raise PhoneTooLong
        case ValidationResult.IS_POSSIBLE if told_country or phonenumbers.is_valid_number(number):
            return _kept(number)
    raise NotAPhone


def _parsed(typed: str, region: str) -> PhoneNumber:
    dialled = _EXTENSION.sub(" ext. ", _ASIDE.sub("", typed).strip())
    dialled = _MEXICAN.sub(r"\1", _DIALLED_ABROAD.sub("+", dialled))
    if region == "MX":
        dialled = _MEXICAN_AT_HOME.sub("", dialled)
    try:
        return phonenumbers.parse(dialled, region, keep_raw_input=True)
    except NumberParseException as no:
        match no.error_type:
            case NumberParseException.INVALID_COUNTRY_CODE:
                raise NoSuchCountry from no
            case NumberParseException.TOO_LONG:
                raise PhoneTooLong from no
            case NumberParseException.TOO_SHORT_NSN | NumberParseException.TOO_SHORT_AFTER_IDD:
                raise PhoneTooShort from no
        raise NotAPhone from no


def _kept(number: PhoneNumber) -> str:
    dialled = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{dialled};ext={number.extension}" if number.extension else dialled


def grouped_phone(kept: str) -> str:
    """A number that is kept, in the groups of its country: a spreadsheet takes +34 600 00 00 00 for
    text and keeps its plus, and address books read it as well. An extension is after `ext.`. What
    is no number that is kept stays as it is.
    """
    if not _KEPT.fullmatch(kept):
        return kept
    number, _, extension = kept.partition(";ext=")
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return kept
    written = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    written = " ".join(re.split("[^+0-9]+", written))
    return f"{written} ext. {extension}" if extension else written


def dialled_phone(kept: str) -> str:
    """The same for a phone, which waits at a comma before it dials the extension."""
    return re.sub(r";ext=| ext\. ", ",", kept)


def spaced_phone(written: str) -> str:
    """A number as somebody wrote it, with a space after its country or its first digits if it has
    none: a spreadsheet would take off the plus, or the zeros.
    """
    if not _ONLY_DIGITS.fullmatch(written):
        return written
    length = 2
    if written.startswith("+"):
        codes = (n for n in (2, 3, 4) if int(written[1:n]) in COUNTRY_CODE_TO_REGION_CODE)
        length = next(codes, 4)
    return f"{written[:length]} {written[length:]}"


def chat_address(kept: str) -> str | None:
    """The address of a chat in WhatsApp with a number as it is kept. None for a landline."""
    kind = phonenumbers.number_type(phonenumbers.parse(kept))
    return f"https://wa.me/{kept[1:]}" if kind in _HAVE_CHATS and ";" not in kept else None

"""Phone numbers, in whatever way people of their country write them.

One is kept as `+34600000000` (E.164), with an extension as `+34912345678;ext=12` (RFC 3966).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import phonenumbers
from babel.core import get_global
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
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
_BEFORE_PLUS = re.compile(r"^[^\d+]+(?=\+)")  # Mobile: +34 600 000 000
# 00 before the country, as most of the world dials it: no country's own numbers begin so.
_DIALLED_ABROAD = re.compile(r"^00 ?(?=[1-9])")
# The 0 (in some countries other digits) that is dialled at home alone: +34 (0) 600 000 000.
_TRUNK = re.compile(r"^(\+\W*\d{1,3})\W*?(?:[(\[]\s*(?:0\d{0,2}|8)\s*[)\]]|0)\W*(?=\d)")
# Of those that the library does not know. It knows ext., x, #, int., anexo and доб.
_EXTENSION = re.compile(r"\W*\b(?:durchwahl|dw|poste|ramal|toestel|wewn?)\b\W*(?=\d+$)", re.I)
# Before 2020, Mexico had a 1 in mobile numbers dialled from abroad, and these at home. People and
# WhatsApp still write them so.
_MEXICAN = re.compile(r"^(\+52)\W*1\W*(?=(?:\d\W*){10}$)")
_MEXICAN_AT_HOME = re.compile(r"^\W*(?:04[45]|01)\W*(?=(?:\d\W*){10}$)")


class NotAPhone(Refusal):
    code = "phone"
    message = _l("This isn't a phone number. It looks like +34 600 000 000.")


class NoSuchCountry(NotAPhone):
    message = _l("No country has this code after the +. It looks like +34 600 000 000.")


class PhoneTooShort(NotAPhone):
    message = _l("Digits are missing: write the area code too.")


class PhoneTooLong(NotAPhone):
    message = _l("These are too many digits for one number.")


class NotInCountry(NotAPhone):
    message = _l("No number with %(code)s is like this.")


# The same of a number without a country.
class TooShortHere(PhoneTooShort):
    message = _l(
        "Digits are missing: write the area code too. Is it from another country? Begin with + and "
        "its code."
    )


class TooLongHere(PhoneTooLong):
    message = _l(
        "These are too many digits for one number. Is it from another country? Begin with + and "
        "its code."
    )


class NotInCountryHere(NotInCountry):
    message = _l(
        "No number with %(code)s begins like this. Is it from another country? Begin with + and "
        "its code."
    )


def region_of(tz: str | None) -> str:
    """The country assumed for numbers without a country code, by the time zone in which
    people meet.
    """
    return str(get_global("zone_territories").get(tz or "", REGION_OF_ALL_ELSE))


def normal_phone(typed: str, *, region: str, others: Sequence[str] = ()) -> str:
    """The number as it is kept: 600 00 00 00 in Spain is +34600000000, and so is 0034 600 000 000
    anywhere. One that is none in this region may be of one of the others. Raises NotAPhone.

    With its country's code, a number of the right length is taken for one, as countries open ranges
    before anybody's list of them says so.
    """
    dialled = _dialled(typed)
    try:
        return _kept(_checked(dialled, region))
    except NotAPhone:
        if dialled.startswith("+"):
            if (without := _TRUNK.sub(r"\1 ", dialled)) != dialled:
                return _kept(_checked(without, region))
        elif found := _known_in(dialled, others):
            return _kept(found)
        raise


def _known_in(dialled: str, regions: Sequence[str]) -> PhoneNumber | None:
    """The number in the first region where it is known to be one."""
    for region in regions:
        try:
            number = _checked(dialled, region)
        except NotAPhone:
            continue
        if phonenumbers.is_valid_number_for_region(number, region):
            return number
    return None


def _checked(dialled: str, region: str) -> PhoneNumber:
    number = _parsed(dialled, region)
    is_here = not dialled.startswith("+")
    if is_here and phonenumbers.is_valid_number(number):
        return number
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.IS_POSSIBLE if not is_here:
            return number
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            raise TooShortHere if is_here else PhoneTooShort
        case ValidationResult.TOO_LONG if not _has_a_zero_too_many(number):
            raise TooLongHere if is_here else PhoneTooLong
    code = f"+{number.country_code}"
    raise (NotInCountryHere if is_here else NotInCountry)(code=code)


def _has_a_zero_too_many(number: PhoneNumber) -> bool:
    """Whether its country dials no 0 in front."""
    without = PhoneNumber(number.country_code, number.national_number)
    return bool(number.italian_leading_zero) and phonenumbers.is_possible_number(without)


def _dialled(typed: str) -> str:
    """What was typed, with the digits 0 to 9, without words, and with + before the country."""
    read = "".join(str(unicodedata.decimal(char, char)) for char in typed if not _is_unseen(char))
    dialled = _EXTENSION.sub(" ext. ", _ASIDE.sub("", read).strip()).replace("＋", "+")
    dialled = _BEFORE_PLUS.sub("", dialled)
    return _MEXICAN.sub(r"\1", _DIALLED_ABROAD.sub("+", dialled))


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


def _parsed(dialled: str, region: str) -> PhoneNumber:
    if region == "MX":
        dialled = _MEXICAN_AT_HOME.sub("", dialled)
    try:
        return phonenumbers.parse(dialled, region, keep_raw_input=True)
    except NumberParseException as no:
        is_here = not dialled.startswith("+")
        match no.error_type:
            case NumberParseException.INVALID_COUNTRY_CODE if not is_here:
                raise NoSuchCountry from no
            case NumberParseException.TOO_LONG:
                raise (TooLongHere if is_here else PhoneTooLong) from no
            case NumberParseException.TOO_SHORT_NSN | NumberParseException.TOO_SHORT_AFTER_IDD:
                raise (TooShortHere if is_here else PhoneTooShort) from no
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

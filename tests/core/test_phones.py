"""What is typed for a phone, what is kept, and what stands in files."""

from __future__ import annotations

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from eventapp.core.csv_safe import safe_cell
from eventapp.core.phones import (
    NoSuchCountry,
    NotAPhone,
    NotInCountryHere,
    PhoneTooLong,
    PhoneTooShort,
    TooLongHere,
    TooShortHere,
    chat_address,
    dialled_phone,
    grouped_phone,
    normal_phone,
    region_of,
    spaced_phone,
)


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("600 00 00 00", "ES", "+34600000000"),
        ("+34 600-000-000", "MX", "+34600000000"),
        ("0034600000000", "ES", "+34600000000"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("(212) 555-2368", "US", "+12125552368"),
        ("tel:+34600000000", "ES", "+34600000000"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "ES", "+33612345678"),
        ("030/12 34 56", "DE", "+4930123456"),
        ("٠٥٠١٢٣٤٥٦٧", "SA", "+966501234567"),
        ("８ (912) 345-67-89", "RU", "+79123456789"),
        ("090-1234-5678", "JP", "+819012345678"),
        ("011 15-2345-6789", "AR", "+5491123456789"),
        ("00 44 20 7946 0958", "US", "+442079460958"),
        ("600 000 000 (casa)", "ES", "+34600000000"),
        ("WhatsApp: 600.000.000", "ES", "+34600000000"),
        ("\u202a+34 600 00 00 00\u202c", "ES", "+34600000000"),
        ("34 600 000 000", "ES", "+34600000000"),
        ("030 1234-0", "DE", "+493012340"),
        ("06 6982", "IT", "+39066982"),
        ("(0xx11) 91234-5678", "BR", "+5511912345678"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("900 123 456", "ES", "+34900123456"),
        ("044 55 1234 5678", "MX", "+525512345678"),
        ("01 55 1234 5678", "MX", "+525512345678"),
        ("+52 1 55 1234 5678", "ES", "+525512345678"),
        ("+34 123 456 789", "MX", "+34123456789"),  # not given to anybody that we know of
        ("912 345 678 ext. 12", "ES", "+34912345678;ext=12"),
        ("912345678x12", "ES", "+34912345678;ext=12"),
        ("912 345 678, extensión 0012", "ES", "+34912345678;ext=0012"),
        ("+34912345678,12", "US", "+34912345678;ext=12"),
        ("212-555-2368 #7", "US", "+12125552368;ext=7"),
        ("030 123456 Durchwahl 12", "DE", "+4930123456;ext=12"),
        ("01 44 64 64 64 poste 12", "FR", "+33144646464;ext=12"),
        ("(11) 2345-6789 ramal 12", "BR", "+551123456789;ext=12"),
        ("+7 (912) 345-67-89 доб. 12", "ES", "+79123456789;ext=12"),
        ("+34 (0) 600 112 233", "ES", "+34600112233"),
        ("+34(0)600112233", "MX", "+34600112233"),
        ("WhatsApp: +34 (0) 600 112 233", "MX", "+34600112233"),
        ("+34 [0] 600 112 233", "ES", "+34600112233"),
        ("(+34) (0) 600 112 233", "ES", "+34600112233"),
        ("+34 0 600 112 233", "ES", "+34600112233"),
        ("0034 (0) 600 112 233", "ES", "+34600112233"),
        ("+1 (0) 212 555 2368", "ES", "+12125552368"),
        ("+52 (01) 55 1234 5678", "ES", "+525512345678"),
        ("+52 (044) 55 1234 5678", "ES", "+525512345678"),
        ("+351 (0) 912 345 678", "ES", "+351912345678"),
        ("+7 (8) 912 345-67-89", "ES", "+79123456789"),
        ("+39 (0)6 6982", "ES", "+39066982"),  # Italy dials it from abroad as well
        ("+٣٤ (٠) ٦٠٠ ١١٢ ٢٣٣", "ES", "+34600112233"),
        ("٠٠٣٤٦٠٠١١٢٢٣٣", "MX", "+34600112233"),
        ("۶۰۰۱۱۲۲۳۳", "ES", "+34600112233"),
        ("६०० ११२ २३३", "ES", "+34600112233"),
        ("＋34 600 112 233", "ES", "+34600112233"),
        ("+49 (0) 30 123456", "ES", "+4930123456"),
    ],
)
def test_a_phone_is_kept_so_that_it_can_be_dialled_from_anywhere(
    typed: str, region: str, number: str
) -> None:
    assert normal_phone(typed, region=region) == number


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        ("+34600000000", "+34 600 00 00 00"),
        ("+12125552368", "+1 212 555 2368"),
        ("+5491123456789", "+54 9 11 2345 6789"),
        ("+34912345678;ext=12", "+34 912 34 56 78 ext. 12"),
    ],
)
def test_a_phone_is_grouped_as_its_country_does_and_can_be_dialled(
    number: str, grouped: str
) -> None:
    assert grouped_phone(number) == grouped
    assert normal_phone(grouped, region="ES") == number
    assert safe_cell(grouped, phone=True) == grouped


KINDS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
FORMS = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966)


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_country_writes_its_numbers_its_way(region: str) -> None:
    for kind in KINDS:
        if example := phonenumbers.example_number_for_type(region, kind):
            number = phonenumbers.format_number(example, PhoneNumberFormat.E164)
            for form in FORMS:
                written = phonenumbers.format_number(example, form)
                assert normal_phone(written, region=region) == number, written
                there = f"{written} ext. 12"
                assert normal_phone(there, region=region) == f"{number};ext=12", there
            assert normal_phone(grouped_phone(number), region="ES") == number
            assert spaced_phone(number).replace(" ", "") == number


@pytest.mark.parametrize(
    ("typed", "others", "number"),
    [
        ("06 12 34 56 78", ["FR"], "+33612345678"),
        ("06 12 34 56 78", ["GB", "FR"], "+33612345678"),
        ("٠٦٠٠١١٢٢٣٣", ["MA"], "+212600112233"),
        ("020 7946 0958", ["GB"], "+442079460958"),
        ("030 123456", ["DE"], "+4930123456"),
        ("55 1234 5678", ["FR", "MX"], "+525512345678"),
        ("(212) 736-5000", ["US"], "+12127365000"),
        ("600 11 22 33", ["MX"], "+34600112233"),  # at home first
        ("06 12 34 56 78 ext. 9", ["FR"], "+33612345678;ext=9"),
    ],
)
def test_a_number_that_is_none_here_may_be_of_where_else_they_go_out(
    typed: str, others: list[str], number: str
) -> None:
    assert normal_phone(typed, region="ES", others=others) == number


@pytest.mark.parametrize(
    ("typed", "no"),
    [
        ("ask me", NotAPhone),
        ("+", NotAPhone),
        ("٠", NotAPhone),
        ("=1+1", NotAPhone),
        ("123 456 789", NotInCountryHere),
        ("06 12 34 56 78", NotInCountryHere),  # that it were too long would be wrong
        ("٠٦٠٠١١٢٢٣٣", NotInCountryHere),
        ("123", TooShortHere),
        ("+34 12", PhoneTooShort),
        ("+1 555 1234", PhoneTooShort),
        ("600 000 000 0", TooLongHere),
        ("600 000 000 / 911 111 111", TooLongHere),
        ("+34 600 000 000 0", PhoneTooLong),
        ("+34 (0) 600 000 000 0", PhoneTooLong),
        ("0034 600 000 000 0", PhoneTooLong),
        ("+34 (0) 60", PhoneTooShort),
        ("+123456789012345678901", PhoneTooLong),
        ("+999 123456789", NoSuchCountry),
    ],
)
def test_what_cannot_be_dialled_is_refused_with_what_is_wrong(
    typed: str, no: type[NotAPhone]
) -> None:
    with pytest.raises(NotAPhone) as refused:
        normal_phone(typed, region="ES")
    assert type(refused.value) is no
    assert "+34" not in typed or "Begin with +" not in str(refused.value)


@pytest.mark.parametrize("typed", ["+9991234567", "600 000 000", "", "+34600000000;ext="])
def test_what_is_no_kept_number_is_not_grouped(typed: str) -> None:
    assert grouped_phone(typed) == typed


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("+34600111222", "+34 600111222"),
        ("+12125552368", "+1 2125552368"),
        ("+351912345678", "+351 912345678"),
        ("0612345678", "06 12345678"),
        ("0034600111222", "00 34600111222"),
        ("600111222", "600111222"),
        ("+34 600 111 222", "+34 600 111 222"),
        ("+34600111222 (home)", "+34600111222 (home)"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_spreadsheet_leaves_the_beginning_of_a_number(written: str, shown: str) -> None:
    assert spaced_phone(written) == shown


def test_a_phone_dials_the_extension_after_a_pause() -> None:
    assert dialled_phone("+34912345678;ext=12") == "+34912345678,12"
    assert dialled_phone("+34 912 34 56 78 ext. 12") == "+34 912 34 56 78,12"


@pytest.mark.parametrize(
    ("kept", "address"),
    [
        ("+34600000000", "https://wa.me/34600000000"),
        ("+34912345678", None),
        ("+34600000000;ext=12", None),
    ],
)
def test_a_mobile_phone_has_a_chat(kept: str, address: str | None) -> None:
    assert chat_address(kept) == address


@pytest.mark.parametrize(
    ("tz", "region"),
    [("America/Mexico_City", "MX"), ("Europe/Madrid", "ES"), ("UTC", "ES"), (None, "ES")],
)
def test_a_number_without_plus_is_of_where_people_meet(tz: str | None, region: str) -> None:
    assert region_of(tz) == region

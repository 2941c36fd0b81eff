"""What is typed for a phone or a link, and what stands on the card."""

from __future__ import annotations

import pytest

from eventapp.contacts.card_values import (
    NotAPage,
    NotAPhone,
    NotLinkedin,
    grouped_phone,
    normal_linkedin,
    normal_phone,
    normal_web,
    region_of,
)
from eventapp.core.csv_safe import safe_cell


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
    ],
)
def test_a_phone_is_grouped_as_its_country_does_and_can_be_dialled(
    number: str, grouped: str
) -> None:
    assert grouped_phone(number) == grouped
    assert normal_phone(grouped, region="ES") == number
    assert safe_cell(grouped, phone=True) == grouped


@pytest.mark.parametrize(
    "typed", ["123", "ask me", "+34 12", "600000000 ext 5", "+999 123456789", "=1+1", "+", "٠"]
)
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        normal_phone(typed, region="ES")


@pytest.mark.parametrize(
    ("tz", "region"),
    [("America/Mexico_City", "MX"), ("Europe/Madrid", "ES"), ("UTC", "ES"), (None, "ES")],
)
def test_a_number_without_plus_is_of_where_people_meet(tz: str | None, region: str) -> None:
    assert region_of(tz) == region


@pytest.mark.parametrize(
    "typed",
    [
        "ana-ruiz",
        "@ana-ruiz",
        "/in/ana-ruiz/",
        "linkedin.com/in/ana-ruiz",
        "www.linkedin.com/in/ana-ruiz/",
        "http://es.linkedin.com/in/ana-ruiz?utm_source=share#me",
        "https://www.LinkedIn.com/in/ana-ruiz",
    ],
)
def test_a_profile_has_one_address_however_it_is_typed(typed: str) -> None:
    assert normal_linkedin(typed) == "https://www.linkedin.com/in/ana-ruiz"


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "https://example.org/in/ana",
        "https://linkedin.com.example.org/in/ana",
        "https://linkedin.com@example.org/in/ana",
        "https://notlinkedin.com/in/ana",
        "ftp://linkedin.com/in/ana",
        "https://www.linkedin.com/",
        "ana ruiz",
        "a",
        "https://[linkedin.com/in/ana",
    ],
)
def test_what_is_no_profile_is_refused(typed: str) -> None:
    with pytest.raises(NotLinkedin):
        normal_linkedin(typed)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org", "https://example.org"),
        ("http://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
        ("Example.ORG/Blog", "https://example.org/Blog"),
        ("example.org:8443/x", "https://example.org:8443/x"),
        ("https://münchen.example/ü", "https://münchen.example/%C3%BC"),
        ('https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E"),
    ],
)
def test_a_page_has_its_scheme(typed: str, address: str) -> None:
    assert normal_web(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "mailto:ana@example.org",
        "file:///etc/passwd",
        "https://bank.example@evil.example/",
        "https://evil.example\\@bank.example",
        "https://example.org:99999/",
        "localhost",
        "https://",
        "two words.example",
        "-example.org",
    ],
)
def test_what_is_no_page_is_refused(typed: str) -> None:
    with pytest.raises(NotAPage):
        normal_web(typed)

"""A mistyped mail domain is noticed, and a real one never taken for a mistake."""

from __future__ import annotations

import pytest

from eventapp.core.mail_domains import MEANT, REAL, meant_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmail.con", "gmail.com"),
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("GMAIL.CO", "gmail.com"),
        ("gnail.con", "gmail.com"),
        ("hotmial.es", "hotmail.es"),
        ("hotmal.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("yahoo.con", "yahoo.com"),
        ("yhaoo.es", "yahoo.es"),
        ("icloud.co", "icloud.com"),
        ("ayuntamiento.con", "ayuntamiento.com"),
        ("live.con", "live.com"),
    ],
)
def test_a_mistake_is_noticed(typed, meant):
    assert meant_address(f"Ana.Ruiz@{typed}") == f"Ana.Ruiz@{meant}"


@pytest.mark.parametrize(
    "domain",
    [
        *MEANT,
        *REAL,
        *("yahoo.se", "yahoo.de", "yahoo.co.uk", "hotmail.se", "hotmail.fr", "outlook.de"),
        *("live.es", "live.co", "fmail.com", "tierra.es", "example.org", "gmail.example.com"),
        *("mail.ru", "uoc.edu", "upc.es", "company.co", "GMAIL.com"),
    ],
)
def test_a_real_domain_is_no_mistake(domain):
    assert meant_address(f"ana@{domain}") is None


@pytest.mark.parametrize("typed", ["", "ana", "@", "@gmail.con", "ana@", "ana@."])
def test_what_is_no_address_means_nothing_else(typed):
    assert meant_address(typed) is None

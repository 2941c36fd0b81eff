"""A mistyped mail domain is noticed, and a real one never taken for a mistake.

The table of cases is the script's as well (tests/node/meant_address.test.js).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventapp.core import mail_domains
from eventapp.core.mail_domains import MEANT, REAL, meant_address

TABLE = json.loads(Path(__file__).with_name("mail_domains.json").read_text())


@pytest.mark.parametrize(("typed", "meant"), TABLE["mistakes"].items())
def test_a_mistake_is_noticed(typed, meant):
    assert meant_address(f"Ana.Ruiz@{typed}") == f"Ana.Ruiz@{meant}"


@pytest.mark.parametrize("domain", [*MEANT, *REAL, *TABLE["right"]])
def test_a_real_domain_is_no_mistake(domain):
    assert meant_address(f"ana@{domain}") is None


@pytest.mark.parametrize("typed", TABLE["no_addresses"])
def test_what_is_no_address_means_nothing_else(typed):
    assert meant_address(typed) is None


@pytest.mark.parametrize("name", TABLE["lists"])
def test_the_scripts_lists_are_these(name):
    assert list(getattr(mail_domains, name)) == TABLE["lists"][name]

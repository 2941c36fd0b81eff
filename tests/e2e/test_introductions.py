"""Answering on the page of introductions, by keyboard and with a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.introductions.three import introduced, three
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_focus_goes_to_what_was_done(demo: Make, window: Callable[..., Any]) -> None:
    they = three(demo)
    introduced(demo, they.bea.person, they.ana, they.carla)
    row = introduced(demo, they.ana.person, they.bea, they.carla)
    with window() as phone:
        page = demo.signed_in(phone, they.bea.person).open("/introductions")
        tab = page.tab
        tab.get_by_role("button", name="Yes, introduce me to Carla Sanz").press("Enter")
        said = tab.locator(f"#introduction-{row.id} [role=status]")
        expect(said).to_be_focused()
        expect(said).to_have_text("You said yes. If Carla Sanz does too, you both get an email.")
        tab.get_by_role("button", name="Withdraw: Ana Ruiz and Carla Sanz").press("Enter")
        expect(tab.locator("#made [role=status]")).to_be_focused()
        page.settle()

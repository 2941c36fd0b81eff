"""No answer comes while somebody taps: the page stays as it is, and says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from eventapp.model import Encounter
from tests.e2e.phones import missing
from tests.make import Make
from tests.met.evening import last_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_tap_that_fails_is_said_and_can_be_tapped_again(
    demo_app: Flask, demo: Make, chromium: Callable[..., Any]
) -> None:
    event = last_night(demo)
    ana, bea = (demo.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    page = chromium(language="es").open(demo.sign_in_link(ana.person)).press("Entrar")
    page.open(f"/e/{event.slug}/met")
    said = page.tab.locator("#notice [data-code=no_answer]")
    row = page.tab.locator(f"#guest-{bea.id}")
    with missing(demo_app, "encounter"):
        row.get_by_role("button").first.click()
        expect(said).to_have_text("Eso no ha llegado. Inténtalo otra vez dentro de un momento.")
        expect(said).to_be_in_viewport()
    page.context.set_offline(True)
    row.get_by_role("button").first.click()
    expect(said).to_be_in_viewport()
    page.context.set_offline(False)
    row.get_by_role("button").first.click()
    expect(row).to_have_attribute("data-state", "noted")
    expect(said).to_have_count(0)
    page.close()
    assert demo.row(Encounter, event_id=event.id).met_id == bea.id

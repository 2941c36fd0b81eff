"""From the link in the chat to the people one met, at a phone, and what it costs in taps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import vobject

from tests.e2e.walk import OTHERS, Walk
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("language", "scripts"), [("es", False), ("en", True)], ids=["es without scripts", "en"]
)
def test_a_guest_walks_from_the_shared_link_to_the_address_book(
    demo: Make, chromium: Callable[..., Any], language: str, scripts: bool
) -> None:
    window = chromium(language=language, scripts=scripts)
    walk = Walk(demo, window)
    cards = list(vobject.readComponents(walk.whole().decode()))
    assert {card.fn.value for card in cards} == {*OTHERS, "Jon"}
    assert all(card.email.value for card in cards if card.fn.value in OTHERS)
    cost = {part.name: (part.taps, part.fields) for part in walk.parts}
    assert cost == {
        "RSVP": (3, 2),
        "pass, from the mail": (2, 0),
        "eight people, from the mail": (9, 0),
        "confirm, from the mail": (2, 0),
        "contacts into the phone, with the sign-in": (4, 0),
    }

"""Door links as organisers see them: on the screen and on paper, in real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.rehearsal import rehearse, wipe_rehearsal
from eventapp.model import Event, Person
from tests.door.helpers import by_link
from tests.e2e.page_problems import problems_at
from tests.e2e.test_looks import TONIGHT, sign_in
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_door_with_a_phone_is_fit_to_be_shown(
    demo: Make, chromium: Callable[..., Any], language: str
) -> None:
    event = demo.row(Event, slug=TONIGHT)
    by_link(demo, chromium(), event, "Garden")
    window = chromium(language=language)
    sign_in(window, demo.sign_in_link(demo.row(Person, email="olga@example.org")))
    window.open(f"/o/e/{TONIGHT}/doors")
    link = window.tab.locator("a[href$='/print']").last.get_attribute("href")
    problems = problems_at(window, f"/o/e/{TONIGHT}/doors", briefly=language == "en")
    problems += problems_at(window, link, briefly=language == "en")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_door_link_is_one_sheet_of_paper(
    demo: Make, chromium: Callable[..., Any], paper: str
) -> None:
    link = demo.door_link(
        demo.row(Event, slug=TONIGHT), "A door with a name of sixty characters, W"
    )
    window = chromium()
    sign_in(window, demo.sign_in_link(demo.row(Person, email="olga@example.org")))
    window.open(f"/o/e/{TONIGHT}/doors/{link.id}/print")
    sheets = re.findall(rb"/Type\s*/Page\b", window.tab.pdf(format=paper))
    assert len(sheets) == 1


def test_the_pin_is_asked_where_a_kiosk_is_chosen(demo: Make, chromium: Callable[..., Any]) -> None:
    window = chromium(language="en")
    sign_in(window, demo.sign_in_link(demo.row(Person, email="olga@example.org")))
    window.open(f"/o/e/{TONIGHT}/doors")
    pin = window.tab.locator("[name=pin]")
    assert not pin.is_visible()
    window.tab.locator("[value=kiosk]").check()
    assert pin.is_visible()


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_rehearsal_is_fit_to_be_shown(
    demo: Make, chromium: Callable[..., Any], language: str
) -> None:
    tonight = demo.row(Event, slug=TONIGHT).id
    with demo.act():
        slug = rehearse(db.session.get_one(Event, tonight), at=clock.now()).slug
    window = chromium(language=language)
    sign_in(window, demo.sign_in_link(demo.row(Person, email="olga@example.org")))
    pages = (f"/o/e/{slug}/doors", f"/e/{slug}/door?q=a", f"/o/e/{TONIGHT}/doors")
    problems = [
        problem for page in pages for problem in problems_at(window, page, briefly=language == "en")
    ]
    with demo.act():
        wipe_rehearsal(db.session.get_one(Event, tonight))
    assert not problems, "\n".join(problems)

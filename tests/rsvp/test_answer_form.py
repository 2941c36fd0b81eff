"""What is typed into the RSVP form: what is refused, kept and cleaned."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Rsvp


def come(browser, event, button="I'm coming", **fields):
    typed = {"name": "Ana Ruiz", "email": "ana@example.org", **fields}
    return browser.open(f"/e/{event.slug}").press(button, **typed)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, "required"),
        ({"name": "   "}, "required"),
        ({"name": "x" * 121}, "too_long"),
        ({"name": "Ana\x07Ruiz"}, "control_characters"),
        ({"email": "ana@@example.org"}, "email"),
        ({"email": "аna@example.org"}, "email"),  # a Cyrillic а
        ({"email": ""}, "required"),
        ({"companions": "21"}, "number"),
        ({"companions": "-1"}, "number"),
        ({"companions": "many"}, "number"),
        ({"ask_me_about": "x" * 141}, "too_long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(make, browser, htmx, fields, code):
    event = make.event()
    ana = come(browser(htmx=htmx), event, want_to_learn="sailing", **fields)
    assert ana.status == 422
    assert code in ana.codes()
    assert ana.one("#want_to_learn")["value"] == "sailing"
    for name, value in fields.items():
        assert ana.one(f"#{name}")["value"].strip() == value.strip()
    assert not make.rows(Rsvp)


def test_more_companions_than_the_event_allows_are_refused(make, browser, htmx):
    ana = come(browser(htmx=htmx), make.event(companions_max=1), companions="2")
    assert (ana.status, ana.codes()) == (409, ["too_many_companions"])
    assert ana.one("#name")["value"] == "Ana Ruiz"
    assert not make.rows(Rsvp)


def test_a_form_sent_after_the_event_closed_keeps_what_was_typed(make, browser, htmx):
    event = make.event()
    ana = browser(htmx=htmx).open(f"/e/{event.slug}")
    with time_machine.travel(clock.now() + timedelta(days=2)):
        ana.press("I'm coming", name="Ana Ruiz", email="ana@example.org")
    assert (ana.status, ana.codes()) == (409, ["rsvp_closed"])
    assert ana.one("#email")["value"] == "ana@example.org"
    assert not make.rows(Rsvp)


def test_names_keep_their_letters_and_lose_what_is_invisible(make, browser):
    come(browser(), make.event(), name="  Núria\u202e   Łuk \u200b")
    assert make.row(Rsvp).name == "Núria Łuk"


def test_who_may_see_me_is_not_ticked_beforehand(make, browser):
    page = browser().open(f"/e/{make.event().slug}")
    assert not page.page.select("[name=listing][checked]")

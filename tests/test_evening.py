"""One evening, end to end: announced, answered, let in, met, taken home.

The readable tour of the application. It is walked three times on each database: as a browser
without JavaScript, as HTMX, and in real Chromium at 390 pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
import vobject
from flask import Flask

from eventapp.core import clock
from eventapp.met.actions import ask_who_they_met, remind_of_follow_ups, tell_who_met_them
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions import remind_the_day_before, tell_what_changed
from tests.browser import Browser
from tests.chromium import Chromium, served
from tests.make import Make

LUMA = Path(__file__).parent / "guests" / "samples" / "luma-guests.csv"


@pytest.fixture(
    params=["plain", "htmx", pytest.param("chromium", marks=pytest.mark.browser)],
)
def arrive(request: pytest.FixtureRequest, app: Flask) -> Iterator[Callable[[], Browser]]:
    """Somebody arrives with a browser of their own."""
    if request.param != "chromium":
        yield lambda: Browser(app.test_client(), htmx=request.param == "htmx")
        return
    started = request.getfixturevalue("chromium_engine")
    with served(app) as address:
        yield lambda: Chromium(started, address)


@pytest.fixture
def evening() -> Iterator[time_machine.Traveller]:
    """A clock that the story moves: it begins at noon, two days before the event."""
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon) as traveller:
        yield traveller


@pytest.mark.slow
def test_an_evening(make: Make, arrive: Callable[[], Any], evening: time_machine.Traveller) -> None:
    organiser, ana, beto, zoe, helper = arrive(), arrive(), arrive(), arrive(), arrive()
    starts = clock.now() + timedelta(days=2, hours=7)

    event = announce(organiser, make, starts)
    bring_in_the_guest_list(organiser, event)

    ana_answers(ana, make, event)
    beto_waits_and_gets_a_place(beto, organiser, make, event)
    the_place_changes(organiser, ana, make, event)
    evening.move_to(starts - timedelta(days=1))
    remind_of_tomorrow(ana, make)

    evening.move_to(starts + timedelta(minutes=2))
    open_the_door(helper, organiser, event)
    let_people_in(helper, make, event)

    evening.move_to(starts + timedelta(hours=15))
    say_who_they_met(ana, make)
    evening.move_to(starts + timedelta(hours=23))
    answer_from_the_mail(beto, make, event)
    take_contacts_home(ana)
    an_unlisted_guest_stays_unseen(zoe, ana, event)
    evening.move_to(starts + timedelta(days=7))
    get_in_touch_again(ana, make)


def announce(organiser: Any, make: Make, starts: Any) -> str:
    """The organiser opens the printed link, makes an event and publishes it."""
    community = make.community(name="Los Jueves", slug="los-jueves", tz="Europe/Madrid")
    organiser.open(make.sign_in_link(make.organiser(community, "olga@example.org")))
    organiser.press("Sign in").open("/o/los-jueves").follow("New event")
    organiser.press(
        "Save as a draft",
        title="Noche de fracasos",
        slug="fracasos",
        description="Three people tell **what went wrong**.",
        place="Bar La Nave, Madrid",
        starts=f"{starts:%Y-%m-%dT%H:%M}",
        ends=f"{starts + timedelta(hours=3):%Y-%m-%dT%H:%M}",
        tz="UTC",
        capacity="200",
        **{"talks-0-title": "Firing myself", "talks-0-speaker": "Jürgen Kowalski"},
    )
    organiser.press("Publish")
    assert organiser.open("/e/fracasos").sees("Firing myself")
    organiser.open("/o/e/fracasos/questions")
    organiser.press("Save", **{"rows-0-label": "What do you eat?", "rows-0-shows_at_door": "y"})
    return "fracasos"


def bring_in_the_guest_list(organiser: Any, event: str) -> None:
    """A list exported from another tool, with everything that real lists carry."""
    organiser.open(f"/o/e/{event}/guests/import").press("Preview", file=LUMA)
    assert organiser.sees("not-an-email")
    organiser.press("Import 120 guests")
    organiser.open(f"/o/e/{event}/guests").search("kowalski elena")
    assert set(organiser.guests()) == {"Elena Kowalski"}


def ana_answers(ana: Any, make: Make, event: str) -> None:
    """A place before any mail is read; then the ticket, by six digits; then second thoughts."""
    eats = ana.open(f"/e/{event}").one("label:-soup-contains('What do you eat?')")["for"]
    ana.press(
        "I'm coming",
        **{"name": "Ana Núñez", "email": "ana@example.org", str(eats): "No meat"},
        listing="attendees",
        companions="1",
        ask_me_about="sourdough",
        want_to_learn="night trains",
    )
    assert ana.sees("We've emailed you your ticket")
    mail, words = make.mails("ana@example.org")[0]
    assert "Noche de fracasos" in words.subject
    ana.press("Show my ticket", digits=mail.values["digits"])
    assert ana.one("#ticket svg")
    ana.press("Save", companions="0")
    assert not ana.sees("companion ")
    ana.open("/me/card").press(
        "Save",
        company="La Masa",
        linkedin="linkedin.com/in/ana",
        share=["email", "linkedin"],
    )


def beto_waits_and_gets_a_place(beto: Any, organiser: Any, make: Make, event: str) -> None:
    """It is full: Beto waits, sees his place in the queue, and is let in when one comes free."""
    taken = make.row(Event, slug=event).seats_taken
    organiser.open(f"/o/e/{event}").press("Change the places", capacity=str(taken))
    beto.open(f"/e/{event}").press(
        "Put me on the waitlist",
        name="Beto de la Fuente",
        email="beto@example.org",
        listing="everyone",
        ask_me_about="night trains",
        want_to_learn="bread",
    )
    assert beto.sees("on the waitlist")
    beto.press("Show my answer", digits=make.mails("beto@example.org")[0][0].values["digits"])
    organiser.open(f"/o/e/{event}").press("Change the places", capacity=str(taken + 30))
    organiser.press("Yes, and send")
    assert "You have a place" in make.mails("beto@example.org")[0][1].subject
    assert beto.open(beto.url).sees("You're coming")
    beto.open("/me/card").press("Save", phone="+34 612 34 02 14", share=["phone"])


def the_place_changes(organiser: Any, ana: Any, make: Make, event: str) -> None:
    """Guests are told, once the organiser, who is asked, says so."""
    organiser.open(f"/o/e/{event}/edit").press("Save", place="Bar El Faro, Madrid")
    assert make.due(tell_what_changed) == 0
    organiser.press("Tell ")
    make.due(tell_what_changed)
    mail, words = make.mails("ana@example.org")[0]
    assert "Bar La Nave" in words.text
    assert ana.open(mail.values["url"]).sees("Bar El Faro")


def remind_of_tomorrow(ana: Any, make: Make) -> None:
    """With the way to the pass, which frees the place if one cannot come."""
    make.due(remind_the_day_before)
    mail, words = make.mails("ana@example.org")[0]
    assert "tomorrow" in words.subject.lower()
    assert ana.open(mail.values["url"]).one("#ticket svg")
    assert ana.sees("Cancel my place")


def open_the_door(helper: Any, organiser: Any, event: str) -> None:
    """A link on a screen, one tap, no account."""
    organiser.open(f"/o/e/{event}/doors").press("Make a door link", name="Main door")
    link = next(a["href"] for a in organiser.page.find_all("a") if "/door/" in str(a["href"]))
    helper.open(link).press("Open the door")
    assert helper.guests() == []


def let_people_in(helper: Any, make: Make, event: str) -> None:
    """Three letters, one tap; once only; undone; and somebody on no list."""
    assert "Ana Núñez" in helper.search("nunez").guests()
    helper.press("Check in Ana Núñez")
    assert helper.one("#verdict")["data-outcome"] == "admitted"
    assert "No meat" in helper.one("#verdict").get_text()
    assert helper.one("#headcount")["data-admitted"] == "1"
    ticket = make.row(Rsvp, name="Ana Núñez").ticket
    helper.open(f"/t/{ticket}").press("Check in")
    assert helper.one("#verdict")["data-outcome"] == "already"
    assert "Main door" in helper.one("#verdict").get_text()
    helper.open(f"/e/{event}/door").search("fuente").press("Check in Beto de la Fuente")
    helper.search("beto").press("Undo Beto de la Fuente")
    assert helper.one("#headcount")["data-admitted"] == "1"
    code = make.row(Rsvp, name="Beto de la Fuente").short_code
    assert helper.search(code).guests() == ["Beto de la Fuente"]
    helper.press("Check in Beto de la Fuente")
    helper.press("Add and let in", name="Zoë Walker")
    assert helper.one("#headcount")["data-admitted"] == "3"


def say_who_they_met(ana: Any, make: Make) -> None:
    """The morning after, Ana says so from the mail, and nothing crosses yet."""
    make.due(ask_who_they_met)
    mail, words = make.mails("ana@example.org")[0]
    assert "Who did you meet" in words.subject
    ana.open(mail.values["url"])
    assert ana.guests()[0] == "Beto de la Fuente"
    in_a_week = clock.now() + timedelta(days=6)
    ana.press("We met: Beto de la Fuente").press(
        "Save the note", note="Knows the Berlin line", follow_up_on=f"{in_a_week:%Y-%m-%d}"
    )
    assert not ana.sees("+34 612")


def answer_from_the_mail(beto: Any, make: Make, event: str) -> None:
    """In the evening Beto gets one mail of who says so; it needs no sign-in: what each ticked
    crosses, and shows where one is signed in.
    """
    assert make.due(tell_who_met_them) == 1
    mail, words = make.mails("beto@example.org")[0]
    assert "Ana Núñez says you two met" in words.text
    beto.open(mail.values["asking"][0]["url"]).press("Yes, we met: Ana Núñez")
    assert not beto.sees("ana@example.org")
    beto.open(f"/e/{event}/met")
    assert beto.sees("ana@example.org")
    assert not beto.sees("La Masa")


def take_contacts_home(ana: Any) -> None:
    """Everybody met, with where and when; on the phone in one tap."""
    ana.open("/contacts")
    assert ana.sees("Beto de la Fuente")
    assert ana.sees("Knows the Berlin line")
    card = vobject.readOne(ana.download("Add to my phone").decode())
    assert card.fn.value == "Beto de la Fuente"
    assert card.tel.value == "+34612340214"
    assert not hasattr(card, "email")
    assert "Noche de fracasos" in card.note.value
    assert b"+34 612 34 02 14" in ana.download("For Google")


def an_unlisted_guest_stays_unseen(zoe: Any, ana: Any, event: str) -> None:
    """Zoë walked in and was never asked: other guests see nothing of her."""
    assert "Zoë Walker" not in ana.open(f"/e/{event}/people").guests()
    assert ana.search("zoe").guests() == []
    assert "Ana Núñez" not in zoe.open(f"/e/{event}/people").guests()


def get_in_touch_again(ana: Any, make: Make) -> None:
    """On the day that Ana noted, a mail says with whom, and leads to the contacts."""
    assert make.due(remind_of_follow_ups) == 1
    assert "Beto de la Fuente" in make.mails("ana@example.org")[0][1].subject
    assert ana.open("/contacts?due=1").sees("Knows the Berlin line")

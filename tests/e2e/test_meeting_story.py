"""Nobody leaves without having met people: a newcomer's whole way, at real windows.

She comes knowing nobody. A regular greets her, she finds somebody with a reason to talk, both say
that they met, and a month later she knows one more, by an introduction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import expect

from eventapp.core import clock
from eventapp.greeting.actions import (
    NEWCOMER_IS_IN,
    plan_due_suggestions,
    tell_hosts_who_is_in,
)
from eventapp.impressions.actions import ask_about_quotes
from eventapp.introductions.actions import (
    ASKED,
    CAME,
    JOINED,
    JOINED_YOURS,
    WHAT_CAME,
    ask_by_mail,
    ask_what_came_of_it,
)
from eventapp.met.actions import ask_who_they_met
from eventapp.model import Rsvp
from eventapp.report.actions import keep_figures
from tests.chromium import Chromium, Engine, served
from tests.contacts.evening import card, met
from tests.door.helpers import at_door
from tests.e2e.story import Story
from tests.introductions.three import accepts, introduced
from tests.make import Make
from tests.met.evening import let_in
from tests.report.figures import figures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

POLLS = 21_000  # milliseconds, after which a host's page has asked who is here
NORA, IMPRESSION, REASON = "nora@example.org", "Ask what it is for", "Both bake at night"


@pytest.fixture
def evening() -> Iterator[time_machine.Traveller]:
    """A clock that the story moves: it begins at noon."""
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon) as traveller:
        yield traveller


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.mark.parametrize(
    ("language", "scripts"), [("es", True), ("en", False)], ids=["es", "en without scripts"]
)
def test_a_newcomer_goes_home_with_people_she_met(
    make: Make,
    address: str,
    chromium_engine: Engine,
    evening: time_machine.Traveller,
    language: str,
    scripts: bool,
) -> None:
    def open_window() -> Chromium:
        return Chromium(chromium_engine, address, language=language, scripts=scripts)

    story = Story(make, open_window, language)
    starts_at = story.event.starts_at
    she_answers_and_says_what_she_looks_for(story)
    a_regular_offers_to_greet(story)
    she_sees_who_to_look_for_and_why(story)
    evening.move_to(starts_at + timedelta(minutes=5))
    her_host_sees_that_she_is_here(story, scripts=scripts)
    evening.move_to(starts_at + timedelta(hours=2))
    they_say_they_met(story)
    evening.move_to(starts_at + timedelta(hours=20))
    she_writes_what_she_takes_with_her(story)
    the_hosts_quote_it_once_she_agrees(story, evening)
    a_regular_introduces_two(story)
    both_accept_and_three_are_joined(story)
    evening.shift(timedelta(days=15))
    one_says_what_came_of_it(story)
    the_report_counts_without_names(story)


def she_answers_and_says_what_she_looks_for(story: Story) -> None:
    nora, say = story.nora, story.say
    nora.open("/e/beers").press(
        say("I'm coming"),
        name="Nora Gil",
        email=NORA,
        listing="attendees",
        ask_me_about="welding",
        want_to_learn="sourdough",
    )
    digits = story.make.mails(NORA)[0][0].values["digits"]
    nora.press(say("Show my ticket"), digits=digits)
    nora.tab.locator("#change summary").first.click()
    nora.press(say("Save"), looking_for="a flat")
    nora.press(say("Keep this choice"), may_be_suggested="y", wants_a_host="y")
    story.nora_comes = story.make.row(Rsvp, event_id=story.event.id, name="Nora Gil")
    comes = story.nora_comes
    lines = (comes.ask_me_about, comes.want_to_learn, comes.looking_for)
    assert lines == ("welding", "sourdough", "a flat")


def a_regular_offers_to_greet(story: Story) -> None:
    page = story.rita.open(f"/r/{story.rita_comes.key}")
    page.press(story.say("Keep this choice"), hosts="y")
    assert story.make.due(plan_due_suggestions)


def she_sees_who_to_look_for_and_why(story: Story) -> None:
    nora, say = story.nora, story.say
    card(story.make, story.person(story.nora_comes), shared=["email"])
    nora.open(f"/r/{story.nora_comes.key}")
    assert nora.sees(say("Your host"))
    assert "Rita" in nora.one("#meet [data-guest=Rita]").get_text()
    reason = nora.one("#suggestions [data-guest=Sam]").get_text()
    assert (
        say("Can be asked about what you want to learn: %(topics)s", topics="sourdough") in reason
    )
    assert say("second time here") in reason
    assert nora.one("#ticket svg")


def her_host_sees_that_she_is_here(story: Story, *, scripts: bool) -> None:
    """While she looks at her own phone, where one can run scripts; or as she opens it again."""
    rita, make, say = story.rita, story.make, story.say
    pages = f"/r/{story.rita_comes.key}/people-to-meet"
    if scripts:
        rita.tab.clock.install(time=clock.now())
    rita.open(pages)
    assert rita.sees(say("You said you'd greet"))
    assert not rita.page.select("[data-is-in]")
    door = at_door(make, story.olga, story.event).open("/e/beers/door?q=nora")
    door.press(say("Check in %(name)s", name="Nora Gil"))
    assert make.due(tell_hosts_who_is_in) == 1
    assert story.mail(story.rita_comes, NEWCOMER_IS_IN)["newcomer"]["name"] == "Nora Gil"
    if scripts:
        rita.tab.clock.fast_forward(POLLS)
    else:
        rita.open(pages)
    expect(rita.tab.locator("#greets [data-guest='Nora Gil'] [data-is-in]")).to_be_visible()
    let_in(make, story.rita_comes, story.sam_comes, at=clock.now())


def they_say_they_met(story: Story) -> None:
    """Nora says so of both of them; Rita confirms from her own list, and knows Sam since long."""
    nora, rita, make, say = story.nora, story.rita, story.make, story.say
    of_nora = f"/r/{story.nora_comes.key}/met"
    nora.open(of_nora).press(f"{say('We met')}: Rita")
    rita.open("/e/beers/met").press(f"{say('Yes, we met')}: Nora Gil")
    assert nora.open(of_nora).one("[data-guest=Rita]")["data-state"] == "mutual"
    assert nora.one("[data-guest=Sam]")["data-state"] == "new"
    met(make, story.rita_comes, story.sam_comes)


def she_writes_what_she_takes_with_her(story: Story) -> None:
    assert story.make.due(ask_who_they_met)
    page = story.nora.open(f"/r/{story.nora_comes.key}/impressions")
    page.press(story.say("Write it down"), words=IMPRESSION, audience="attendees")
    assert page.one("[data-own] .letter").get_text() == IMPRESSION


def the_hosts_quote_it_once_she_agrees(story: Story, evening: time_machine.Traveller) -> None:
    nora, olga, say = story.nora, story.olga, story.say
    olga.open("/o/e/beers/impressions").press(say("Ask to quote it in the recap"))
    olga.open("/o/e/beers/recap").press(say("Publish the recap"), words="It was loud, and good.")
    assert not story.sam.open("/e/beers/recap").sees(IMPRESSION)
    evening.shift(timedelta(hours=1))
    assert story.make.due(ask_about_quotes) == 1
    nora.open(f"/r/{story.nora_comes.key}/impressions").press(say("Yes, quote it"))
    anybody = story.sam.open("/e/beers/recap").one("[data-quote]").get_text()
    assert IMPRESSION in anybody
    assert "Nora" not in anybody, "she is seen by who was there, and not by everyone"
    assert olga.open("/o/e/beers/recap").one("[data-chosen]")["data-state"] == "quoted"


def a_regular_introduces_two(story: Story) -> None:
    rita, say = story.rita, story.say
    rita.open("/contacts").tab.locator("summary", has_text="Nora Gil").click()
    rita.follow(say("Introduce %(name)s to somebody", name="Nora Gil"))
    rita.tab.locator("#other").select_option(label="Sam")
    rita.press(say("Ask them both"), reason=REASON)
    assert rita.one("#made [data-introduction]")["data-state"] == "asked"
    assert story.make.due(ask_by_mail) == 1


def both_accept_and_three_are_joined(story: Story) -> None:
    """By the links in their mails. Nothing crosses before both said yes."""
    for window, guest, other in (
        (story.nora, story.nora_comes, story.sam_comes),
        (story.sam, story.sam_comes, story.nora_comes),
    ):
        assert not [mail for mail, _ in story.make.mails() if mail.template == JOINED]
        window.open(story.mail(guest, ASKED)["url"])
        assert window.sees(REASON)
        window.press(story.say("Yes, introduce me to %(name)s", name=other.name))
    assert story.sam.one("#asked")["data-state"] == "joined"
    for guest, other in ((story.nora_comes, story.sam_comes), (story.sam_comes, story.nora_comes)):
        assert story.mail(guest, JOINED)["card"] == {"email": story.person(other).email}
    told = story.mail(story.rita_comes, JOINED_YOURS)
    assert (told["one"], told["other"]) == ("Nora Gil", "Sam")


def one_says_what_came_of_it(story: Story) -> None:
    nora, rita, sam, make, say = story.nora, story.rita, story.sam, story.make, story.say
    assert make.due(ask_what_came_of_it) == 1
    useful = say("It was useful")
    nora.open(story.mail(story.nora_comes, WHAT_CAME)["useful_url"]).press(useful)
    is_told = say("%(name)s is told: %(said)s. You can change it.", name="Rita", said=useful)
    assert nora.sees(is_told)
    assert story.mail(story.rita_comes, CAME)["came_of_it"] == "useful"
    made = rita.open("/introductions").one("#made [data-state=joined]").get_text()
    assert say("%(name)s says: %(said)s.", name="Nora Gil", said=useful) in made
    make.signed_in(sam, story.sam_comes.person)
    got = sam.open("/introductions").one("#got [data-state=joined]")
    assert got.select("[name=came_of_it]"), "he may say so too"
    assert not got.select("[aria-pressed=true], form [role=status]"), "and hears nothing of hers"


def the_report_counts_without_names(story: Story) -> None:
    """Three say little: with four others who met and were introduced, there are counts."""
    olga, make = story.olga, story.make
    assert not figures(olga.open("/o/e/beers/report")).keys() & {"met_people", "introduced"}
    others = [make.rsvp(story.event, f"Guest {number}") for number in range(4)]
    for one, other in (others[:2], others[2:]):
        met(make, one, other)
        accepts(make, introduced(make, story.rita_comes.person, one, other), one, other)
    make.due(keep_figures)
    told = figures(olga.open("/o/e/beers/report"))
    assert (told["met_people"], told["introduced"]) == ("5", "5"), "seven and six, in fives"
    text = olga.one("main").get_text()
    assert not [name for name in ("Nora", "Rita", "Sam", "Guest 0") if name in text]

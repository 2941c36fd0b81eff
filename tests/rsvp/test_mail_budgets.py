"""Whatever strangers do with an address, its owner gets a mail; and nobody is flooded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from eventapp.core.mail_budgets import CAP_MAILS, SLOTS
from eventapp.model import Event, Rsvp
from eventapp.rsvp.actions.mail_budgets import AGAIN
from tests.browser import Browser
from tests.mails.failing import fail
from tests.make import Make

ANA = "ana@example.org"
FROM_ONE_NETWORK = CAP_MAILS + 1 + AGAIN + 1
FROM_ALL_NETWORKS = CAP_MAILS + SLOTS + AGAIN + SLOTS


def come(
    browser: Any, event: Event, email: str = ANA, *, ip: str = "192.0.2.1", **fields: str
) -> Browser:
    person: Browser = browser()
    person.client.environ_base["REMOTE_ADDR"] = ip
    typed = {"name": "Made Up", "email": email, **fields}
    return person.open(f"/e/{event.slug}").press("I'm coming", **typed)


def strangers_come(
    browser: Any, events: Iterable[Event], *, email: str = ANA, ip: str = "192.0.2.1"
) -> None:
    """One to each of these, in a browser of their own, who does not look at what they are shown."""
    page = browser().open("/sign-in")
    token = page.one("form[action='/sign-in'] [name=csrf_token]")["value"]
    seen = page.client.get_cookie("form").value
    for event in events:
        stranger = browser()
        stranger.client.environ_base["REMOTE_ADDR"] = ip
        stranger.keep_cookie("form", seen)
        typed = {"name": "Made Up", "email": email, "csrf_token": token}
        answer = stranger.client.post(f"/e/{event.slug}/rsvp", data=typed)
        assert answer.headers["Location"].startswith(f"/e/{event.slug}/rsvp/")


def own_link(make: Make, event: Event) -> str:
    """The link of the newest mail about an event."""
    mails = [mail for mail, _ in make.mails(ANA) if mail.values["event_url"].endswith(event.slug)]
    return str(mails[0].values["url"])


def test_strangers_who_repeat_an_answer_do_not_use_up_other_events(make: Make, browser: Any):
    event = make.event()
    strangers_come(browser, [event] * 20)
    assert come(browser, make.event()).sees("We've emailed you your ticket")


def test_strangers_who_answer_many_events_do_not_use_up_another_network(make: Make, browser: Any):
    strangers_come(browser, [make.event() for _ in range(20)])
    event = make.event()
    pages = [come(browser, event, ip=f"198.51.{number}.1") for number in range(3)]
    assert any(page.sees("We've emailed you your ticket") for page in pages)


@pytest.mark.parametrize("known", [False, True])
def test_a_stranger_is_not_told_that_somebody_else_answered(make: Make, browser: Any, known: bool):
    event = make.event()
    if known:
        come(browser, event, ip="198.51.100.1")
    spellings = (f"ana+{number}@example.org" for number in range(2 * CAP_MAILS))
    while come(browser, event, next(spellings)).codes() != ["too_many_mails"]:
        pass
    assert come(browser, event).sees("No email was sent this time")


def test_who_is_not_mailed_again_finds_their_own_form_behind_the_link_that_is_there(
    make: Make, browser: Any
):
    event = make.event()
    strangers_come(browser, [event] * 20)
    ana = come(browser, event, name="Ana Ruiz", listing="attendees", ask_me_about="bread")
    assert ana.codes() == ["too_many_mails"]
    assert not ana.sees("We've emailed you")
    assert ana.sees("You already have an email about this")
    ana.open(own_link(make, event)).press("Save")
    rsvp = make.row(Rsvp)
    assert (rsvp.name, rsvp.listing, rsvp.is_confirmed) == ("Ana Ruiz", "attendees", True)


def test_a_mail_that_was_refused_is_not_said_to_be_there(make: Make, browser: Any):
    event = make.event()
    come(browser, event)
    fail(make, "Ana")
    strangers_come(browser, [make.event() for _ in range(20)])
    assert come(browser, event).sees("No email was sent this time")


def test_who_gets_no_mail_at_all_can_sign_in(make: Make, browser: Any):
    strangers_come(browser, [make.event() for _ in range(20)])
    event = make.event()
    page = come(browser, event)
    assert page.sees("No email was sent this time")
    page.open(str(page.one("#digits-form a[href*=sign-in]")["href"]))
    page.press("Email me a link", email=ANA)
    page.press("Sign in", digits=make.mails(ANA)[0][0].values["digits"])
    assert page.sees(event.title)


@pytest.mark.slow
@pytest.mark.parametrize("networks", [1, 40])
def test_a_mailbox_is_not_flooded(make: Make, browser: Any, networks: int):
    event = make.event()
    for number in range(40):
        ip = f"198.51.{number % networks}.1"
        strangers_come(browser, [event] * 2, email=f"a.na+{number}@example.org", ip=ip)
    most = FROM_ONE_NETWORK if networks == 1 else FROM_ALL_NETWORKS
    assert most - SLOTS <= len(make.mails()) <= most


def test_the_networks_of_one_customer_count_as_one(make: Make, browser: Any):
    for number in range(40):
        strangers_come(browser, [make.event()], ip=f"2001:db8:7:{number:x}::1")
    assert len(make.mails()) == CAP_MAILS + 1

"""Nobody can be flooded, and nobody's own mail is used up by what strangers ask for."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.mail_budgets import CAP_MAILS, Budget
from eventapp.core.outbox import OutboxMail, queue_capped
from eventapp.model import Rsvp
from tests.processes import app_on, processes

pytestmark = pytest.mark.both_databases

ANA = "ana@example.org"
FROM_ONE_NETWORK = CAP_MAILS + 1  # sign-ins, or mails about one answer, in an hour


def ask(browser: Any, email: str = ANA, *, ip: str = "192.0.2.1") -> Any:
    person = browser()
    person.client.environ_base["REMOTE_ADDR"] = ip
    return person.open("/sign-in").press("Email me a link", email=email)


def test_sign_ins_that_strangers_ask_for_do_not_use_up_those_from_another_network(
    make: Any, browser: Any
) -> None:
    for _ in range(20):
        ask(browser)
    pages = [ask(browser, ip=f"198.51.{number}.1") for number in range(3)]
    assert any(page.sees("Check your inbox") for page in pages)
    assert len(make.mails(ANA)) <= CAP_MAILS + 1 + len(pages)


def come(browser: Any, event: Any, email: str = ANA) -> Any:
    return browser().open(f"/e/{event.slug}").press("I'm coming", name="Ana Ruiz", email=email)


def test_sign_ins_that_strangers_ask_for_do_not_use_up_the_ticket(make: Any, browser: Any) -> None:
    for _ in range(FROM_ONE_NETWORK + 2):
        ask(browser)
    page = come(browser, make.event())
    assert page.sees("We've emailed you your ticket")
    templates = [row.template for row, _ in make.mails(ANA)]
    assert templates.count("account/mail/sign_in") == FROM_ONE_NETWORK
    assert templates.count("rsvp/mail/answered") == 1


def test_answers_that_strangers_send_do_not_use_up_the_sign_in(make: Any, browser: Any) -> None:
    event = make.event()
    for _ in range(FROM_ONE_NETWORK + 1):
        come(browser, event)
    page = ask(browser)
    page.press("Sign in", digits=make.mails(ANA)[0][0].values["digits"])
    assert page.url == "/me"


def test_answers_that_strangers_send_do_not_use_up_those_of_who_is_signed_in(
    make: Any, browser: Any
) -> None:
    event = make.event()
    for _ in range(FROM_ONE_NETWORK + 1):
        come(browser, event)
    ana = make.signed_in(browser(), make.person("ana.maria@example.org"))
    for _ in range(FROM_ONE_NETWORK + 1):
        come(browser, event, "ana.maria@example.org")
    other = make.event()
    ana.open(f"/e/{other.slug}").press("I'm coming", name="Ana", email="ana.maria@example.org")
    assert make.mails("ana.maria@example.org")[0][0].values["event_url"].endswith(other.slug)


@pytest.mark.parametrize("tagged", ["flood+{}@example.org", "{}@example.org"])
def test_tags_and_dots_count_as_one_mailbox(make: Any, browser: Any, tagged: str) -> None:
    names = [f"flo{'.' * (n % 2)}od+{n}" for n in range(30)] if tagged[0] == "{" else range(30)
    for name in names:
        ask(browser, tagged.format(name))
    assert len(make.mails()) == FROM_ONE_NETWORK
    assert len({row.to_email for row, _ in make.mails()}) == FROM_ONE_NETWORK  # as they were typed


def test_past_the_cap_the_page_says_so_and_when_it_goes_on(make: Any, browser: Any) -> None:
    event = make.event(starts_at=clock.now() + timedelta(days=1))
    pages = [come(browser, event) for _ in range(FROM_ONE_NETWORK + 1)] + [ask(browser)]
    assert [page.codes() for page in pages] == [[]] * FROM_ONE_NETWORK + [["too_many_mails"], []]
    capped = pages[FROM_ONE_NETWORK]
    assert not capped.sees("We've emailed you")
    assert capped.sees("You can ask again in 60 minutes")
    assert not capped.page.select("[name=digits]")
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        capped.press("Send it again")
        capped.press("Show my ticket", digits=make.mails(ANA)[0][0].values["digits"])
    assert make.row(Rsvp).is_confirmed


def test_past_the_cap_a_known_address_and_an_unknown_one_look_alike(
    make: Any, browser: Any
) -> None:
    event = make.event()
    make.rsvp(event, person=make.person("known@example.org"))
    pages = []
    for email in ("known@example.org", "fresh@example.org"):
        page = [come(browser, event, email) for _ in range(FROM_ONE_NETWORK + 1)][-1]
        pages.append(page.text.replace(email, "…"))
        pages.append(
            [ask(browser, email) for _ in range(FROM_ONE_NETWORK + 1)][-1].text.replace(email, "")
        )
    assert pages[:2] == pages[2:]


def ask_in_parallel(url: str, count: int) -> None:
    """What one process of a race does: asks for mails, each in a transaction of its own."""
    app = app_on(url)
    with app.app_context():
        for number in range(count):
            to, at = f"ana+{number}@example.org", clock.now()
            with transaction():
                race = [Budget("race")]
                queue_capped("x", budgets=race, to=to, language="en", at=at, values={})
                db.session.flush()
                time.sleep(0.1)  # the others count meanwhile
            db.session.remove()
        db.engine.dispose()


@pytest.mark.slow
def test_parallel_requests_do_not_pass_the_cap(app: Flask, make: Any) -> None:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with processes(6) as pool:
        list(pool.map(ask_in_parallel, [url] * 6, [4] * 6))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == CAP_MAILS

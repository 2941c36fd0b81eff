"""Who hosts: organisers who agreed to be named, the community's pages, and a question to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from eventapp.core import clock, mail
from eventapp.core.db import db
from eventapp.core.mail_budgets import CAP_MAILS
from eventapp.events.question import question_says
from eventapp.model import Community, Event, Organiser, OutboxMail
from tests.browser import Browser, form_data
from tests.events.organising import organiser_of
from tests.html import words_of
from tests.make import Make

Browsers = Callable[..., Browser]
ASKED = {"name": "Ana Ruiz", "email": "ana@example.org", "words": "Is there a ramp?\nI roll."}


def hosts(browser: Browsers, event: Event) -> str:
    return words_of(browser().open(f"/e/{event.slug}").one("#hosts"))


def test_nobody_is_named_until_they_say_so_themselves(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    community = make.community(slug="beers", name="Beers")
    event = make.event(community)
    page = organiser_of(make, browser, community, htmx=htmx).open("/o/beers/organisers")
    assert "Olga" not in hosts(browser, event)
    page.press("Name me on our pages")
    assert "with Olga Organiser" in hosts(browser, event)
    assert browser().open("/c/beers").sees("Olga Organiser")
    page.press("Take my name off our pages")
    assert "Olga" not in hosts(browser, event)
    assert make.row(Organiser).named_since is None


def test_an_organiser_names_nobody_else(make: Make, browser: Browsers) -> None:
    community = make.community(slug="beers")
    make.organiser(community, "bo@example.org")
    page = organiser_of(make, browser, community).open("/o/beers/organisers")
    page.press("Name me on our pages")
    named = [bool(each.named_since) for each in make.rows(Organiser)]
    assert named == [False, True]


def test_a_community_links_to_its_pages_elsewhere(make: Make, browser: Browsers) -> None:
    community = make.community(slug="beers")
    page = organiser_of(make, browser, community).open("/o/beers/settings")
    page.press("Save", links="www.instagram.com/beers/\n\nhttps://beers.example.org")
    links = browser().open(f"/e/{make.event(community).slug}").page.select("a[data-elsewhere]")
    assert [(words_of(link), link["href"]) for link in links] == [
        ("instagram.com/beers", "https://www.instagram.com/beers/"),
        ("beers.example.org", "https://beers.example.org"),
    ]


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "ftp://example.org", "no page", "http://localhost/o/beers"]
)
def test_what_is_no_web_page_is_no_link(make: Make, browser: Browsers, typed: str) -> None:
    community = make.community(slug="beers")
    page = organiser_of(make, browser, community).open("/o/beers/settings")
    page.press("Save", links=typed)
    assert (page.status, page.codes()) == (422, ["links"])
    assert make.row(Community).links == ""


def test_a_question_is_mailed_to_the_hosts(make: Make, browser: Browsers, htmx: bool) -> None:
    event = make.event(make.community(contact_email="hi@beers.example"), title="Cider")
    page = browser(htmx=htmx).open(f"/e/{event.slug}").follow("Ask the hosts")
    assert not page.sees("@")
    page.press("Send the question", **ASKED)
    assert page.url == f"/e/{event.slug}"
    assert page.sees("Your question is on its way")
    assert not page.sees("@")

    row = make.row(OutboxMail)
    assert row.to_email == "hi@beers.example"
    with make.app.app_context():
        values = {**row.values, "title": event.title, "event_url": "http://localhost/e/x"}
        row.values = values
        sent = mail.message(row)
    assert sent["Reply-To"] == "ana@example.org"
    assert sent["Subject"] == "Ana Ruiz asks about Cider"
    text = sent.get_body(("plain",)).get_content()
    assert "Is there a ramp?" in text
    assert "I roll." in text


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [("words", " ", "required"), ("words", "x" * 1001, "too_long"), ("email", "ana", "email"),
     ("name", "", "required")],
)  # fmt: skip
def test_what_is_missing_is_said(
    make: Make, browser: Browsers, field: str, typed: str, code: str
) -> None:
    page = browser().open(f"/e/{make.event().slug}/ask")
    page.press("Send the question", **{**ASKED, field: typed})
    assert (page.status, page.codes()) == (422, [code])
    assert not make.rows(OutboxMail)


def test_hosts_are_not_flooded(make: Make, browser: Browsers) -> None:
    event = make.event()
    page = browser()
    for _ in range(CAP_MAILS + 2):
        page.open(f"/e/{event.slug}/ask").press("Send the question", **ASKED)
    assert (page.status, page.codes()) == (409, ["too_many_questions"])
    assert page.one("#ask textarea").get_text().strip() == ASKED["words"]
    assert len(make.rows(OutboxMail)) == CAP_MAILS + 1


def test_a_question_sent_twice_is_mailed_once(make: Make, browser: Browsers, htmx: bool) -> None:
    event = make.event()
    page = browser(htmx=htmx).open(f"/e/{event.slug}/ask")
    form = page.one("#ask form")
    data = {**form_data(form), **ASKED}
    for _ in range(2):
        assert page.submit(form, data).sees("Your question is on its way")
    make.row(OutboxMail)
    page.submit(form, {**data, "words": "And a lift?"})
    page.open(f"/e/{event.slug}/ask").press("Send the question", **ASKED)
    assert len(make.rows(OutboxMail)) == 3, "another question, and the same on a new form"


def test_a_draft_has_no_form_to_ask(make: Make, browser: Browsers) -> None:
    event = make.event(published_at=None)
    assert browser().open(f"/e/{event.slug}/ask").status == 404


def test_who_is_signed_in_need_not_type_who_they_are(make: Make, browser: Browsers) -> None:
    page = make.signed_in(browser(), make.person("ana@example.org", name="Ana Ruiz"))
    page.open(f"/e/{make.event().slug}/ask")
    assert page.one("#ask [name=name]")["value"] == "Ana Ruiz"
    assert page.one("#ask [name=email]")["value"] == "ana@example.org"


def test_a_question_about_an_event_that_is_gone_is_not_sent(make: Make, browser: Browsers) -> None:
    event = make.event()
    browser().open(f"/e/{event.slug}/ask").press("Send the question", **ASKED)
    with make.act():
        db.session.delete(db.session.get_one(Event, event.id))
    with make.app.app_context():
        asked = db.session.scalars(select(OutboxMail)).one()
        assert question_says(asked, clock.now()) is None

"""A badge is scanned by somebody who is not signed in: a mail to their address finishes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.mails.kinds import says_now
from eventapp.model import Encounter, Event, OutboxMail, Person, Rsvp
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night, let_in, mail_of_scan, mails_of_the_day, press, row_of

Browsers = Callable[..., Browser]


def scan(page: Browser, wearer: Rsvp, email: str) -> Browser:
    return page.open(f"/m/{wearer.badge}").press("Email me the link", email=email)


def link_to(make: Make, email: str) -> str:
    """Where the mail leads."""
    return str(mail_of_scan(make, email)[0].values["url"])


def test_the_link_of_the_mail_says_that_they_met(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = scan(browser(htmx=htmx), bea, ana.person.email)
    assert page.sees("Check your inbox")
    assert make.rows(Encounter) == []
    later = browser(htmx=htmx).open(link_to(make, ana.person.email))
    assert make.rows(Encounter) == [], "scanners of mail follow links"
    assert later.guests() == ["Bea Gil"]
    press(later, bea, "We met")
    assert "You said you met" in words_of(row_of(later, bea))
    (said,) = make.rows(Encounter)
    assert (said.noter_id, said.met_id) == (ana.id, bea.id)


def test_the_owner_hears_of_it_only_once_it_is_finished(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    scan(browser(), bea, ana.person.email)
    assert mails_of_the_day(make) == 0
    hers = make.signed_in(browser(), bea.person).open(f"/e/{bea.event.slug}/met")
    assert "Ana Ruiz" not in [words_of(row) for row in hers.page.select("[data-state=asked]")]
    press(browser().open(link_to(make, ana.person.email)), bea, "We met")
    assert mails_of_the_day(make) == 1
    assert make.mails(bea.person.email)


def test_the_digits_sign_in_where_it_was_scanned_and_the_next_badge_needs_no_mail(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    cleo = make.rsvp(bea.event, "Cleo", listing="everyone")
    page = scan(browser(), bea, ana.person.email)
    page.press("Sign in", digits=make.mails()[0][0].values["digits"])
    assert page.url == f"/m/{bea.badge}"
    press(page, bea, "We met")
    press(page.open(f"/m/{cleo.badge}"), cleo, "We met")
    assert len(make.rows(Encounter)) == 2
    assert len(make.mails(ana.person.email)) == 1


def test_one_who_answered_from_this_browser_need_not_type_the_address(
    make: Make, browser: Browsers
) -> None:
    event = make.event()
    bea = make.rsvp(event, "Bea", listing="everyone")
    page = browser().open(f"/e/{event.slug}")
    page.press("I'm coming", name="Ana", email="ana@example.org", listing="attendees")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        page.open(f"/m/{bea.badge}").press("Email me the link")
        assert page.sees("ana@example.org")
        assert mail_of_scan(make, "ana@example.org")[0].values["url"]


def test_an_address_is_proven_by_a_form_before_anybody_is_shown(
    make: Make, browser: Browsers
) -> None:
    event = last_night(make)
    bea = make.rsvp(event, "Bea Gil", listing="everyone")
    person = make.person("ana@example.org", verified_at=None)
    make.rsvp(event, "Ana", person=person, confirmed_at=None)
    scan(browser(), bea, "ana@example.org")
    page = browser().open(link_to(make, "ana@example.org"))
    assert page.guests() == []
    assert not make.row(Person, id=person.id).verified_at
    page.press("The others who were there")
    assert page.guests() == ["Bea Gil"]


def seen_after(page: Browser, badge: str, email: str) -> tuple[int, str]:
    page.open(f"/m/{badge}").press("Email me the link", email=email)
    return page.status, page.text.replace(email, "")


def test_the_page_and_the_number_of_mails_tell_nothing_of_address_or_badge(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    elsewhere = make.rsvp(last_night(make)).person
    emails = (ana.person.email, elsewhere.email, "nobody@example.org")
    seen = [
        [seen_after(browser(), badge, email) for _ in range(8)]
        for badge, emails_of in ((bea.badge, emails), ("unknown", ("somebody@example.org",)))
        for email in emails_of
    ]
    assert all(one == seen[0] for one in seen)
    assert "We've sent many of these emails" in seen[0][-1][1]


def test_the_work_done_tells_nothing_of_address_or_badge(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], count_queries: Any
) -> None:
    ana, bea = pair
    elsewhere, gone = make.rsvp(last_night(make)), make.rsvp(bea.event, status="cancelled")
    done = []
    for badge, email in (
        (bea.badge, ana.person.email),
        (bea.badge, gone.person.email),
        (bea.badge, elsewhere.person.email),
        (bea.badge, "nobody@example.org"),
        (gone.badge, "somebody@example.org"),
        ("unknown", bea.person.email),
        ("unknown", "anybody@example.org"),
    ):
        page = browser().open(f"/m/{badge}")
        with count_queries() as statements:
            page.press("Email me the link", email=email)
        done.append(statements)
    assert all(one == done[0] for one in done)


def test_whoever_was_not_there_is_told_why_by_mail_and_of_whom_nothing(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    _, bea = pair
    for badge, email in ((bea.badge, "x@example.org"), ("unknown", "y@example.org")):
        browser().open(f"/m/{badge}").press("Email me the link", email=email)
        mail, words = mail_of_scan(make, email)
        assert "this address isn't among them" in words.text
        assert "at the door can put you on the list" in words.text
        for secret in ("Bea", "Beers", bea.key, str(bea.event.slug)):
            assert secret not in words.text + words.html
        assert not mail.values["url"]


@pytest.mark.parametrize(
    "own", [{"status": "cancelled"}, {"status": "waitlisted"}, {"status": "maybe"}]
)
def test_whoever_had_no_place_gets_no_link(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], own: dict[str, Any]
) -> None:
    _, bea = pair
    one = make.rsvp(bea.event, "One", **own).person
    scan(browser(), bea, one.email)
    assert not mail_of_scan(make, one.email)[0].values["url"]


def test_the_link_shows_nobody_who_is_hidden_and_nothing_of_another_event(
    make: Make, browser: Browsers
) -> None:
    event = last_night(make)
    ana, zoe = make.rsvp(event, "Ana"), make.rsvp(event, "Zoe Hidden", listing="nobody")
    other = make.rsvp(last_night(make), "Ole Other", listing="everyone")
    scan(browser(), zoe, ana.person.email)
    page = browser().open(link_to(make, ana.person.email))
    assert page.sees("isn't shown to the others who came")
    for badge in (zoe.badge, other.badge, "unknown"):
        page.open(f"/r/{ana.key}/m/{badge}")
        assert page.status == 200
        assert page.guests() == []
        assert "Zoe" not in page.response.text
        assert "Ole" not in page.response.text


def test_whoever_did_not_come_in_is_not_named_once_the_door_was_used(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    let_in(make, ana)
    scan(browser(), bea, ana.person.email)
    assert browser().open(link_to(make, ana.person.email)).guests() == []


def test_a_mail_that_waited_says_what_is_still_true(
    app: Any, make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    scan(browser(), bea, ana.person.email)
    scan(browser(), bea, "nobody@example.org")

    def says(email: str, **later: int) -> dict[str, Any] | None:
        with app.app_context():
            mail = db.session.query(OutboxMail).filter_by(to_email=email).one()
            return says_now(mail, clock.now() + timedelta(**later))

    assert says(ana.person.email)["digits"]
    assert says("nobody@example.org")["digits"]
    hour_later = says(ana.person.email, hours=1)
    assert hour_later is not None
    assert (bool(hour_later["url"]), hour_later["digits"]) == (True, None)
    assert says("nobody@example.org", hours=1) is None
    assert says(ana.person.email, days=90) is None
    with make.act():
        db.session.get_one(Event, bea.event_id).called_off_at = clock.now()
    assert says(ana.person.email, hours=1) is None


def test_a_form_sent_twice_is_one_mail(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = browser().open(f"/m/{bea.badge}")
    form = page.one("#scan form")
    data = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    for _ in range(2):
        page.submit(form, {**data, "email": ana.person.email})
    assert len(make.mails(ana.person.email)) == 1


def test_what_is_no_address_is_said_beside_the_field(
    browser: Browsers, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    page = browser(htmx=htmx).open(f"/m/{pair[1].badge}")
    page.press("Email me the link", email="ana")
    assert page.status == 422
    assert page.codes()

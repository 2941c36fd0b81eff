"""A browser remembers that it answered, by a cookie that says nothing of anybody."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, update

from eventapp.account.gate import ANSWERED
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import sign_values
from eventapp.model import Community, Event, MailedCode, Person, Rsvp
from eventapp.rsvp.remembered import EVENTS_MOST
from tests.browser import form_data

DAY = timedelta(days=1)


@pytest.fixture
def event(make):
    return make.event(starts_at=clock.now() + 90 * DAY)


def come(browser, event, button="I'm coming", email="ana@example.org"):
    return browser.open(f"/e/{event.slug}").press(button, name="Ana Ruiz", email=email)


def has_form(page):
    return bool(page.page.select("#rsvp [name=email]"))


def test_the_page_says_what_was_answered_from_this_browser(make, browser, event, htmx):
    ana = come(browser(htmx=htmx), event, "Maybe")
    page = ana.url
    ana.open(f"/e/{event.slug}")
    assert not has_form(ana)
    for words in ("You answered from this browser", "Ana Ruiz", "You said maybe"):
        assert ana.sees(words)
    assert ana.follow("Show my answer").url == page
    assert has_form(browser().open(f"/e/{event.slug}")), "another browser knows nothing"


def test_somebody_else_may_answer_from_it(make, browser, event, htmx):
    ana = come(browser(htmx=htmx), event).open(f"/e/{event.slug}")
    ana.follow("Answer for somebody else")
    ana.press("I'm coming", name="", email="beto@example.org")
    assert ana.status == 422
    ana.press("I'm coming", name="Beto", email="beto@example.org")
    assert ana.open(f"/e/{event.slug}").sees("Beto")


def test_who_is_signed_in_sees_their_own_answer(make, browser, event):
    ana = come(browser(), event)
    ana.press("Show my ticket", digits=make.mails()[0][0].values["digits"])
    own = ana.url
    assert ana.open(f"/e/{event.slug}").follow("Your ticket and your answer").url == own


def test_who_is_signed_in_may_answer_for_somebody_else(make, browser, event, htmx):
    own = make.rsvp(event)
    ana = make.signed_in(browser(htmx=htmx), own.person).open(f"/e/{event.slug}")
    assert not has_form(ana)
    ana.follow("Answer for somebody else")
    assert form_data(ana.one("#rsvp form"))["name"] == "", "somebody else is not called Ana"
    ana.press("I'm coming", name="Beto", email="beto")
    assert ana.status == 422
    ana.press("I'm coming", name="Beto", email="beto@example.org")
    assert ana.sees("See you there, Beto")
    assert ana.open(f"/e/{event.slug}").follow("Your ticket and your answer").url == f"/r/{own.key}"


def test_who_only_answered_for_somebody_else_is_asked_by_their_own_name(make, browser, event):
    ana = make.signed_in(browser(), make.person("ana@example.org"))
    come(ana, event, email="beto@example.org")
    ana.open(f"/e/{event.slug}")
    assert form_data(ana.one("#rsvp form"))["email"] == "ana@example.org"


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nobody_else_is_asked_for_once_answers_are_closed(make, browser, event, is_signed_in):
    ana = come(browser(), event)
    if is_signed_in:
        ana = make.signed_in(ana, make.rsvp(event).person)
    with make.act():
        db.session.get_one(Event, event.id).rsvp_closes_at = clock.now()
    for address in (f"/e/{event.slug}", f"/e/{event.slug}?another=1"):
        assert not has_form(ana.open(address))
        assert not ana.sees("Answer for somebody else")


@pytest.mark.parametrize("button", ["Sign out", "Sign out everywhere"])
def test_who_signs_out_is_not_named_there_any_more(make, browser, event, button):
    ana = come(browser(), event)
    ana.press("Show my ticket", digits=make.mails()[0][0].values["digits"])
    ana.open("/me").press(button)
    assert ana.sees("You're signed out")
    assert has_form(ana.open(f"/e/{event.slug}"))
    assert "Ana Ruiz" not in ana.text
    assert not ana.client.get_cookie("answered")


def test_a_corrected_address_is_remembered(make, browser, event):
    ana = come(browser(), event, email="anna@example.org")
    ana.press("Send it to this address", email="ana@example.org")
    page = ana.url
    assert ana.open(f"/e/{event.slug}").follow("Show my answer").url == page


def test_it_is_remembered_for_sixty_days_also_once_the_digits_are_forgotten(make, browser, event):
    ana = come(browser(), event)
    with make.act():
        db.session.execute(delete(MailedCode))
    with time_machine.travel(clock.now() + 59 * DAY):
        assert ana.open(f"/e/{event.slug}").sees("You answered from this browser")
    with time_machine.travel(clock.now() + 61 * DAY):
        assert has_form(ana.open(f"/e/{event.slug}"))


def test_what_was_deleted_never_shows_who_answers_next(make, browser, event):
    """SQLite gives the id of the newest row again once that is deleted."""
    ana = come(browser(), event)
    old_id = make.row(MailedCode).id
    with make.act():
        db.session.execute(delete(MailedCode))
    come(browser(), event, email="beto@example.org")
    with make.act():
        db.session.execute(update(MailedCode).values(id=old_id))  # on PostgreSQL as well
    ana.open(f"/e/{event.slug}")
    assert ana.sees("You answered from this browser")
    assert "Ana Ruiz" not in ana.text
    assert make.row(MailedCode).page not in str(ana.page)


def own_page(make, email="ana@example.org"):
    person = make.row(Person, email=email)
    return f"/r/{make.row(Rsvp, person_id=person.id).key}"


def set_status(make, status):
    with make.act():
        db.session.execute(update(Rsvp).values(status=status, waitlisted_at=None))


def test_who_opened_their_own_page_reads_there_what_became_of_the_answer(make, browser, htmx):
    event = make.event(capacity=1)
    make.rsvp(event)
    ana = come(browser(htmx=htmx), event, "Put me on the waitlist")
    assert ana.open(f"/e/{event.slug}").sees("On the waitlist")
    ana.open(own_page(make))
    set_status(make, "going")
    ana.open(f"/e/{event.slug}")
    assert ana.sees("You answered from this browser")
    assert ana.one("#rsvp").find(string="You're coming")
    assert "On the waitlist" not in ana.text


def test_so_does_who_typed_the_digits_also_once_the_session_is_over(make, browser, event):
    ana = come(browser(), event, "Maybe")
    ana.press("Show my answer", digits=make.mails()[0][0].values["digits"])
    set_status(make, "going")
    ana.client.delete_cookie("sid")
    ana.open(f"/e/{event.slug}")
    assert ana.sees("You answered from this browser")
    assert "You said maybe" not in ana.text


def test_who_proved_nothing_reads_what_they_typed_whatever_became_of_it(make, browser, event):
    ana = come(browser(), event, "Maybe")
    browser().open(own_page(make))  # the mailbox's owner, elsewhere
    set_status(make, "going")
    assert ana.open(f"/e/{event.slug}").sees("You said maybe")


def test_another_guests_own_page_proves_nothing(make, browser, event):
    other = make.rsvp(event, "Beto")
    ana = come(browser(), event, "Maybe").open(f"/r/{other.key}")
    set_status(make, "going")
    assert ana.open(f"/e/{event.slug}").sees("You said maybe")


def test_a_cookie_from_before_that_holds_an_id_is_ignored(app, make, browser, event):
    come(browser(), event)
    with app.app_context():
        token = sign_values(ANSWERED, [(event.id, make.row(MailedCode).id)])
    other = browser()
    other.keep_cookie(ANSWERED, token)
    assert has_form(other.open(f"/e/{event.slug}"))


def card(page, address="/"):
    return page.open(address).one(".event-card").get_text(" ", strip=True)


@pytest.mark.parametrize("button", ["I'm coming", "Maybe", "I can't come"])
def test_its_card_says_so_on_the_home_page_and_the_communitys(make, browser, event, button):
    ana = come(browser(), event, button)
    for address in ("/", f"/c/{make.row(Community).slug}"):
        assert "You answered" in card(ana, address)
        assert "Places free" in card(browser(), address), "another browser knows nothing"


def test_a_card_says_nothing_that_was_changed_from_the_mail_since(make, browser, event):
    ana = come(browser(), event)
    (rsvp,) = make.rows(Rsvp)
    ana.open(f"/r/{rsvp.key}").press("Cancel my place")
    assert "You answered" in card(ana)


def test_a_card_says_first_what_who_is_signed_in_answered(make, browser, event):
    ana = come(browser(), event)
    bea = make.rsvp(event, "Bea", status="maybe").person
    assert "You said maybe" in card(make.signed_in(ana, bea))


def test_who_is_signed_in_sees_their_own_answers_alone(make, browser, event):
    ana = come(browser(), event)
    assert "Places free" in card(make.signed_in(ana, make.person("else@example.org")))


def test_a_card_says_first_that_an_event_is_called_off(make, browser, event):
    ana = come(browser(), event)
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = clock.now()
    assert "Called off" in card(ana)
    assert "going" not in card(ana)


def test_the_card_is_the_same_whether_the_address_was_known(make, browser, event):
    make.rsvp(event, "Real Name", person=make.person("known@example.org"), status="waitlisted")
    come(known := browser(), event, email="known@example.org")
    come(fresh := browser(), event, email="fresh@example.org")
    assert card(known) == card(fresh)


def test_the_page_is_the_same_whether_the_address_was_known(make, browser, event):
    make.rsvp(event, "Real Name", person=make.person("known@example.org"), status="waitlisted")
    texts = {
        come(browser(), event, email=email).open(f"/e/{event.slug}").text
        for email in ("known@example.org", "fresh@example.org")
    }
    assert len(texts) == 1


def test_the_cookie_says_nothing_of_anybody_and_stays_small(make, browser, event):
    ana = browser()
    for number in range(EVENTS_MOST + 3):
        come(ana, make.event(slug=f"other-{number}"), email=f"ana{number}@example.org")
    cookie = ana.client.get_cookie("answered")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    payload = cookie.value.split(".")[0 if not cookie.value.startswith(".") else 1]
    said = base64.urlsafe_b64decode(payload + "==")
    assert b"ana" not in said
    assert len(cookie.value) < 1000
    assert has_form(ana.open("/e/other-0"))
    assert not has_form(ana.open(f"/e/other-{EVENTS_MOST + 2}"))


def test_a_cookie_that_was_changed_is_no_cookie(make, browser, event):
    ana = come(browser(), event)
    ana.keep_cookie("answered", ana.client.get_cookie("answered").value[:-2] + "xx")
    assert has_form(ana.open(f"/e/{event.slug}"))

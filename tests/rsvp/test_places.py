"""More places let in whoever waits, once the organiser has seen who is mailed, and what."""

from __future__ import annotations

import pytest

from eventapp.core.db import db
from eventapp.model import AuditEntry, Event, OutboxMail, Rsvp, Source, Status
from tests.browser import form_data
from tests.events.organising import organiser_of
from tests.html import words_of

WAITS = {"status": Status.WAITLISTED}
BROUGHT = {"source": Source.IMPORT, "confirmed_at": None}


@pytest.fixture
def event(make):
    event = make.event(title="Beers", capacity=1)
    make.rsvp(event, "Ana Ruiz")
    return event


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")


def waiting(make) -> list[str]:
    return [row.name for row in make.rows(Rsvp, status=Status.WAITLISTED)]


def test_who_would_be_mailed_is_shown_first_with_the_mail(make, event, olga):
    beto = make.rsvp(event, "Beto Gil", **WAITS)
    make.rsvp(event, "Carla Sanz", **WAITS)
    make.rsvp(event, "Without an address", person=None, **WAITS)
    olga.press("Change the places", capacity="9")
    asked = words_of(olga.one("#ask-first"))
    for words in ("Change the places?", "2 people get an email", "Beto Gil, Carla Sanz"):
        assert words in asked
    assert olga.one("#ask-first [data-mail]").h3.text == "You have a place: Beers"
    for secret in (beto.key, beto.ticket, beto.short_code):
        assert secret not in olga.response.text, "which is its guest's alone"
    assert (make.row(Event).capacity, len(waiting(make))) == (1, 3), "nothing is done yet"
    assert not make.rows(OutboxMail)
    assert olga.press("Yes, and send 2 emails").sees("Saved.")
    assert make.row(Event).capacity == 9
    assert not waiting(make)
    assert len(make.mails()) == 2
    assert make.rows(AuditEntry)[-1].verb == "capacity_changed"


def test_who_comes_to_wait_meanwhile_is_not_mailed_unseen(make, event, olga):
    make.rsvp(event, "Beto Gil", **WAITS)
    olga.press("Change the places", capacity="")
    make.rsvp(event, "Carla Sanz", **WAITS)
    olga.press("Yes, and send the email")
    assert olga.codes() == ["mails_changed"]
    assert (waiting(make), make.rows(OutboxMail)) == (["Beto Gil", "Carla Sanz"], [])
    olga.press("Yes, and send 2 emails")
    assert len(make.mails()) == 2


def test_a_second_tap_mails_nobody_twice(make, event, olga):
    make.rsvp(event, "Beto Gil", **WAITS)
    olga.press("Change the places", capacity="9")
    form = olga.one("#ask-first form")
    for _ in range(2):
        olga.client.post(form["action"], data=form_data(form))
    assert len(make.mails()) == 1


def test_where_nobody_is_mailed_nothing_is_asked(make, event, olga):
    assert not olga.open(olga.url).sees("Change the places…")
    make.rsvp(event, "Without an address", person=None, **WAITS)
    assert olga.open(olga.url).sees("Change the places…")
    assert olga.press("Change the places", capacity="9").sees("Saved.")
    assert not waiting(make)


def test_each_kind_of_mail_is_shown(make, event, olga):
    make.rsvp(event, "Beto Gil", **WAITS)
    make.rsvp(event, "Carla Sanz", **WAITS, **BROUGHT)
    olga.press("Change the places", capacity="9")
    texts = [mail.get_text(" ") for mail in olga.page.select("[data-mail]")]
    assert [("from the list where you signed up" in text) for text in texts].count(True) == 1
    assert len(texts) == 2


def test_who_came_by_a_list_and_got_a_place_by_mail_has_their_ticket(make, event, olga):
    make.rsvp(event, "Carla Sanz", **WAITS, **BROUGHT)
    olga.press("Change the places", capacity="9").press("Yes, and send the email")
    ((row, mail),) = make.mails()
    with make.app.app_context():
        community = db.session.get_one(Event, event.id).community.name
    assert mail.subject == "You have a place: Beers"
    assert f"{community} brought your name and address" in mail.text
    assert "May the other people coming see that you are too?" in mail.text
    olga.open(f"/o/e/{event.slug}/guests/send-tickets")
    assert olga.sees("Nobody is waiting for a ticket")
    assert row.notice_id

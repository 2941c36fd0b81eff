"""/o/e/<event>/guests/<guest>/merge: choose who is the same human, see what the two come to."""

from __future__ import annotations

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import AuditEntry, Encounter, GuestChange, OutboxMail, Rsvp
from eventapp.rsvp.actions import notify
from tests.events.organising import organiser_of


@pytest.fixture
def event(make):
    return make.event(capacity=4)


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def choose(olga, event, rsvp):
    return olga.open(f"/o/e/{event.slug}/guests/{rsvp.id}").follow("Twice on the list?")


def two(olga, event, one, other):
    return olga.open(f"/o/e/{event.slug}/guests/{one.id}/merge?with={other.id}")


def test_who_has_a_name_like_theirs_is_offered_first_and_others_are_found(make, event, olga):
    ana, again = make.rsvp(event, "Ana Ruiz"), make.rsvp(event, "Ana Ruíz", person=None)
    make.rsvp(event, "Beto López", status="maybe")
    page = choose(olga, event, ana)
    assert page.guests() == ["Ana Ruíz"]
    assert page.search("lopez").guests() == ["Beto López"]
    page.search("").follow("Ana Ruíz")
    assert page.url == f"/o/e/{event.slug}/guests/{ana.id}/merge?with={again.id}"


def test_what_they_come_to_is_shown_before_and_is_so_afterwards(make, event, olga):
    ana = make.rsvp(event, "Ana", status="waitlisted", listing="everyone")
    again = make.rsvp(event, "Anna", confirmed_at=None, companions=1, listing="attendees")
    page = two(olga, event, again, ana)
    said = page.one("#afterwards").get_text(" ", strip=True)
    assert f"Email {ana.person.email} instead of {again.person.email}" in said
    assert "Answer Coming · 2 people" in said
    assert "Who may see them The other people coming" in said
    assert page.sees("This can't be undone.")
    page.press("Yes, make them one guest")
    assert page.sees("Ana is one guest now.")
    assert page.url == f"/o/e/{event.slug}/guests/{ana.id}"
    left = make.row(Rsvp, id=ana.id)
    assert (left.status, left.party) == ("going", 2)
    assert [row.verb for row in make.rows(AuditEntry)] == ["guests_merged"]
    assert page.sees("made one guest of two: Ana")


def test_the_history_of_both_stays_and_is_undone_no_more(make, event, olga):
    ana, again = make.rsvp(event, "Ana"), make.rsvp(event, "Anna", person=None)
    olga.open(f"/o/e/{event.slug}/guests/{again.id}").press("Save", name="Ana R.")
    two(olga, event, ana, again).press("Yes, make them one guest")
    assert [row["data-verb"] for row in olga.page.select("#happened [data-verb]")] == [
        "guests_merged",
        "guest_changed",
    ]
    assert not make.rows(GuestChange)
    assert not olga.page.select("#happened button")


def test_who_gets_the_place_is_mailed_once_that_was_asked(make, event, olga):
    pair = [make.rsvp(event, "Ana", companions=1) for _ in range(2)]
    make.rsvp(event, "Beto", status="waitlisted")
    page = two(olga, event, *pair).press("Yes, make them one guest")
    assert page.one("#ask-first").h2.text == "Make one guest of the two?"
    assert len(make.rows(Rsvp)) == 3
    page.press("Yes, and send the email")
    assert [row.name for row in make.rows(Rsvp, status="going")] == ["Ana", "Beto"]
    assert [row.template for row in make.rows(OutboxMail)] == ["rsvp/mail/promoted"]


def write_to(page, event, *guests):
    ticked = "&".join(f"guest={one.id}" for one in guests)
    page.open(f"/o/e/{event.slug}/guests/write?{ticked}")
    page.press("Look at the email", subject="Bring a jumper", words="It's cold.")
    return page.press("Send the email" if len(guests) == 1 else f"Send {len(guests)} emails")


def test_what_was_written_to_the_other_goes_to_who_is_kept(make, event, olga):
    ana, again = make.rsvp(event, "Ana García"), make.rsvp(event, "Ana G.")
    write_to(olga, event, again)
    page = two(olga, event, ana, again)
    said = f"What you wrote to {again.person.email} and hasn't left goes to {ana.person.email}"
    assert page.sees(said)
    assert not page.sees("won't be sent")
    page.press("Yes, make them one guest").press("Yes, and send the email")
    mail = make.row(OutboxMail)
    assert (mail.to_email, mail.about_id) == (ana.person.email, ana.id)
    assert ana.key in mail.values["url"]
    assert page.one("#happened [data-mail='guests/mail/message']")["data-state"] == "waiting"


def test_who_has_it_too_gets_it_once(make, event, olga):
    pair = [make.rsvp(event, "Ana García"), make.rsvp(event, "Ana G.")]
    write_to(olga, event, *pair)
    two(olga, event, *pair).press("Yes, make them one guest")
    assert olga.sees("Ana García is one guest now.")
    assert [mail.to_email for mail in make.rows(OutboxMail)] == [pair[0].person.email]


def test_what_is_not_sent_any_more_is_said(make, event, olga):
    ana, again = make.rsvp(event, "Ana García"), make.rsvp(event, "Ana G.")
    with make.act():
        notify.ticket(db.session.merge(again), at=clock.now())
    page = two(olga, event, ana, again)
    assert page.sees(f"1 email to {again.person.email} hasn't left, and won't be sent.")
    page.press("Yes, make them one guest")
    assert not make.rows(OutboxMail)


def test_who_changed_since_is_shown_again(make, event, browser, olga):
    pair = [make.rsvp(event, "Ana"), make.rsvp(event, "Ana", person=None)]
    page = two(olga, event, *pair)
    browser().open(f"/r/{pair[0].key}").press("Cancel my place")
    page.press("Yes, make them one guest")
    assert page.codes() == ["not_as_seen"]
    assert page.status == 409
    page.press("Yes, make them one guest")
    assert len(make.rows(Rsvp)) == 1


def test_two_accounts_are_told_apart_before_the_yes(make, event, olga):
    ana, again, beto = make.rsvp(event, "Ana"), make.rsvp(event, "Anna"), make.rsvp(event, "Beto")
    with make.act():
        met = {"event_id": event.id, "noter_id": again.id, "met_id": beto.id}
        db.session.add(Encounter(**met, noted_at=clock.now()))
    page = two(olga, event, ana, again)
    stays = f"An entry for {again.person.email} stays under “Taken off the list”"
    assert page.sees(f"{stays}; it holds no place and no ticket.")
    page.press("Yes, make them one guest")
    assert page.sees("Ana is one guest now.")
    own = make.row(Rsvp, person_id=again.person_id)
    assert (own.status, bool(own.removed_at), own.name) == ("cancelled", True, "Anna")
    page.open(f"/o/e/{event.slug}/guests")
    assert sorted(page.guests()) == ["Ana", "Beto"]


def test_of_guests_without_accounts_nothing_is_said_of_addresses(make, event, olga):
    page = two(olga, event, *(make.rsvp(event, "Ana", person=None) for _ in range(2)))
    assert not page.sees("Each address")


@pytest.mark.parametrize("of", ["itself", "another event", "nobody"])
def test_what_are_no_two_guests_of_the_event_is_not_found(make, event, olga, of):
    ana = make.rsvp(event)
    elsewhere = make.rsvp(make.event(), "Ana")
    other = {"itself": ana.id, "another event": elsewhere.id, "nobody": 999999}[of]
    page = olga.open(f"/o/e/{event.slug}/guests/{ana.id}/merge?with={other}")
    assert page.status == 404


def test_whoever_says_no_other_is_asked_who(make, event, olga):
    ana, _ = make.rsvp(event, "Ana"), make.rsvp(event, "Anna", person=None)
    page = two(olga, event, ana, _)
    form = page.one("#merge form")
    page.submit(form, {"csrf_token": form.select_one("[name=csrf_token]")["value"]})
    assert (page.status, page.codes()) == (422, ["required"])
    assert page.guests() == ["Anna"]

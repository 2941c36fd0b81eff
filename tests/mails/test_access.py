"""The mails of an event are its organisers' to see, and nobody else's."""

from __future__ import annotations

import pytest

from tests.door.helpers import at_door
from tests.events.organising import organiser_of
from tests.mails.failing import fail, mailed

READS = ["mail", "mail?state=refused", "mail/again", "guests/{rsvp}/address"]
ACTS = ["mail/again", "mail/{mail}/again", "guests/{rsvp}/address"]


@pytest.fixture
def event(make):
    return make.event()


@pytest.fixture
def path(make, event):
    guest = mailed(make, event, "Ana")
    mail = fail(make, "Ana")

    def fill_in(address: str) -> str:
        return f"/o/e/{event.slug}/" + address.format(rsvp=guest.id, mail=mail.id)

    return fill_in


def attendee(make, browser, event):
    guest = make.rsvp(event)
    return make.signed_in(browser(), guest.person)


def other_organiser(make, browser, event):
    return organiser_of(make, browser, make.event())


@pytest.mark.parametrize("address", READS)
def test_a_stranger_is_asked_to_sign_in(browser, path, address):
    assert browser().open(path(address)).url.startswith("/sign-in?next=")


@pytest.mark.parametrize("address", READS)
@pytest.mark.parametrize("who", [attendee, other_organiser])
def test_others_find_nothing(make, browser, event, path, address, who):
    page = who(make, browser, event).open(path(address))
    assert page.status == 404
    assert not page.sees("ana@example.org")


@pytest.mark.parametrize("address", READS)
def test_a_door_helper_sees_no_address(make, browser, event, path, address):
    page = at_door(make, browser(), event).open(path(address))
    assert page.url.startswith("/sign-in")


@pytest.mark.parametrize("address", ACTS)
@pytest.mark.parametrize("who", [attendee, other_organiser])
def test_others_change_nothing(make, browser, event, path, address, who):
    page = who(make, browser, event).open("/me")
    token = page.page.find(attrs={"name": "csrf_token"})["value"]
    typed = {"csrf_token": token, "email": "mallory@example.org"}
    assert page.client.post(path(address), data=typed).status_code == 404


def test_another_events_mail_is_not_found_by_its_number(make, browser, event, path):
    other = make.event()
    page = organiser_of(make, browser, other).open(f"/o/e/{other.slug}/mail")
    token = page.page.find(attrs={"name": "csrf_token"})["value"]
    for address in ("mail/{mail}/again", "guests/{rsvp}/address"):
        foreign = path(address).replace(f"/o/e/{event.slug}/", f"/o/e/{other.slug}/")
        typed = {"csrf_token": token, "email": "mallory@example.org"}
        assert page.client.post(foreign, data=typed).status_code == 404

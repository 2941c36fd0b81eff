"""Follow a community: by a confirmed address, or in one tap; and stop."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine

from eventapp.core import clock
from eventapp.follow.actions import LINK_VALID, start_following, stop_following
from eventapp.me.actions import forget_people_without_events
from eventapp.model import Community, Follow, OutboxMail, Person
from tests.browser import form_data
from tests.make import Make

ANA = "ana@example.org"


def ask(page: Any, community: Community, email: str = ANA) -> Any:
    return page.open(f"/c/{community.slug}").press("Follow by email", email=email)


def link(make: Make, email: str = ANA) -> str:
    return str(make.mails(email)[0][0].values["url"])


def follows(make: Make, community: Community, person: Person, **more: Any) -> str:
    with make.act():
        return start_following(community, person, at=more.get("at", clock.now())).key


def test_an_address_follows_once_its_mail_has_confirmed_it(
    make: Make, browser: Any, htmx: bool
) -> None:
    community = make.community(name="Beers")
    page = ask(browser(htmx=htmx), community)
    assert page.sees("Check your inbox")
    assert make.rows(Person) == make.rows(Follow) == []
    assert make.mails(ANA)[0][1].subject == "Follow Beers?"
    phone = browser(htmx=htmx).open(link(make))
    assert make.rows(Follow) == []
    phone.press("Yes, follow")
    assert phone.url == f"/c/{community.slug}"
    assert phone.sees("You now follow Beers.")
    person = make.row(Person)
    assert (person.email, bool(person.verified_at)) == (ANA, True)
    assert make.row(Follow).person_id == person.id


def test_the_link_pressed_twice_follows_once(make: Make, browser: Any) -> None:
    community = make.community()
    ask(browser(), community)
    for _ in range(2):
        browser().open(link(make)).press("Yes, follow")
    assert len(make.rows(Follow)) == 1


def test_an_old_or_foreign_link_leads_to_a_new_one(make: Make, browser: Any) -> None:
    community, other = make.community(), make.community()
    ask(browser(), community)
    address = link(make)
    page = browser().open(address.replace(community.slug, other.slug))
    assert (page.status, page.codes()) == (409, ["expired"])
    with time_machine.travel(clock.now() + LINK_VALID * 1.01):
        page = browser().open(address)
        assert (page.status, page.codes()) == (409, ["expired"])
        page.press("Follow by email", email=ANA)
        assert page.sees("Check your inbox")
    assert make.rows(Follow) == []


def test_whoever_is_signed_in_follows_in_one_tap(make: Make, browser: Any, htmx: bool) -> None:
    community, ana = make.community(), make.person()
    page = make.signed_in(browser(htmx=htmx), ana).open(f"/c/{community.slug}")
    page.press("Follow by email")
    assert make.row(Follow).person_id == ana.id
    assert make.mails() == []
    page.press("Stop following")
    assert make.rows(Follow) == []
    assert page.sees("Follow by email")


def test_known_and_unknown_addresses_look_alike(make: Make, browser: Any) -> None:
    community = make.community()
    follows(make, community, make.person(ANA))
    known, unknown = (ask(browser(), community, email) for email in (ANA, "new@example.org"))
    assert known.text == unknown.text
    assert known.status == unknown.status == 200


def test_a_form_sent_twice_is_one_mail(make: Make, browser: Any, htmx: bool) -> None:
    community = make.community()
    page = browser(htmx=htmx).open(f"/c/{community.slug}")
    form = page.one("#follow form")
    data = {**form_data(form), "email": ANA}
    for _ in range(2):
        assert page.submit(form, data).sees("Check your inbox")
    assert len(make.mails(ANA)) == 1
    page.submit(form, {**data, "email": "bea@example.org"})
    assert len(make.mails("bea@example.org")) == 1


@pytest.mark.parametrize(("typed", "code"), [("", "required"), ("ana@", "email")])
def test_what_is_no_address_is_said(
    make: Make, browser: Any, htmx: bool, typed: str, code: str
) -> None:
    page = ask(browser(htmx=htmx), make.community(), typed)
    assert page.status == 422
    assert page.codes() == [code]


def test_strangers_cannot_flood_a_mailbox(make: Make, browser: Any) -> None:
    community = make.community()
    pages = [ask(browser(), community) for _ in range(9)]
    assert pages[-1].codes() == ["too_many_mails"]
    assert len(make.mails(ANA)) == 7


def test_the_link_of_a_mail_asks_before_it_ends(make: Make, browser: Any, htmx: bool) -> None:
    community = make.community(name="Beers")
    key = follows(make, community, make.person(ANA))
    page = browser(htmx=htmx).open(f"/follow/{key}")
    assert page.sees("Stop following Beers?")
    assert len(make.rows(Follow)) == 1
    page.press("Stop following")
    assert page.sees("You no longer follow Beers.")
    assert make.rows(Follow) == []
    assert browser().open(f"/follow/{key}").sees("You no longer follow")


def test_a_mail_program_ends_it_by_itself(make: Make, browser: Any) -> None:
    """RFC 8058: a POST without cookies or a token, answered without a redirect."""
    key = follows(make, make.community(), make.person(ANA))
    client = browser().client
    assert client.post(f"/follow/{key}").status_code == 400
    assert len(make.rows(Follow)) == 1
    for _ in range(2):
        said = {"List-Unsubscribe": "One-Click"}
        assert client.post(f"/follow/{key}", data=said).status_code == 200
        assert make.rows(Follow) == []


def test_organisers_see_a_count_only(make: Make, browser: Any) -> None:
    community = make.community()
    for name in ("Zoraida", "Nuria"):
        follows(make, community, make.person(f"{name}@example.org", name=name))
    draft = make.event(community, published_at=None)
    page = make.signed_in(browser(), make.organiser(community)).open(f"/o/{community.slug}")
    assert page.sees("2 people follow by email")
    page.open(f"/o/e/{draft.slug}")
    assert page.sees("2 people follow by email")
    assert not page.sees("Zoraida")


def test_my_page_shows_and_ends_it(make: Make, browser: Any) -> None:
    community, ana = make.community(name="Beers"), make.person(ANA)
    follows(make, community, ana)
    page = make.signed_in(browser(), ana).open("/me")
    assert page.one("#follows a").get_text() == "Beers"
    file = json.loads(page.client.get("/me/export").data)
    assert [one["community"] for one in file["follows"]] == ["Beers"]
    page.press("Stop following")
    assert make.rows(Follow) == []


def test_who_follows_is_kept_without_events_until_they_stop(make: Make) -> None:
    long_ago = clock.now() - LINK_VALID * 100
    ana = make.person(ANA, created_at=long_ago)
    key = follows(make, make.community(), ana, at=long_ago)
    assert make.due(forget_people_without_events) == 0
    with make.act():
        assert stop_following(key)
    assert make.due(forget_people_without_events) == 1


def test_deleting_oneself_ends_it(make: Make, browser: Any) -> None:
    ana = make.person(ANA)
    follows(make, make.community(), ana)
    page = make.signed_in(browser(), ana).open("/me").follow("Delete me")
    page.press("Delete me for good", sure="yes")
    assert make.rows(Follow) == make.rows(OutboxMail) == []

"""A visitor answers: the place is theirs at once, and nothing personal shows."""

from __future__ import annotations

import secrets

import pytest

from eventapp.core import clock
from eventapp.model import Event, MailedCode, Person, Rsvp


def come(browser, event, button="I'm coming", **fields):
    typed = {"name": "Ana Ruiz", "email": "ana@example.org", **fields}
    return browser.open(f"/e/{event.slug}").press(button, **typed)


def test_a_place_is_taken_before_any_mail_is_read(make, browser, htmx):
    event = make.event(capacity=10)
    ana = come(browser(htmx=htmx), event, companions="2")
    assert ana.sees("3 places")
    assert make.row(Event, id=event.id).seats_taken == 3
    assert make.row(Rsvp).status == "going"


def test_the_mail_brings_the_ticket_and_the_link(make, browser):
    come(browser(), make.event(title="Cañas y datos"))
    row, words = make.mails("ana@example.org")[0]
    rsvp = make.row(Rsvp)
    assert "Cañas y datos" in words.subject
    assert f"/r/{rsvp.key}" in words.text
    assert rsvp.short_code in words.text
    assert row.values["digits"] in words.html
    assert row.values["qr"].endswith(f"/t/{rsvp.ticket}")


def test_the_digits_lead_to_the_ticket_and_confirm_the_address(make, browser, htmx):
    ana = come(browser(htmx=htmx), make.event())
    ana.press("Show my ticket", digits=make.mails()[0][0].values["digits"])
    rsvp = make.row(Rsvp)
    assert ana.url == f"/r/{rsvp.key}"
    assert ana.sees(rsvp.short_code)
    assert ana.one("#ticket svg")
    assert rsvp.is_confirmed
    assert make.row(Person).verified_at


def test_wrong_digits_show_nothing(make, browser, htmx):
    ana = come(browser(htmx=htmx), make.event())
    right = make.mails()[0][0].values["digits"]
    ana.press("Show my ticket", digits="000000" if right != "000000" else "111111")
    assert ana.codes() == ["wrong_digits"]
    assert not ana.sees(make.row(Rsvp).short_code)


def test_digits_whose_answer_was_lost_sign_in_again_and_decide_nothing(make, browser, htmx):
    ana = come(browser(htmx=htmx), make.event(), companions="2")
    page, form = ana.url, ana.one("#digits-form form:has([name=digits])")
    right = make.mails()[0][0].values["digits"]
    ana.press("Show my ticket", digits=right)
    ana.press("Cancel my place")
    ana.client.delete_cookie("sid")
    token = ana.open(page).page.select_one("[name=csrf_token]")["value"]
    ana.submit(form, {"csrf_token": token, "digits": right})
    assert ana.url == f"/r/{make.row(Rsvp).key}"
    assert ana.open("/me").status == 200
    assert make.row(Rsvp).status == "cancelled"


def test_past_the_cap_of_mails_the_place_is_theirs_and_no_digits_match(make, browser):
    event = make.event(capacity=50)
    pages = [come(browser(), event) for _ in range(9)]
    assert len(make.mails("ana@example.org")) == 7
    codes = sorted(make.rows(MailedCode), key=lambda code: code.id)
    assert [bool(code.digits_digest) for code in codes] == [True] * 7 + [False] * 2
    assert pages[8].sees("You have a place")
    assert pages[8].sees("we haven't sent another")
    token = pages[8].page.find(attrs={"name": "csrf_token"})["value"]
    typed = {"digits": make.mails()[0][0].values["digits"], "csrf_token": token}
    pages[8].client.post(pages[8].url, data=typed)
    assert not make.row(Rsvp).is_confirmed


def test_a_short_code_that_another_guest_has_is_drawn_again(make, browser, monkeypatch):
    event = make.event()
    make.rsvp(event, short_code="AAAAAA")
    drawn = iter("AAAAAABCDEFG")
    monkeypatch.setattr(secrets, "choice", lambda alphabet: next(drawn))
    come(browser(), event, email="new@example.org")
    new = make.row(Person, email="new@example.org")
    assert make.row(Rsvp, person_id=new.id).short_code == "BCDEFG"


def test_the_page_never_carries_the_key(make, browser):
    ana = come(browser(), make.event())
    rsvp = make.row(Rsvp)
    for secret in (rsvp.key, rsvp.ticket, rsvp.badge, rsvp.short_code):
        assert secret not in ana.response.text


def test_a_known_address_gets_the_same_page_and_is_not_changed(make, browser):
    event = make.event(capacity=50)
    known = make.person("known@example.org", name="Real Name")
    make.rsvp(event, "Real Name", person=known, companions=1, ask_me_about="bread")
    pages = {}
    for email in ("known@example.org", "fresh@example.org"):
        page = come(browser(), event, name="A Stranger", email=email, companions="3")
        pages[email] = page.text.replace(email, "…")
    assert pages["known@example.org"] == pages["fresh@example.org"]
    rsvp = make.row(Rsvp, person_id=known.id)
    assert (rsvp.name, rsvp.companions, rsvp.ask_me_about) == ("Real Name", 1, "bread")
    assert make.row(Person, id=known.id).name == "Real Name"
    assert "answered" in make.mails("known@example.org")[0][1].subject


def test_a_known_address_gets_the_same_page_when_it_is_full(make, browser):
    event = make.event(capacity=1)
    known = make.person("known@example.org")
    make.rsvp(event, person=known)
    pages = []
    for email in ("known@example.org", "fresh@example.org", "fresher@example.org"):
        page = come(browser(), event, "Put me on the waitlist", email=email)
        assert page.sees("You're on the waitlist")
        pages.append(page.text.replace(email, "…"))
    assert len(set(pages)) == 1
    assert len(make.rows(Rsvp)) == 3


def test_addresses_are_one_whatever_their_case(make, browser):
    event = make.event()
    come(browser(), event, email="Ana@Example.org")
    come(browser(), event, email="ana@example.ORG")
    assert len(make.rows(Rsvp)) == 1


def test_a_double_tap_is_one_answer_and_one_mail(make, browser):
    event = make.event()
    ana = browser().open(f"/e/{event.slug}")
    form = ana.one("#rsvp form")
    once = {"name": "Ana", "email": "ana@example.org", "form_id": form.find(id="form_id")["value"]}
    once["csrf_token"] = form.find(attrs={"name": "csrf_token"})["value"]
    first = ana.submit(form, once).url
    assert ana.submit(form, once).url == first
    assert len(make.mails("ana@example.org")) == 1


def test_what_is_corrected_after_going_back_is_another_answer(make, browser):
    event = make.event()
    ana = browser().open(f"/e/{event.slug}")
    form = ana.one("#rsvp form")
    sent = {field["name"]: field.get("value", "") for field in form.select("[type=hidden]")}
    first = ana.submit(form, {**sent, "name": "Ana", "email": "anna@example.org"}).url
    ana.submit(form, {**sent, "name": "Ana", "email": "ana@example.org"})
    assert ana.url != first
    assert ana.sees("ana@example.org")
    assert len(make.mails("ana@example.org")) == 1


def test_the_event_page_does_not_count_the_places_that_an_answer_takes(make, browser):
    event = make.event(capacity=8)
    known = make.rsvp(event)
    for email in (known.person.email, "fresh@example.org"):
        before = browser().open(f"/e/{event.slug}").text
        come(browser(), event, email=email)
        assert browser().open(f"/e/{event.slug}").text == before
        assert "Few places left" in before


def test_the_number_in_the_queue_comes_by_mail_and_on_the_own_page_alone(make, browser, htmx):
    event = make.event(capacity=1)
    make.rsvp(event)
    make.rsvp(event, "Beto", status="waitlisted")
    ana = come(browser(htmx=htmx), event, "Put me on the waitlist")
    assert not ana.sees("number 2")
    [(mail, words)] = make.mails("ana@example.org")
    assert "You're number 2 on the waitlist" in words.text
    assert ana.press("Show my answer", digits=mail.values["digits"]).sees("You're number 2")
    assert make.row(Event, id=event.id).seats_taken == 1


def test_a_party_larger_than_the_places_left_waits_whole(make, browser, htmx):
    event = make.event(capacity=3)
    make.rsvp(event)
    ana = come(browser(htmx=htmx), event, companions="2")
    assert ana.sees("You're on the waitlist")
    assert not ana.sees("2 places")
    assert make.row(Event, id=event.id).seats_taken == 1
    assert make.row(Rsvp, name="Ana Ruiz", status="waitlisted").companions == 2
    [(_, mailed)] = make.mails("ana@example.org")
    assert "There aren't 3 places left right now" in mailed.text
    assert "ticket" not in mailed.text


def test_who_is_signed_in_goes_straight_to_the_ticket(make, browser, htmx):
    event, person = make.event(), make.person("ana@example.org")
    ana = come(make.signed_in(browser(htmx=htmx), person), event)
    assert ana.url == f"/r/{make.row(Rsvp).key}"
    assert make.row(Rsvp).is_confirmed


def test_who_is_signed_in_cannot_answer_for_another_address(make, browser):
    event = make.event()
    ana = make.signed_in(browser(), make.person("ana@example.org"))
    come(ana, event, email="other@example.org")
    assert "/r/" not in ana.url
    assert not make.row(Rsvp).is_confirmed


@pytest.mark.parametrize("more", [{"published_at": None}])
def test_an_event_that_is_not_published_is_not_there(make, browser, more):
    event = make.event(**more)
    assert browser().open(f"/e/{event.slug}").status == 404


def test_an_event_called_off_takes_nobody(make, browser):
    event = make.event(called_off_at=clock.now())
    page = browser().open(f"/e/{event.slug}")
    assert page.sees("called off")
    assert not page.page.find("input", attrs={"name": "email"})


def test_the_link_unfolds_in_a_chat(make, browser):
    event = make.event(title="Cañas & <datos>", description="**Beer** and talks")
    page = browser().open(f"/e/{event.slug}").page
    og = {tag["property"]: tag["content"] for tag in page.select("meta[property^='og:']")}
    assert og["og:title"] == "Cañas & <datos>"
    assert og["og:url"] == f"http://localhost/e/{event.slug}"
    assert og["og:image"].startswith(f"http://localhost/e/{event.slug}/card.png?v=")
    assert "Beer and talks" in og["og:description"]


def test_the_digits_page_of_one_event_is_not_found_under_another(make, browser):
    ana = come(browser(), make.event())
    page = ana.url.rsplit("/", 1)[1]
    other = make.event()
    assert ana.open(f"/e/{other.slug}/rsvp/{page}").status == 404

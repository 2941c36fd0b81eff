"""The mail did not come: the digits are sent again, or to the address that was meant."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.model import Event, MailedCode, Person, Rsvp
from tests.account.test_sign_in import wrong_for
from tests.browser import form_data
from tests.met.evening import let_in

TYPO, MEANT = "anna@example.org", "ana@example.org"


def answer(browser, event, email=TYPO, **fields):
    page = browser.open(f"/e/{event.slug}")
    return page.press("I'm coming", name="Ana Ruiz", email=email, **fields)


def form_with(page, button):
    """The form that has this button, as a page keeps it that somebody goes back to."""
    return next(form for form in page.page.select("main form") if button in form.get_text())


def digits(make, email):
    return make.mails(email)[0][0].values["digits"]


def test_the_digits_are_sent_again_and_the_newest_open_the_answer(make, browser, htmx):
    ana = answer(browser(htmx=htmx), make.event(), MEANT)
    first = digits(make, MEANT)
    ana.press("Send it again")
    assert ana.sees("Another email is on its way. Only its digits work now.")
    assert len(make.mails(MEANT)) == 2
    if first != digits(make, MEANT):
        assert ana.press("Show my ticket", digits=first).codes() == ["wrong_digits"]
    ana.press("Show my ticket", digits=digits(make, MEANT))
    assert ana.url == f"/r/{make.row(Rsvp).key}"


@pytest.mark.parametrize(
    ("button", "email"), [("Send it again", TYPO), ("Send it to this address", MEANT)]
)
def test_a_double_tap_sends_one_mail_and_ends_on_one_page(make, browser, button, email):
    ana = answer(browser(), make.event(), TYPO)
    first = form_with(ana, button)
    fields = {"email": MEANT} if email == MEANT else {}
    ana.press(button, **fields)
    there, count, mailed = ana.url, len(make.mails()), digits(make, email)
    ana.submit(first, {**form_data(first), **fields})
    assert (ana.url, len(make.mails())) == (there, count)
    ana.press("Show my ticket", digits=mailed)
    assert make.row(Rsvp).is_confirmed


@pytest.mark.parametrize("hours", [0, 2], ids=["void", "expired"])
def test_a_page_whose_digits_are_void_is_no_answer_to_a_second_tap(make, browser, hours):
    ana = answer(browser(), make.event(starts_at=clock.now() + timedelta(days=2)), MEANT)
    first = ana.url
    with time_machine.travel(clock.now() + timedelta(hours=hours)):
        ana.press("Send it again")
        if not hours:
            ana.press("Send it again")
    with time_machine.travel(clock.now() + timedelta(hours=2 * hours)):
        mailed = len(make.mails(MEANT))
        ana.open(first).press("Send it again")
        assert len(make.mails(MEANT)) == mailed + 1
        there = ana.url
        ana.open(first).press("Send it again")
        assert (ana.url, len(make.mails(MEANT))) == (there, mailed + 1)
        ana.press("Show my ticket", digits=digits(make, MEANT))
    assert make.row(Rsvp).is_confirmed


def test_the_same_mail_comes_again_with_its_ticket(make, browser):
    answer(browser(), make.event(), MEANT).press("Send it again")
    assert {row.template for row, _ in make.mails(MEANT)} == {"rsvp/mail/answered"}


def test_the_mail_of_a_second_answer_promises_no_ticket_to_the_waitlist(make, browser):
    event = make.event(capacity=1)
    make.rsvp(event, "Ana R.", person=make.person(MEANT), status="waitlisted")
    answer(browser(), event, MEANT)
    row, words = make.mails(MEANT)[0]
    assert "already" in row.template
    assert "Your answer:" in words.text
    assert "ticket" not in words.text


def test_digits_that_expired_are_replaced(make, browser):
    ana = answer(browser(), make.event(starts_at=clock.now() + timedelta(days=2)), MEANT)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        ana.press("Send it again").press("Show my ticket", digits=digits(make, MEANT))
    assert make.row(Rsvp).is_confirmed


def test_a_corrected_address_takes_the_place_along_with_a_new_ticket(make, browser, htmx):
    event = make.event(capacity=1)
    ana = answer(browser(htmx=htmx), event, listing="attendees")
    before = make.row(Rsvp)
    ana.press("Send it to this address", email=MEANT)
    assert ana.sees(MEANT)
    assert not ana.sees(TYPO)
    rsvp = make.row(Rsvp)
    assert make.row(Person, id=rsvp.person_id).email == MEANT
    assert rsvp.key != before.key
    assert rsvp.ticket != before.ticket
    assert make.row(Event).seats_taken == 1
    ana.press("Show my ticket", digits=digits(make, MEANT))
    assert (make.row(Rsvp).listing, make.row(Rsvp).is_confirmed) == ("attendees", True)
    assert browser().open(f"/r/{before.key}").status == 404


def test_after_wrong_digits_the_page_no_longer_says_that_digits_are_on_their_way(
    make, browser, htmx
):
    ana = answer(browser(htmx=htmx), make.event(), MEANT).press("Send it again")
    assert ana.sees("Only its digits work now")
    for wrong in wrong_for(digits(make, MEANT)):
        ana.press("Show my ticket", digits=wrong)
    assert ana.codes() == ["too_many_tries"]
    assert not ana.sees("Only its digits work now")
    assert MEANT in form_with(ana, "Send it again").find_previous("p").get_text()


@pytest.mark.parametrize("is_known", [False, True])
def test_who_goes_back_after_correcting_is_led_to_the_new_page(make, browser, htmx, is_known):
    event = make.event()
    if is_known:
        make.rsvp(event, "Ana R.", person=make.person(MEANT))
    ana = answer(browser(htmx=htmx), event)
    old, again, digits_there = (
        ana.url,
        form_with(ana, "Send it again"),
        form_with(ana, "Show my ticket"),
    )
    ana.press("Send it to this address", email=MEANT)
    there, rows = ana.url, [(rsvp.id, rsvp.status) for rsvp in make.rows(Rsvp)]
    ana.submit(again, form_data(again))
    assert ana.url == there
    assert ana.open(old).url == there
    assert [(rsvp.id, rsvp.status) for rsvp in make.rows(Rsvp)] == rows
    assert [len(make.mails(email)) for email in (TYPO, MEANT)] == [1, 1]
    ana.submit(digits_there, {**form_data(digits_there), "digits": digits(make, MEANT)})
    assert ana.url.startswith("/r/"), "the old page takes the digits of the new mail"


def test_who_corrects_on_the_old_page_moves_the_same_answer_on(make, browser):
    ana = answer(browser(), make.event())
    old = form_with(ana, "Send it to this address")
    ana.press("Send it again").press("Send it to this address", email="anne@example.org")
    ana.submit(old, {**form_data(old), "email": MEANT})
    assert ana.sees(MEANT)
    rsvp = make.row(Rsvp)
    assert make.row(Person, id=rsvp.person_id).email == MEANT
    ana.press("Show my ticket", digits=digits(make, MEANT))
    assert make.row(Rsvp).is_confirmed


def test_correcting_says_the_same_where_the_mistyped_address_is_known(make, browser):
    event = make.event(capacity=50)
    known = make.rsvp(event, person=make.person("known@example.org"), ask_me_about="bread")
    pages = []
    for email, meant in (("known@example.org", "a@example.org"), (TYPO, "b@example.org")):
        page = answer(browser(), event, email).press("Send it to this address", email=meant)
        pages.append(page.text.replace(meant, "…"))
    assert pages[0] == pages[1]
    now = make.row(Rsvp, id=known.id)
    assert (now.person_id, now.ask_me_about, now.key) == (known.person_id, "bread", known.key)
    assert len(make.rows(Rsvp)) == 3


def test_who_answered_with_the_right_address_before_keeps_that_and_gives_the_other_back(
    make, browser
):
    event = make.event(capacity=5)
    make.rsvp(event, "Ana R.", person=make.person(MEANT))
    answer(browser(), event).press("Send it to this address", email=MEANT)
    assert make.row(Rsvp, name="Ana R.").status == "going"
    assert make.row(Rsvp, name="Ana Ruiz").status == "cancelled"
    assert make.row(Event).seats_taken == 1
    assert "already" in make.mails(MEANT)[0][0].template


def test_who_is_in_stays_in_as_a_name_when_the_address_has_an_answer_already(make, browser):
    event = make.event(capacity=5)
    make.rsvp(event, "Ana R.", person=make.person(MEANT))
    ana = answer(browser(), event)
    came = make.row(Rsvp, name="Ana Ruiz")
    let_in(make, came)
    ana.press("Send it to this address", email=MEANT)
    stays = make.row(Rsvp, name="Ana Ruiz")
    assert (stays.status, stays.person_id) == ("going", None)
    assert make.row(Event).seats_taken == 2
    assert browser().open(f"/r/{came.key}").status == 404  # the other mailbox had it


def test_an_answer_that_its_owner_repeated_is_not_taken_along(make, browser):
    event = make.event()
    stranger, owner = answer(browser(), event, TYPO), answer(browser(), event, TYPO)
    mailed = digits(make, TYPO)
    stranger.press("Send it to this address", email=MEANT)
    owner.press("Show my ticket", digits=mailed)
    people = {row.id: row.email for row in make.rows(Person)}
    assert {people[row.person_id] for row in make.rows(Rsvp)} == {TYPO, MEANT}


def test_once_the_digits_were_typed_nothing_is_mailed_again(make, browser):
    ana = answer(browser(), make.event(), MEANT)
    page, form = ana.url, ana.one("#digits-form form[action$=again]")
    token = form.find(attrs={"name": "csrf_token"})["value"]
    ana.press("Show my ticket", digits=digits(make, MEANT))
    again = ana.open(page)
    assert not again.page.select("#digits-form form[action$=again]")
    token = again.page.find(attrs={"name": "csrf_token"})["value"]
    assert ana.client.post(f"{page}/again", data={"csrf_token": token}).status_code == 409
    assert len(make.rows(MailedCode)) == 1


def test_only_the_page_that_asked_can_have_it_mailed_again(make, browser):
    event = make.event()
    page = answer(browser(), event).url
    elsewhere = browser().open(f"/e/{make.event().slug}")
    token = elsewhere.page.find(attrs={"name": "csrf_token"})["value"]
    typed = {"csrf_token": token, "email": MEANT}
    for verb in ("again", "address"):
        wrong = [
            f"/e/{event.slug}/rsvp/made-up/{verb}",
            page.replace("/e/", "/e/other-") + "/" + verb,
        ]
        for path in wrong:
            assert elsewhere.client.post(path, data=typed).status_code == 404
        assert elsewhere.client.post(f"{page}/{verb}", data={"email": MEANT}).status_code == 400
    assert len(make.mails()) == 1


def test_a_broken_address_is_explained_and_kept(make, browser, htmx):
    ana = answer(browser(htmx=htmx), make.event())
    ana.press("Send it to this address", email="ana@")
    assert (ana.status, ana.codes()) == (422, ["email"])
    assert ana.one("#email")["value"] == "ana@"


def test_the_cap_refuses_and_leaves_the_digits_that_are_there(make, browser):
    ana = answer(browser(), make.event(), MEANT)
    for _ in range(6):
        ana.press("Send it again")
    assert ana.press("Send it again").codes() == ["too_many_mails"]
    assert len(make.mails(MEANT)) == 7
    ana.press("Show my ticket", digits=digits(make, MEANT))
    assert make.row(Rsvp).is_confirmed


def test_after_too_many_wrong_digits_the_same_page_sends_new_ones(make, browser, htmx):
    ana = answer(browser(htmx=htmx), make.event(capacity=1), MEANT)
    for wrong in wrong_for(digits(make, MEANT)):
        ana.press("Show my ticket", digits=wrong)
    assert ana.codes() == ["too_many_tries"]
    ana.press("Send it again").press("Show my ticket", digits=digits(make, MEANT))
    assert ana.url == f"/r/{make.row(Rsvp).key}"
    assert make.row(Event).seats_taken == 1


def test_the_page_still_says_so_when_it_is_opened_again(make, browser, htmx):
    ana = answer(browser(htmx=htmx), make.event(), MEANT)
    form, right = ana.one("form:has([name=digits])"), digits(make, MEANT)
    for wrong in wrong_for(right):
        ana.press("Show my ticket", digits=wrong)
    ana.open(ana.url)
    assert ana.codes() == ["too_many_tries"]
    assert not ana.page.select("[name=digits]")
    ana.submit(form, {**form_data(form), "digits": right})
    assert ana.codes() == ["too_many_tries"]
    assert not make.row(Rsvp).is_confirmed
    ana.press("Send it again").press("Show my ticket", digits=digits(make, MEANT))
    assert ana.url == f"/r/{make.row(Rsvp).key}"


def test_neither_too_many_digits_nor_too_many_mails_are_a_dead_end(make, browser):
    ana = answer(browser(), make.event(), MEANT)
    for _ in range(6):
        ana.press("Send it again")
    page = ana.url
    for wrong in wrong_for(digits(make, MEANT)):
        ana.press("Show my ticket", digits=wrong)
    assert ana.press("Send it again").codes() == ["too_many_mails"]
    assert ana.open(page).codes() == ["too_many_tries"]
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        ana.press("Send it again").press("Show my ticket", digits=digits(make, MEANT))
    assert make.row(Rsvp).is_confirmed


def test_a_page_whose_digits_have_expired_says_so_and_sends_new_ones(make, browser):
    ana = answer(browser(), make.event(starts_at=clock.now() + timedelta(days=2)), MEANT)
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert ana.open(ana.url).sees("have expired")
        ana.press("Send it again").press("Show my ticket", digits=digits(make, MEANT))
    assert make.row(Rsvp).is_confirmed


def test_a_page_whose_digits_were_typed_leads_on(make, browser):
    ana = answer(browser(), make.event(), MEANT)
    page = ana.url
    ana.press("Show my ticket", digits=digits(make, MEANT))
    own = ana.url
    assert ana.open(page).follow("Your ticket and your answer").url == own
    stranger = browser().open(page)
    assert stranger.sees("Sign in")
    assert make.row(Rsvp).key not in stranger.response.text


def test_a_mistyped_domain_is_corrected_by_one_button(make, browser, htmx):
    event = make.event(capacity=1)
    ana = answer(browser(htmx=htmx), event, "ana@gmial.con")
    assert ana.one("[data-meant]")["data-meant"] == "ana@gmail.com"
    ana.press("Yes, send it there")
    assert not ana.page.select("[data-meant]")
    ana.press("Show my ticket", digits=digits(make, "ana@gmail.com"))
    assert make.row(Person, email="ana@gmail.com").verified_at
    assert (make.row(Rsvp).status, make.row(Event).seats_taken) == ("going", 1)


def test_a_form_that_is_refused_asks_about_its_mistyped_domain_too(make, browser):
    page = browser().open(f"/e/{make.event().slug}")
    page.press("I'm coming", name="", email="ana@hotmial.es")
    assert page.one("[data-meant]")["data-meant"] == "ana@hotmail.es"

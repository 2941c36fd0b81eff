"""A mailbox proves itself by a link, or by six digits; a scanner that follows links cannot."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import MailedCode, Organiser, Person, Session
from tests.browser import form_data
from tests.racing import Tap, race


def ask(browser, email="ana@example.org"):
    return browser.open("/sign-in").press("Email me a link", email=email)


def press_again(page, form, email="ana@example.org"):
    sent = {field["name"]: field.get("value", "") for field in form.select("[type=hidden]")}
    return page.submit(form, {**sent, "email": email})


def form_id(form):
    return form.select_one("[name=form_id]")["value"]


def mailed_link(make, email="ana@example.org"):
    return make.mails(email)[0][0].values["url"]


def digits_mailed(make, email="ana@example.org"):
    return make.mails(email)[0][0].values["digits"]


def wrong_for(right):
    """Five that are wrong, all different."""
    return [one for one in (f"{number:06}" for number in range(6)) if one != right][:5]


def test_the_link_signs_in_the_browser_that_asked(make, browser, htmx):
    make.person("ana@example.org")
    ana = ask(browser(htmx=htmx))
    ana.open(mailed_link(make)).press("Sign in")
    assert ana.url == "/me"
    assert not ana.page.find(string="Sign in")


def test_the_digits_sign_in_where_they_were_asked_for(make, browser, htmx):
    ana = ask(browser(htmx=htmx))
    ana.press("Sign in", digits=digits_mailed(make))
    assert ana.url == "/me"
    assert make.row(Person, email="ana@example.org").verified_at


def test_another_browser_is_asked_for_the_digits(make, browser, htmx):
    ask(browser())
    elsewhere = browser(htmx=htmx).open(mailed_link(make)).press("Sign in")
    assert elsewhere.page.find("input", attrs={"name": "digits"})
    assert elsewhere.sees(
        "To be sure that it's you, type the six digits below the link in that email"
    )
    assert not make.rows(Session)
    elsewhere.press("Sign in", digits=digits_mailed(make))
    assert elsewhere.url == "/me"


def test_opening_a_link_changes_nothing(make, browser):
    ana = ask(browser())
    for _ in range(3):
        browser().open(mailed_link(make))
    assert not make.rows(Session)
    assert make.row(MailedCode).used_at is None
    ana.open(mailed_link(make)).press("Sign in")
    assert ana.url == "/me"


def test_a_link_is_good_once(make, browser):
    ana = ask(browser())
    link = mailed_link(make)
    ana.open(link).press("Sign in")
    again = browser().open(link)
    assert (again.status, again.codes()) == (409, ["used"])


@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=11), timedelta(days=6)])
def test_a_used_or_old_link_goes_on_where_its_person_is_signed_in(make, browser, age):
    ana = ask(browser().open("/sign-in?next=/contacts"))
    link = mailed_link(make)
    ana.open(link).press("Sign in")
    with time_machine.travel(clock.now() + age):
        assert ana.open(link).url == "/me"
        assert len(make.rows(Session)) == 1
        bea = make.signed_in(browser(), make.person("bea@example.org")).open(link)
    assert bea.status == 409, "somebody else is signed in"


def test_a_link_is_good_for_ten_minutes(make, browser):
    ana = ask(browser())
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        ana.open(mailed_link(make))
    assert (ana.status, ana.codes()) == (409, ["expired"])


def test_a_link_cut_short_is_not_found(make, browser):
    ana = ask(browser())
    assert ana.open(mailed_link(make)[:-3]).status == 404


def test_wrong_digits_are_counted_and_after_five_the_right_ones_are_refused(make, browser):
    ana = ask(browser())
    right, form = digits_mailed(make), ana.one("#digits-form form")
    *first, last = wrong_for(right)
    for wrong in first:
        ana.press("Sign in", digits=wrong)
        assert ana.codes() == ["wrong_digits"]
    assert ana.press("Sign in", digits=last).codes() == ["too_many_tries"]
    ana.submit(form, {**form_data(form), "digits": right})
    assert ana.codes() == ["too_many_tries"]
    assert not make.rows(Session)


def test_a_page_of_too_many_wrong_digits_stays_shut_and_leads_to_new_ones(make, browser, htmx):
    ana = ask(browser(htmx=htmx))
    for wrong in wrong_for(digits_mailed(make)):
        ana.press("Sign in", digits=wrong)
    ana.open(ana.url)
    assert ana.codes() == ["too_many_tries"]
    assert not ana.page.select("[name=digits]")
    ana.follow("get a new email").press("Email me a link", email="ana@example.org")
    assert ana.press("Sign in", digits=digits_mailed(make)).url == "/me"


def test_who_goes_back_after_too_many_wrong_digits_gets_new_ones(make, browser):
    ana = browser().open("/sign-in")
    form = ana.one("form:has([name=form_id])")
    press_again(ana, form)
    for wrong in wrong_for(digits_mailed(make)):
        ana.press("Sign in", digits=wrong)
    press_again(ana, form).press("Sign in", digits=digits_mailed(make))
    assert ana.url == "/me"


def test_the_right_ones_at_the_last_try_stay_right_when_sent_again(make, browser, htmx):
    ana = ask(browser(htmx=htmx))
    for wrong in wrong_for(digits_mailed(make))[:4]:
        ana.press("Sign in", digits=wrong)
    type_and_lose(ana, digits_mailed(make)).press("Sign in", digits=digits_mailed(make))
    assert ana.url == "/me"


def test_wrong_digits_sent_again_count_once(make, browser, htmx):
    ana = ask(browser(htmx=htmx))
    wrong, *_ = wrong_for(digits_mailed(make))
    for _ in range(7):
        ana.press("Sign in", digits=wrong)
        assert ana.codes() == ["wrong_digits"]
    assert make.row(MailedCode).wrong_tries == 1
    ana.press("Sign in", digits=digits_mailed(make))
    assert ana.url == "/me"


def type_and_lose(page, right):
    """Press the button, and lose the answer with the cookies that it brings."""
    url = page.url
    page.press("Sign in", digits=right)
    page.client.delete_cookie("sid")
    return page.open(url)


def test_right_digits_whose_answer_was_lost_sign_in_when_sent_again(make, browser, htmx):
    ana = ask(browser(htmx=htmx))
    type_and_lose(ana, digits_mailed(make)).press("Sign in", digits=digits_mailed(make))
    assert ana.url == "/me"
    assert ana.open("/me").status == 200


@pytest.mark.parametrize("who", ["another browser", "later", "signed out", "wrong"])
def test_used_digits_sign_in_nobody_else(make, browser, who):
    ana = ask(browser())
    right, page, client = digits_mailed(make), ana.url, browser()
    ana.press("Sign in", digits=right)
    if who == "signed out":
        ana.press("Sign out")
    if who != "another browser":
        client = ana
        ana.client.delete_cookie("sid")
    typed = wrong_for(right)[0] if who == "wrong" else right
    sessions = len(make.rows(Session))
    with time_machine.travel(clock.now() + timedelta(minutes=6 if who == "later" else 1)):
        client.open(page).press("Sign in", digits=typed)
    assert client.codes() == ["wrong_digits" if who == "wrong" else "used"]
    assert len(make.rows(Session)) == sessions


@pytest.mark.parametrize("typed", ["12345", "abc", "", "1234567"])
def test_digits_of_another_shape_are_explained_and_not_counted(make, browser, typed):
    ana = ask(browser()).press("Sign in", digits=typed)
    assert ana.status == 422
    assert ana.codes() == ["digits" if typed.strip() else "required"]
    assert ana.page.find("input", attrs={"name": "digits"})["value"] == typed.strip()
    assert make.row(MailedCode).wrong_tries == 0


def test_an_unknown_address_gets_the_same_page(make, browser):
    make.person("known@example.org")
    known, unknown = ask(browser(), "known@example.org"), ask(browser(), "nobody@example.org")
    assert known.text.replace("known@", "x@") == unknown.text.replace("nobody@", "x@")


@pytest.mark.parametrize("typed", ["ana", "ana@@example.org", "ana@example", "", "аna@example.org"])
def test_a_broken_address_is_explained_and_kept(make, browser, typed, htmx):
    ana = ask(browser(htmx=htmx), typed)
    assert ana.status == 422
    assert set(ana.codes()) <= {"email", "required"}
    assert ana.one("#email")["value"] == typed
    assert not make.mails()


def test_a_double_tap_is_one_mail_and_one_page(make, browser, htmx):
    ana = browser(htmx=htmx).open("/sign-in")
    form = ana.one("#sign-in form")
    first = press_again(ana, form).url
    assert press_again(ana, form).url == first
    assert len(make.mails("ana@example.org")) == 1
    press_again(ana, form, email="ana@example.net")
    assert len(make.mails("ana@example.net")) == 1
    press_again(ana, form).press("Sign in", digits=digits_mailed(make))
    assert ana.client.get("/me").status_code == 200


@pytest.mark.parametrize("hours", [0, 1], ids=["used", "expired"])
def test_the_form_of_a_mail_that_is_good_no_more_asks_for_another(make, browser, hours):
    ana = browser().open("/sign-in")
    form = ana.one("#sign-in form")
    first = press_again(ana, form).url
    if not hours:
        ana.press("Sign in", digits=digits_mailed(make))
        form.select_one("[name=csrf_token]").replace_with(ana.page.select("[name=csrf_token]")[0])
    with time_machine.travel(clock.now() + timedelta(hours=hours)):
        assert press_again(ana, form).url != first
    assert len(make.mails("ana@example.org")) == 2


@pytest.mark.slow
def test_two_taps_at_the_same_moment_are_one_mail(app, make, browser):
    forms = [browser().open("/sign-in").one("#sign-in form") for _ in range(5)]
    taps = [
        Tap("/sign-in", None, {"email": f"ana{number}@example.org", "form_id": form_id(form)})
        for number, form in enumerate(forms)
    ]
    assert set(chain(*race(app, taps, taps))) == {303}
    assert len(make.mails()) == len(taps)


def test_mails_to_one_address_are_capped_and_the_page_says_so(make, browser):
    pages = [ask(browser()) for _ in range(8)]
    assert len(make.mails("ana@example.org")) == 7
    assert [page.codes() for page in pages] == [[]] * 7 + [["too_many_mails"]]
    assert len({page.text for page in pages[:7]}) == 1
    assert pages[7].sees("No email was sent this time")
    assert not pages[7].sees("an email is on its way")


def test_past_the_cap_no_link_and_no_digits_match(make, browser):
    for _ in range(8):
        ana = ask(browser())
    newest = max(make.rows(MailedCode), key=lambda code: code.id)
    assert (newest.token_digest, newest.digits_digest) == (None, None)
    token = ana.page.find(attrs={"name": "csrf_token"})["value"]
    older = digits_mailed(make)
    tried = [
        ana.client.post(ana.url, data={"digits": digits, "csrf_token": token}).status_code
        for digits in (older, *wrong_for(older))
    ]
    assert tried == [422] * 4 + [409] * 2
    assert not make.rows(Session)


def test_a_link_from_the_command_line_needs_no_digits(app, make, browser):
    make.person("olga@example.org")
    result = app.test_cli_runner().invoke(args=["sign-in-link", "OLGA@example.org"])
    assert result.exit_code == 0
    olga = browser().open(result.output.strip()).press("Sign in")
    assert olga.url == "/me"


@pytest.mark.parametrize("number", [1, 2])
def test_an_organiser_lands_on_the_agenda_or_on_the_list_of_communities(make, browser, number):
    communities = [make.community() for _ in range(number)]
    olga = make.organiser(communities[0], "olga@example.org")
    with make.act():
        for other in communities[1:]:
            row = {"community_id": other.id, "person_id": olga.id, "since": clock.now()}
            db.session.add(Organiser(**row))
    link = make.sign_in_link(olga)
    page = browser().open(link).press("Sign in")
    agenda = f"/o/{communities[0].slug}"
    assert page.url == (agenda if number == 1 else "/o/")
    assert page.open(link).url == page.url, "and the link goes on to lead there"


def test_an_organiser_who_was_going_somewhere_lands_there(make, browser):
    address = "olga@example.org"
    make.organiser(make.community(), address)
    olga = browser().open("/sign-in?next=/contacts").press("Email me a link", email=address)
    olga.open(mailed_link(make, address)).press("Sign in")
    assert olga.url == "/contacts"


def test_the_command_says_whom_it_does_not_know(app):
    result = app.test_cli_runner().invoke(args=["sign-in-link", "nobody@example.org"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nobody@example.org" in result.stderr


def test_who_signs_out_is_asked_again(make, browser):
    ana = make.signed_in(browser(), make.person())
    assert ana.open("/me").press("Sign out").sees("You're signed out.")
    assert ana.open("/me").url.startswith("/sign-in?next=")


def test_signing_out_everywhere_ends_every_browser(make, browser):
    person = make.person()
    phone, laptop = make.signed_in(browser(), person), make.signed_in(browser(), person)
    phone.open("/me").press("Sign out everywhere")
    assert laptop.open("/me").url.startswith("/sign-in")


@pytest.mark.parametrize("bad", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_sent_to_another_site_after_signing_in(make, browser, bad):
    ana = browser().open(f"/sign-in?next={bad}").press("Email me a link", email="ana@example.org")
    ana.open(mailed_link(make)).press("Sign in")
    assert ana.url == "/me"


def test_signing_in_goes_where_one_was_going(make, browser):
    ana = browser().open("/me/card").press("Email me a link", email="ana@example.org")
    ana.open(mailed_link(make)).press("Sign in")
    assert ana.url == "/me/card"

"""Hosts gather a recap: it is published, mailed once to who was there, and taken back."""

from __future__ import annotations

from collections.abc import Callable

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.impressions.actions import mail_recaps
from eventapp.mails.kinds import says_now
from eventapp.model import (
    AuditEntry,
    CheckIn,
    Community,
    Event,
    OutboxMail,
    Person,
    Recap,
    Rsvp,
)
from tests.browser import Browser, form_data
from tests.impressions.evening import EDIT, GATHERED, PUBLIC, WORDS, came, publish, wrote
from tests.make import Make
from tests.met.evening import hours_ago, let_in

Browsers = Callable[..., Browser]


def test_it_is_private_until_it_is_published_and_again_once_taken_back(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp
) -> None:
    olga.open(EDIT).press("Save", words="A **good** one. https://example.org")
    assert browser().open(PUBLIC).response.status_code == 404
    assert not browser().open("/e/may").sees("What it was like")
    publish(olga)
    page = browser().open(PUBLIC)
    assert page.one("#recap a")["href"] == "https://example.org"
    olga.press("Make it private again")
    assert browser().open(PUBLIC).response.status_code == 404
    assert not browser().open("/e/may").sees("What it was like")
    assert olga.open(EDIT).sees("A **good** one.")


def test_no_quotes_are_none_and_not_nobody(
    make: Make, browser: Browsers, olga: Browser, beers: Community
) -> None:
    assert olga.open(EDIT).sees("No quotes yet.")
    spanish = make.signed_in(browser(language="es"), make.organiser(beers))
    assert spanish.open(EDIT).sees("Aún no hay citas.")


def test_what_is_typed_is_published_with_it(
    make: Make, browser: Browsers, olga: Browser, htmx: bool
) -> None:
    olga.htmx = htmx
    olga.open(EDIT).press("Publish the recap", words="It was loud, and good")
    assert browser().open(PUBLIC).sees("It was loud, and good")
    verbs = [row.verb for row in make.rows(AuditEntry)]
    assert verbs == ["recap_changed", "recap_published"]


def test_an_event_that_is_on_has_none_yet(make: Make, browser: Browsers) -> None:
    beers = make.community()
    make.event(beers, slug="now", starts_at=hours_ago(1))
    olga = make.signed_in(browser(), make.organiser(beers)).open("/o/e/now/recap")
    assert olga.sees("once the event is over")
    form = olga.one("#recap-form form")
    assert olga.submit(form, {**form_data(form), "then": "publish"}).codes() == ["recap_too_early"]
    assert not [row for row in make.rows(Recap) if row.published_at]


def test_quotes_stand_in_the_order_that_hosts_give_them(
    make: Make, browser: Browsers, olga: Browser, event: Event
) -> None:
    for name in ("one", "two", "three"):
        wrote(make, came(make, event, name), f"Word {name}", "everyone")
        olga.open(GATHERED).press("Quote it in the recap")
    publish(olga)
    assert words_quoted(browser()) == ["Word one", "Word two", "Word three"]
    press_at(olga, "Word three", "up")
    press_at(olga, "Word one", "down")
    assert words_quoted(browser()) == ["Word three", "Word one", "Word two"]


def test_each_button_says_whose_quote_it_is_about(
    make: Make, olga: Browser, event: Event, ana: Rsvp, bea: Rsvp
) -> None:
    for rsvp in (ana, bea):
        wrote(make, rsvp, f"Ask {rsvp.name} first", "everyone")
        olga.open(GATHERED).press("Quote it in the recap")
    for place in (GATHERED, EDIT):
        buttons = olga.open(place).page.select("[data-chosen] button, [data-impression] button")
        names = {str(button.get("aria-label")) for button in buttons}
        assert len(names) == len(buttons) >= 4
        assert all(" first”, by " in name for name in names)
    assert "Up: “Ask Bea Gil first”, by Bea Gil" in names


def words_quoted(page: Browser) -> list[str]:
    return [each.text for each in page.open(PUBLIC).page.select("[data-quote] blockquote")]


def press_at(olga: Browser, words: str, way: str) -> None:
    rows = olga.open(EDIT).page.select("[data-chosen]")
    row = next(each for each in rows if words in each.text)
    (form,) = (each for each in row.select("form") if str(each["action"]).endswith(f"/{way}"))
    olga.submit(form, {"csrf_token": str(form.select("[name=csrf_token]")[0]["value"])})


def test_numbers_are_about_five_or_more_and_tell_of_no_few(
    make: Make, browser: Browsers, olga: Browser, event: Event
) -> None:
    count_came(make, event, 4)
    publish(olga)
    assert not browser().open(PUBLIC).page.select("[data-numbers]")
    count_came(make, event, 12)
    for number in range(12):
        came(make, event, f"Guest {number}")
    words = browser().open(PUBLIC).one("[data-numbers]").text
    assert "12 people came" in words
    assert "Vinieron 12 personas" in browser(language="es").open(PUBLIC).one("[data-numbers]").text
    assert "first time" not in words  # all of them: it would tell of each that they were new
    before = make.event(make_community(make, event), starts_at=hours_ago(900))
    for rsvp in make.rows(Rsvp, event_id=event.id)[:5]:
        person = make.row(Person, id=rsvp.person_id)
        let_in(make, make.rsvp(before, rsvp.name, person=person))
    assert "At least 5 of them for the first time" in browser().open(PUBLIC).text
    olga.open(EDIT).press("Save", words="Hi", shows_numbers="")
    assert not browser().open(PUBLIC).page.select("[data-numbers]")


def count_came(make: Make, event: Event, people: int) -> None:
    with make.act():
        db.session.get_one(Event, event.id).admitted = people


def make_community(make: Make, event: Event) -> Community:
    community: Community = make.row(Community, id=event.community_id)
    return community


def test_it_is_mailed_once_to_who_was_there_after_asking(
    make: Make, browser: Browsers, olga: Browser, event: Event, ana: Rsvp
) -> None:
    make.rsvp(event, "Nil Mas")  # who did not come
    ended = came(make, event, "Eva Sol")
    with make.act():
        db.session.get_one(Person, ended.person_id).met_mail_ended_at = clock.now()
    olga.open(EDIT).press("Save", words="It was good")
    publish(olga).press("Email it to who was there…")
    assert olga.sees("Ana Ruiz gets an email")
    assert olga.sees("It was good")
    assert make.due(mail_recaps) == 0
    olga.press("Yes, and send the email")
    assert make.due(mail_recaps) == 1
    assert make.due(mail_recaps) == 0
    assert [row.to_email for row, _ in make.mails()] == [ana.person.email]
    assert "It was good" in recap_for_reader(make, ana)
    assert make.rows(AuditEntry)[-1].verb == "recap_mailed"
    olga.open(EDIT).press("Email it to who was there…")
    assert olga.sees("nobody gets it twice")
    assert make.due(mail_recaps) == 0


def recap_for_reader(make: Make, rsvp: Rsvp) -> str:
    """What a reader's recap says if it is sent now."""
    with make.act():
        mail = db.session.query(OutboxMail).filter_by(about_id=rsvp.id).one()
        return repr(says_now(mail, clock.now()))


def test_a_mail_that_waits_says_what_its_reader_may_read_by_then(
    make: Make, browser: Browsers, olga: Browser, event: Event, ana: Rsvp
) -> None:
    bea, cai = came(make, event, "Bea Gil"), came(make, event, "Cai Mas", listing="nobody")
    wrote(make, bea, "From Bea", "everyone")
    wrote(make, cai, "From Cai", "everyone")
    for _ in range(2):
        olga.open(GATHERED).press("Quote it in the recap")
    publish(olga).press("Email it to who was there…").press("Yes, and send 3 emails")
    make.due(mail_recaps)
    said = recap_for_reader(make, ana)
    assert "From Bea" in said
    assert "Bea Gil" in said
    assert "From Cai" in said
    assert "Cai Mas" not in said
    page = make.signed_in(browser(), ana.person).open(f"/e/may/conduct/{bea.id}")
    page.press("Block Bea Gil")
    browser().open(f"/r/{cai.key}/impressions").press("Withdraw it")
    said = recap_for_reader(make, ana)
    assert "From Bea" not in said
    assert "From Cai" not in said
    assert "From Bea" in recap_for_reader(make, cai)
    assert "From Bea" not in page.open(PUBLIC).text
    olga.open(EDIT).press("Make it private again")
    assert recap_for_reader(make, cai) == "None"


def test_who_turns_out_not_to_have_come_gets_none_and_is_not_quoted(
    make: Make, browser: Browsers, olga: Browser, event: Event, ana: Rsvp
) -> None:
    came(make, event, "Bea Gil")
    wrote(make, ana, audience="everyone")
    olga.open(GATHERED).press("Quote it in the recap")
    publish(olga).press("Email it to who was there…").press("Yes, and send 2 emails")
    make.due(mail_recaps)
    with make.act():
        db.session.query(CheckIn).filter_by(rsvp_id=ana.id).delete()
    assert recap_for_reader(make, ana) == "None"
    assert not browser().open(PUBLIC).sees(WORDS)


def test_a_form_of_an_older_recap_saves_nothing(olga: Browser, make: Make) -> None:
    form = olga.open(EDIT).one("#recap-form form")
    olga.press("Save", words="First")
    token = {"csrf_token": str(form.select("[name=csrf_token]")[0]["value"])}
    made_from = {"made_from": str(form.select("[name=made_from]")[0]["value"])}
    olga.submit(form, {**token, **made_from, "words": "Second", "shows_numbers": "y"})
    assert olga.codes() == ["edited_meanwhile"]
    assert [row.words for row in make.rows(Recap)] == ["First"]

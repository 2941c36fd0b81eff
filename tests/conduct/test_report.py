"""A guest tells the organisers of somebody, who answer; whom it is about learns nothing of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from eventapp.conduct.actions import forget_old_reports, tell_of_reports
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.mails.kinds import says_now
from eventapp.model import (
    AuditEntry,
    Community,
    ConductAnswer,
    ConductReport,
    Event,
    Organiser,
    OutboxMail,
    Rsvp,
)
from eventapp.model.limits import REPORTS_A_DAY_MOST
from tests.browser import Browser, form_data
from tests.html import words_of
from tests.make import Make
from tests.met.evening import last_night

Browsers = Callable[..., Browser]
WORDS = "They wouldn't let me leave <b hx-get='/me/delete'>"


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers", name="Beers", contact_email="beers@example.org")


@pytest.fixture
def event(make: Make, beers: Community) -> Event:
    make.organiser(beers, "olga@example.org")
    return last_night(make, community=beers, slug="may", title="Beers in May")


@pytest.fixture
def pair(make: Make, event: Event) -> tuple[Rsvp, Rsvp]:
    """Ana, who reports, and Bea."""
    ana, bea = (make.rsvp(event, name, listing="attendees") for name in ("Ana Ruiz", "Bea Gil"))
    return ana, bea


def signed_in(make: Make, browser: Browsers, email: str, **more: Any) -> Browser:
    people = {row.person.email: row.person for row in _organisers(make)}
    page: Browser = make.signed_in(browser(**more), people[email])
    return page


def _organisers(make: Make) -> list[Organiser]:
    with make.act():
        rows = db.session.query(Organiser).all()
        assert all(row.person for row in rows)
        return rows


def tell(make: Make, browser: Browsers, ana: Rsvp, whom: Rsvp | None, **fields: str) -> Browser:
    page = make.signed_in(browser(), ana.person)
    page.open(f"/e/may/conduct/{whom.id}" if whom else "/e/may/conduct")
    return page.press("Send it to the hosts", **{"words": WORDS, **fields})


def test_a_report_is_read_answered_and_closed(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    page = make.signed_in(browser(htmx=htmx), ana.person).open("/e/may/people")
    page.follow("Block or report").press("Send it to the hosts", words=WORDS)
    assert page.sees("The hosts have it.")
    olga = signed_in(make, browser, "olga@example.org", htmx=htmx)
    assert olga.open("/o/e/may").one("#to-answer")
    olga.open("/o/beers").follow("Reports")
    assert olga.sees("One report from a guest to look at")
    assert olga.sees("About Bea Gil")
    assert olga.sees(WORDS)
    assert not olga.page.select("[hx-get='/me/delete']")
    assert "Ana Ruiz" not in olga.text
    olga.press("Send the answer", words="We'll talk to them.")
    assert olga.sees("Your answer is on its way to them, and to nobody else.")
    ((mail, said),) = make.mails(ana.person.email)
    assert "We'll talk to them." in said.text
    assert re.search(r"https?://\S+/me#reports$", said.text, re.MULTILINE)
    assert mail.about_id is None
    assert page.open("/me").sees("We'll talk to them.")
    olga.open("/o/beers/conduct").press("Close this report")
    assert olga.one("[data-report]")["data-open"] == "no"
    assert not olga.open("/o/e/may").page.select("#to-answer")
    assert not make.mails(bea.person.email)


def test_each_of_two_reports_is_answered_on_its_own(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], htmx: bool
) -> None:
    ana, bea = pair
    tell(make, browser, ana, bea)
    tell(make, browser, ana, None, words="The music was too loud")
    page = signed_in(make, browser, "olga@example.org", htmx=htmx).open("/o/beers/conduct")
    assert page.sees("2 reports from guests to look at")
    _, second = page.page.select("[data-report]")
    form = second.select("form")[0]
    page.submit(form, {**form_data(form), "words": ""})
    wrong = page.page.select("[aria-invalid='true']")
    assert [one["id"] for one in wrong] == [f"words-{second['data-report']}"]
    form = page.page.select(f"#{second['id']} form")[0]
    page.submit(form, {**form_data(form), "words": "We turned it down."})
    assert [row.report_id for row in make.rows(ConductAnswer)] == [int(str(second["data-report"]))]


def test_hosts_see_who_reports_only_if_they_may(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    ana_as = make.signed_in(browser(), ana.person)
    ana_as.open(f"/e/may/conduct/{bea.id}").press("Send it to the hosts", words="Named", named="y")
    page = signed_in(make, browser, "olga@example.org").open("/o/beers/conduct")
    assert page.sees("from Ana Ruiz")


def test_it_comes_once_however_often_it_is_sent(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    page = make.signed_in(browser(), pair[0].person).open("/e/may/conduct")
    form = page.one("#report form")
    data = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
    del data["named"]
    for _ in range(2):
        page.submit(form, {**data, "words": WORDS, "about": ""})
    assert [row.subject for row in make.rows(ConductReport)] == ["event"]


def test_it_goes_by_the_key_in_a_mail(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = browser().open(f"/r/{ana.key}/met").follow("Somebody you don't want to meet")
    page.search("bea").follow("Bea Gil").press("Send it to the hosts", words=WORDS)
    assert page.sees("The hosts have it.")
    (row,) = make.rows(ConductReport)
    assert (row.reporter_id, row.about_id) == (ana.person_id, bea.person_id)


@pytest.fixture
def host(make: Make, event: Event, beers: Community) -> Rsvp:
    """Hugo, who organises as well, comes, and is named on public pages."""
    person = make.organiser(beers, "hugo@example.org")
    with make.act():
        row = db.session.query(Organiser).filter_by(person_id=person.id).one()
        row.named_since = clock.now()
    return make.rsvp(event, "Hugo Host", person=person, listing="attendees")


def hosts_told(make: Make) -> list[str]:
    return sorted(row.to_email for row in make.rows(OutboxMail) if "reported" in row.template)


def test_a_host_sees_nothing_of_a_report_about_them(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], host: Rsvp
) -> None:
    tell(make, browser, pair[0], host)
    olga = signed_in(make, browser, "olga@example.org").open("/o/beers/conduct")
    assert olga.sees("About Hugo Host")
    olga.press("Send the answer", words="Thank you.").press("Close this report")
    tell(make, browser, pair[0], host, words="Again")
    assert make.due(tell_of_reports) == 1
    assert hosts_told(make) == ["olga@example.org"]
    hugo = signed_in(make, browser, "hugo@example.org")
    assert hugo.open("/o/beers/conduct").sees("Nothing has been reported.")
    assert not hugo.open("/o/e/may").page.select("#to-answer")
    assert [row["data-verb"] for row in hugo.open("/o/beers/log").page.select("[data-verb]")] == []
    logged = [row["data-verb"] for row in olga.open("/o/beers/log").page.select("[data-verb]")]
    assert logged == ["report_closed", "report_answered"]
    report_id = make.rows(ConductReport)[-1].id
    for act in ("answer", "close"):
        token = hugo.open("/me").page.select("[name=csrf_token]")[0]["value"]
        path = f"/o/beers/conduct/{report_id}/{act}"
        sent = {"csrf_token": token, "words": "Who says that?"}
        assert hugo.client.post(path, data=sent).status_code == 404


def test_a_page_about_somebody_does_not_tell_whether_they_organise(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], host: Rsvp
) -> None:
    ana, bea = pair
    page = make.signed_in(browser(), ana.person)
    about = [page.open(f"/e/may/conduct/{one.id}").one("#report") for one in (bea, host)]
    said = [words_of(report) for report in about]
    assert said[0] == said[1]


def test_a_named_host_who_is_not_on_the_list_is_chosen(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], host: Rsvp
) -> None:
    (hugo,) = [row for row in make.rows(Organiser) if row.person_id == host.person_id]
    tell(make, browser, pair[0], None, about=str(hugo.id))
    (row,) = make.rows(ConductReport)
    assert (row.subject, row.about_id) == ("person", host.person_id)


def test_the_only_host_is_reported_elsewhere_which_is_said_before(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], beers: Community
) -> None:
    ana, _ = pair
    (olga,) = _organisers(make)
    with make.act():
        there = db.session.get_one(Organiser, olga.id)
        there.named_since = clock.now()
    here = make.row(Event)
    own = make.rsvp(here, "Olga", person=olga.person, listing="attendees")
    page = make.signed_in(browser(), ana.person).open(f"/e/may/conduct/{own.id}")
    assert page.sees("only the one it's about would read it")
    assert page.one("#report a[href='mailto:beers@example.org']")
    assert not page.page.select("#report form")
    general = page.open("/e/may/conduct")
    assert general.sees("There's only one host. Is it about them?")
    assert general.one("#report a[href='mailto:beers@example.org']")
    token = general.page.select("[name=csrf_token]")[0]["value"]
    sent = {"csrf_token": token, "words": WORDS}
    for path, more in ((f"/e/may/conduct/{own.id}", {}), ("/e/may/conduct", {"about": olga.id})):
        answer = page.client.post(f"{path}/report", data={**sent, **more})
        assert answer.status_code == 409
    assert not make.rows(ConductReport)


def test_the_only_hosts_own_address_is_not_offered(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp], monkeypatch: pytest.MonkeyPatch
) -> None:
    with make.act():
        db.session.query(Community).one().contact_email = "Olga@example.org"
    monkeypatch.setitem(make.app.config, "ABUSE_CONTACT", ["mailto:abuse@example.org"])
    page = make.signed_in(browser(), pair[0].person).open("/e/may/conduct")
    links = [link["href"] for link in page.page.select("#report ul a")]
    assert links == ["mailto:abuse@example.org"]


def test_where_nobody_else_can_be_written_to_no_address_is_announced(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    with make.act():
        db.session.query(Community).one().contact_email = "olga@example.org"
    page = make.signed_in(browser(), pair[0].person).open("/e/may/conduct")
    assert page.sees("There's only one host. Is it about them? We know of nobody else")
    assert not page.sees("one of these")
    assert not page.page.select("#report ul")


def test_a_mail_gathers_what_comes_within_an_hour(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    tell(make, browser, ana, bea)
    assert make.due(tell_of_reports) == 1
    tell(make, browser, ana, None)
    assert make.due(tell_of_reports) == 0
    with time_machine.travel(clock.now() + timedelta(hours=1, minutes=1)):
        assert make.due(tell_of_reports) == 1
        assert make.due(tell_of_reports) == 0
    later, first = (said for _, said in make.mails("olga@example.org"))
    assert first.subject == "Beers: one report from a guest"
    assert later.subject == "Beers: 2 reports from guests"
    assert not any(word in first.text + later.text for word in ("leave", "Ana", "Bea"))


def test_a_mail_about_reports_is_not_sent_once_they_are_closed(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    tell(make, browser, *pair)
    make.due(tell_of_reports)
    page = signed_in(make, browser, "olga@example.org").open("/o/beers/conduct")
    with make.act():
        mail = db.session.query(OutboxMail).one()
        assert says_now(mail, clock.now())
    page.press("Close this report")
    with make.act():
        assert says_now(db.session.query(OutboxMail).one(), clock.now()) is None


def test_reports_of_a_day_are_limited(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    for number in range(REPORTS_A_DAY_MOST):
        tell(make, browser, *pair, words=f"No. {number}")
    page = tell(make, browser, *pair, words="Too many")
    assert page.status == 409
    assert page.sees(f"You've sent {REPORTS_A_DAY_MOST} reports within a day.")
    assert "Too many" in page.one("#report textarea").get_text()
    page.press("Send it to the hosts", words="x" * 4000)
    assert page.status == 422
    assert len(make.rows(ConductReport)) == REPORTS_A_DAY_MOST


def test_whom_one_blocked_can_still_be_reported(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    page = make.signed_in(browser(), ana.person).open(f"/e/may/conduct/{bea.id}")
    page.press("Block Bea Gil").press("Send it to the hosts", words=WORDS)
    (row,) = make.rows(ConductReport)
    assert row.about_id == bea.person_id


def test_reports_are_in_the_file_and_go_with_who_made_them(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    ana, bea = pair
    tell(make, browser, ana, bea)
    tell(make, browser, bea, ana)
    page = make.signed_in(browser(), ana.person)
    told = json.loads(page.client.get("/me/export").text)["reports_to_organisers"]
    assert [report["words"] for report in told] == [WORDS]
    page.open("/me/delete").press("Delete me")
    (left,) = make.rows(ConductReport)
    assert (left.reporter_id, left.subject, left.about_id) == (bea.person_id, "person", None)
    olga = signed_in(make, browser, "olga@example.org").open("/o/beers/conduct")
    assert olga.sees("About somebody who has been deleted")


def test_they_are_kept_as_long_as_the_community_keeps_the_rest(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    tell(make, browser, *pair)
    with time_machine.travel(clock.now() + timedelta(days=360)):
        assert make.due(forget_old_reports) == 0
    with time_machine.travel(clock.now() + timedelta(days=370)):
        assert make.due(forget_old_reports) == 1


def test_the_log_has_no_word_of_a_report(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    tell(make, browser, *pair)
    olga = signed_in(make, browser, "olga@example.org").open("/o/beers/conduct")
    olga.press("Send the answer", words="Thank you.")
    page = olga.open("/o/beers/log")
    assert page.sees("Olga Organiser answered a report")
    assert not any(word in page.text for word in ("leave", "Bea Gil", "Ana Ruiz", "Thank"))
    assert [row.fields for row in make.rows(AuditEntry)] == [[]]

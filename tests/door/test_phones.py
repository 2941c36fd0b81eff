"""The phones that came by a door link: listed with when they were seen, sent away one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.door.passes import see_phone
from eventapp.model import Community, DoorPass
from tests.door.helpers import at_door, post
from tests.html import words_of
from tests.make import utc

STARTS = utc(2026, 12, 1, 18)
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def event(make):
    return make.event(starts_at=STARTS)


@pytest.fixture
def clock_at():
    with time_machine.travel(STARTS, tick=False) as moved:
        yield moved


@pytest.fixture
def link(make, event):
    return make.door_link(event, "Garden")


def open_link(browser, link, user_agent=CHROME):
    browser.client.environ_base["HTTP_USER_AGENT"] = user_agent
    return browser.open(f"/door/{link.secret}").press("Open the door")


def organiser(make, browser, event):
    return make.signed_in(browser(), make.organiser(make.row(Community, id=event.community_id)))


def phones_on(page):
    return [words_of(row) for row in page.page.select("[data-phone]")]


def test_each_phone_is_listed_with_what_it_is_and_when_it_came(
    make, browser, event, link, clock_at
):
    open_link(browser(), link)
    clock_at.shift(timedelta(minutes=5))
    open_link(browser(), link, "Mozilla/5.0 (iPhone) Version/18 Mobile/15E148 Safari/604.1")
    page = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors")
    first, second = phones_on(page)
    assert first.startswith("iPhone, Safari opened 1 Dec 2026, 19:05 · seen just now")
    assert second.startswith("Android, Chrome opened 1 Dec 2026, 19:00 · seen 5 minutes ago")


@pytest.mark.parametrize(("count", "is_open"), [(3, True), (4, False)])
def test_many_phones_are_folded(make, browser, event, link, count, is_open):
    for _ in range(count):
        open_link(browser(), link)
    page = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors")
    [fold] = [each for each in page.page.select("details") if each.select("li[data-phone]")]
    assert fold.summary.get_text() == f"{count} phones"
    assert fold.has_attr("open") == is_open


def test_a_browser_that_says_nothing_is_a_phone(make, browser, event, link, clock_at):
    open_link(browser(), link, "<script>")
    page = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors")
    assert phones_on(page)[0].startswith("A phone opened")


def test_a_phone_seen_long_ago_says_when(make, browser, event, link, clock_at):
    open_link(browser(), link)
    clock_at.shift(timedelta(hours=2))
    page = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors")
    assert "seen last 1 Dec 2026, 19:00" in phones_on(page)[0]


def test_an_act_notes_that_its_phone_was_seen_once_a_minute(
    make, browser, event, link, clock_at, count_queries
):
    tickets = [make.rsvp(event).ticket for _ in range(3)]
    phone = open_link(browser(), link)
    clock_at.shift(timedelta(minutes=7, seconds=20))
    written = []
    for ticket in tickets:
        with count_queries() as queries:
            post(phone, f"/e/{event.slug}/door/scan", code=ticket)
        written.append(len([one for one in queries if "UPDATE door_pass" in one]))
        clock_at.shift(timedelta(seconds=5))
    assert written == [1, 0, 0]
    assert make.row(DoorPass).last_seen_at == STARTS + timedelta(minutes=7)


@pytest.mark.parametrize("page", ["", "?q=ana", "/headcount"])
def test_looking_changes_nothing(make, browser, event, link, clock_at, page):
    phone = open_link(browser(), link)
    clock_at.shift(timedelta(hours=1))
    assert phone.open(f"/e/{event.slug}/door{page}").status == 200
    assert make.row(DoorPass).last_seen_at == STARTS


def test_a_phone_is_never_seen_earlier_than_it_was(make, browser, event, link, clock_at):
    open_link(browser(), link)
    passed = make.row(DoorPass)
    with make.act():
        see_phone(passed.id, at=STARTS - timedelta(minutes=3))
    assert make.row(DoorPass).last_seen_at == STARTS
    with make.act():
        see_phone(passed.id, at=STARTS + timedelta(minutes=3, seconds=59))
    assert make.row(DoorPass).last_seen_at == STARTS + timedelta(minutes=3)


def test_a_phone_that_comes_back_stands_at_the_link_it_opened_last(make, browser, event):
    one, other = make.door_link(event, "One"), make.door_link(event, "Other")
    phone = browser()
    for hours, door in enumerate((one, other, one)):
        with time_machine.travel(STARTS + timedelta(hours=hours), tick=False):
            open_link(phone, door)
            assert phone.page.find(string=door.name)
    assert len(make.rows(DoorPass)) == 2


def test_one_phone_is_withdrawn_alone_and_at_once(make, browser, event, link):
    lost, kept = open_link(browser(), link), open_link(browser(), link)
    first = make.rows(DoorPass)[0]
    olga = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors")
    form = next(
        form
        for form in olga.page.select("form")
        if form["action"].endswith(f"/phones/{first.id}/withdraw")
    )
    olga.submit(form, {"csrf_token": form.select_one("[name=csrf_token]")["value"]})
    assert len(phones_on(olga)) == 1
    answer = post(lost, f"/e/{event.slug}/door/scan", code="x" * 22)
    assert (answer.status_code, answer.json) == (401, {"error": "door"})
    assert lost.open(f"/e/{event.slug}/door").status == 403
    assert kept.open(f"/e/{event.slug}/door").status == 200


def test_withdrawing_a_phone_and_a_link_are_told_apart_and_ask(make, browser, event, link):
    open_link(browser(), link)
    page = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors").page
    asked = page.select("details.sure")
    assert [words_of(one.summary) for one in asked] == ["Withdraw link", "Withdraw phone"]
    assert "can't be brought back" in words_of(asked[0])
    assert "This phone alone is out at once" in words_of(asked[1])
    forms = page.select("form[action$='/withdraw']")
    assert len(forms) == 2
    assert all(form.find_parent("details", class_="sure") for form in forms)


def test_codes_are_folded_so_that_a_phone_shows_several_doors(make, browser, event, link):
    page = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors").page
    (code,) = page.select(".ticket-qr")
    assert "open" not in code.find_parent("details").attrs


def test_a_withdrawn_link_sends_all_its_phones_away(make, browser, event, link):
    phones = [open_link(browser(), link) for _ in range(3)]
    elsewhere = at_door(make, browser(), event, "Other")
    olga = organiser(make, browser, event)
    olga.open(f"/o/e/{event.slug}/doors").press("Withdraw for good: Garden")
    for phone in phones:
        answer = post(phone, f"/e/{event.slug}/door/scan", code="x" * 22)
        assert (answer.status_code, answer.json) == (401, {"error": "door"})
    assert elsewhere.open(f"/e/{event.slug}/door").status == 200


@pytest.mark.parametrize("who", ["stranger", "helper", "other organiser"])
def test_phones_are_the_organisers_to_send_away(make, browser, event, link, who):
    asking = browser().open("/sign-in")
    open_link(browser(), link)
    if who == "helper":
        open_link(asking, link)
    elif who == "other organiser":
        make.signed_in(asking, make.organiser(make.community()))
    phone = make.rows(DoorPass)[0]
    asking.open("/sign-in")
    path = f"/o/e/{event.slug}/doors/{link.id}/phones/{phone.id}/withdraw"
    answer = post(asking, path)
    assert answer.status_code in (401, 404)
    assert make.rows(DoorPass, id=phone.id)


def test_a_phone_is_found_only_at_its_own_event_and_link(make, browser, event, link):
    here = make.door_link(event, "Other")
    elsewhere = make.event(make.row(Community, id=event.community_id))
    open_link(browser(), link)
    phone = make.row(DoorPass)
    olga = organiser(make, browser, event).open(f"/o/e/{event.slug}/doors")
    for slug, link_id in ((elsewhere.slug, link.id), (event.slug, here.id)):
        path = f"/o/e/{slug}/doors/{link_id}/phones/{phone.id}/withdraw"
        assert post(olga, path).status_code == 404
    assert make.row(DoorPass)

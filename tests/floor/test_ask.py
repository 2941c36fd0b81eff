"""Guests ask about the talks, by name or anonymously, and withdraw what they asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.events.programme import PlannedTalk, set_programme
from eventapp.floor import actions
from eventapp.floor.actions import Asked
from eventapp.model import Event, Floor, FloorQuestion, Rsvp, Talk
from eventapp.model.limits import FLOOR_QUESTION_MOST, FLOOR_QUESTIONS_MOST
from tests.browser import Browser
from tests.floor.evening import TALKS, WORDS, ask, going_on, guest, hide, opened
from tests.make import Make

Browsers = Callable[..., Browser]
MARKUP = "<img src=x hx-get=/me/export hx-trigger=load>?"


@pytest.fixture
def event(make: Make) -> Event:
    event = going_on(make)
    opened(make, event)
    return event


@pytest.fixture
def ana(make: Make, event: Event) -> Rsvp:
    return guest(make, event, "Ana Ruiz")


@pytest.fixture
def page(make: Make, browser: Browsers, event: Event, ana: Rsvp, htmx: bool) -> Browser:
    page: Browser = make.signed_in(browser(htmx=htmx), ana.person)
    return page.open(f"/e/{event.slug}/questions")


def other(make: Make, browser: Browsers, event: Event, name: str = "Bea Gil") -> Browser:
    page: Browser = make.signed_in(browser(), guest(make, event, name).person)
    return page.open(f"/e/{event.slug}/questions")


def test_a_question_on_the_talk_that_is_on(make: Make, event: Event, page: Browser) -> None:
    assert page.one("[data-talk='Saying no'] .pill.good").get_text() == "On now"
    assert page.press("Ask", words=WORDS).sees("They see it before it's shown to others")
    row = make.row(FloorQuestion)
    assert (row.words, row.state, row.is_anonymous) == (WORDS, "waiting", False)
    assert row.talk_id == make.row(Talk, title="Saying no").id
    asked = page.one("[data-talk='Saying no'] [data-question]")
    assert asked["data-state"] == "waiting"
    assert "Your question" in asked.get_text()


def test_each_talk_has_a_way_to_ask_about_it(make: Make, page: Browser) -> None:
    link = page.one("[data-talk='Yeast'] a")
    assert link.get_text() == "I have a question"
    page.open(str(link["href"])).press("Ask", words=WORDS)
    assert make.row(FloorQuestion).talk_id == make.row(Talk, title="Yeast").id


def test_about_a_talk_that_hosts_took_out_while_the_form_was_open(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    page = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/questions")
    with make.act():
        set_programme(db.session.get_one(Event, event.id), ())
    assert page.press("Ask", words=WORDS).sees("They see it before it's shown to others")
    assert make.row(FloorQuestion).talk_id is None


def test_without_talks_there_is_a_way_to_ask_once_it_opens(make: Make, browser: Browsers) -> None:
    """On a page that was open before midnight, only the list is loaded anew."""
    event = make.event(starts_at=clock.now() + timedelta(days=2))
    opened(make, event)
    page = other(make, browser, event)
    poll = str(page.one("#questions")["hx-get"])
    with time_machine.travel(event.starts_at):
        answer = page.client.get(poll, headers={"HX-Request": "true"})
    assert "#ask" in answer.text


def test_the_page_follows_the_programme(make: Make, event: Event, page: Browser) -> None:
    poll = str(page.one("#questions")["hx-get"])
    with time_machine.travel(event.starts_at + timedelta(minutes=91)):
        answer = page.client.get(poll, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        page.open(page.url)
    assert page.one("[data-talk='Yeast'] .pill.good").get_text() == "On now"


def test_about_an_event_without_talks(make: Make, browser: Browsers) -> None:
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    opened(make, event)
    page = other(make, browser, event)
    assert not page.page.select("select[name=talk]")
    assert page.press("Ask", words=WORDS).sees("The whole event")
    assert make.row(FloorQuestion).talk_id is None


def test_nobody_else_sees_it_before_a_host_shows_it(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    one = ask(make, ana, shown=False)
    bea = other(make, browser, event)
    assert not bea.sees(WORDS)
    with make.act():
        actions.show_question(db.session.get_one(FloorQuestion, one), at=clock.now())
    assert bea.open(bea.url).sees(WORDS)
    hide(make, one)
    assert not bea.open(bea.url).sees(WORDS)


def test_where_hosts_do_not_look_first_all_see_it_at_once(
    make: Make, browser: Browsers, event: Event, page: Browser
) -> None:
    opened(make, event, hosts_first=False)
    assert page.open(page.url).press("Ask", words=WORDS).sees("is here for everyone")
    assert other(make, browser, event).sees(WORDS)


def test_what_waits_is_shown_once_hosts_do_not_look_first(
    make: Make, event: Event, ana: Rsvp
) -> None:
    hidden = ask(make, ana, "Hidden?")
    hide(make, hidden)
    ask(make, ana, shown=False)
    opened(make, event, hosts_first=False)
    states = {row.words: row.state for row in make.rows(FloorQuestion)}
    assert states == {"Hidden?": "hidden", WORDS: "shown"}


def test_sent_twice_it_is_one(make: Make, page: Browser) -> None:
    form = page.one("#ask form")
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.select("input[name]")}
    data = {**data, "words": WORDS, "talk": ""}
    data.pop("is_anonymous")
    for _ in range(2):
        page.client.post(str(form["action"]), data=data)
    assert len(make.rows(FloorQuestion)) == 1


def test_withdrawn_it_is_gone_for_all(
    make: Make, browser: Browsers, event: Event, ana: Rsvp, page: Browser
) -> None:
    ask(make, ana)
    page.open(page.url).press(f"Withdraw: {WORDS}")
    assert not page.sees(WORDS)
    assert not make.rows(FloorQuestion)


def test_only_their_own_is_theirs_to_withdraw(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    one = ask(make, ana)
    bea = other(make, browser, event)
    token = bea.one("#ask [name=csrf_token]")["value"]
    answer = bea.client.post(
        f"/e/{event.slug}/questions/{one}/withdraw", data={"csrf_token": token}
    )
    assert answer.status_code == 303
    assert make.row(FloorQuestion).id == one


def test_no_more_than_fit(make: Make, ana: Rsvp, page: Browser) -> None:
    for number in range(FLOOR_QUESTIONS_MOST):
        ask(make, ana, f"Why {number}?")
    assert page.press("Ask", words=WORDS).codes() == ["too_many_questions"]
    assert page.one("#ask textarea").get_text().strip() == WORDS, "what was typed is kept"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("   \u200b\u2060 ", "required"),
        ("a" * (FLOOR_QUESTION_MOST + 1), "too_long"),
        ("a" * 60_000, "too_long"),
        ("\u2588\u2584\u2580 \u2588\u2588\u2588 ╭∩╮(Ο_Ο)╭∩╮ " + "\u2591" * 40, "in_words"),
        ("\u28ff\u28f7\u28e7" * 40, "in_words"),
        ("😀" * 30, "in_words"),
        ("".join(letter + "\u0301" * 20 for letter in "Zalgo"), "in_words"),
        ("a\x07b", "control_characters"),
    ],
    ids=[
        "nothing",
        "invisible",
        "long",
        "very-long",
        "drawn",
        "braille",
        "emoji",
        "accents",
        "bell",
    ],
)
def test_what_is_no_question(make: Make, page: Browser, typed: str, code: str) -> None:
    assert page.press("Ask", words=typed).codes() == [code]
    assert not make.rows(FloorQuestion)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Why\r\n\r\n\r\nrye?", "Why rye?"),
        ("\u202egnisrever\u202c?", "gnisrever?"),
        ("Z\u0301\u0301algo?", "Ź\u0301algo?"),
        (MARKUP, MARKUP),
        ("لماذا الجاودار؟", "لماذا الجاودار؟"),
        ("¿Por qué C++?", "¿Por qué C++?"),
    ],
    ids=["lines", "override", "accents", "markup", "arabic", "signs"],
)  # fmt: skip
def test_what_is_odd_is_kept_on_one_line_and_escaped(
    make: Make, page: Browser, typed: str, kept: str
) -> None:
    page.press("Ask", words=typed)
    assert make.row(FloorQuestion).words == kept
    shown = page.one("[data-question] .asked")
    assert (shown.get_text(), shown["dir"]) == (kept, "auto")
    assert not page.page.select("img[hx-get]")


def test_from_the_day_of_the_event_until_noon_of_the_day_after(
    make: Make, browser: Browsers
) -> None:
    event = make.event(starts_at=clock.now() + timedelta(days=3))
    floor = opened(make, event)
    page = other(make, browser, event)
    midnight = datetime.combine(event.starts_at.astimezone(event.zone), time(), event.zone)
    noon = datetime.combine(event.ends_at.astimezone(event.zone), time(12), event.zone)
    noon += timedelta(days=1)
    minute = timedelta(minutes=1)
    for at, may in (
        (midnight - minute, False),
        (midnight + minute, True),
        (noon - minute, True),
        (noon + minute, False),
    ):
        assert floor_of(make, event).takes_questions(at) is may, at
    assert floor.closed_at is None
    assert page.sees("You can ask and vote from")
    assert not page.page.select("#ask")


def floor_of(make: Make, event: Event) -> Floor:
    floor: Floor = make.row(Floor, event_id=event.id)
    floor.event = event
    return floor


def test_once_hosts_take_no_more(
    make: Make, event: Event, ana: Rsvp, page: Browser, browser: Browsers
) -> None:
    ask(make, ana)
    with make.act():
        actions.close_floor(db.session.query(Floor).one(), at=clock.now())
    assert page.press("Ask", words="Late?").codes() == ["floor_closed"]
    bea = other(make, browser, event)
    assert bea.sees("The hosts take no more questions")
    assert bea.sees(WORDS)
    assert not bea.page.select("#ask, [data-question] button")


def test_a_question_read_before_and_sent_after_hosts_close_is_refused(
    make: Make, event: Event, ana: Rsvp
) -> None:
    with make.app.app_context():
        floor = db.session.query(Floor).one()
        db.session.commit()
        with make.act():
            actions.close_floor(db.session.query(Floor).one(), at=clock.now())
        assert floor.closed_at is None, "as it was read"
        there, asked = db.session.get_one(Rsvp, ana.id), Asked(WORDS, None, is_anonymous=False)
        with transaction(), pytest.raises(actions.FloorClosed):
            actions.ask_question(there, asked, at=clock.now())
    assert not make.rows(FloorQuestion)


def test_who_has_no_place_asks_nothing(make: Make, browser: Browsers, event: Event) -> None:
    waits = guest(make, event, "Will Waits", status="waitlisted")
    page = make.signed_in(browser(), waits.person).open(f"/e/{event.slug}/questions")
    assert page.status == 403
    assert browser().open(f"/e/{event.slug}/questions").sees("sign in")


def test_the_way_there_is_on_their_own_page_while_it_is_on(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    own = browser().open(f"/r/{ana.key}").follow("I have a question")
    assert own.url == f"/r/{ana.key}/questions"
    assert own.press("Ask", words=WORDS).url == f"/r/{ana.key}/questions"
    met = make.signed_in(browser(), ana.person).open(f"/e/{event.slug}/met")
    assert met.follow("I have a question").url == f"/e/{event.slug}/questions"
    with time_machine.travel(event.ends_at + timedelta(hours=36)):
        own = browser().open(f"/r/{ana.key}")
        assert not own.sees("I have a question")
        assert own.follow("Questions").sees(WORDS), "what they asked is still theirs to withdraw"


def test_questions_survive_an_edit_of_the_programme(make: Make, event: Event, ana: Rsvp) -> None:
    kept = ask(make, ana, "On no?", talk="Saying no")
    gone = ask(make, ana, "On yeast?", talk="Yeast")
    renamed = PlannedTalk("Learning to say no", "Núria Puig", minutes_in=60)
    with make.act():
        set_programme(db.session.get_one(Event, event.id), (PlannedTalk("Welcome"), renamed))
    rows = {row.id: row for row in make.rows(FloorQuestion)}
    assert rows[kept].talk_id == make.row(Talk, title="Learning to say no").id
    assert rows[gone].talk_id is None, "it stays, on the event as a whole"
    assert len(TALKS) == 2


def test_a_page_that_loads_itself_again_has_nothing_to_type_into(page: Browser) -> None:
    """It would be lost."""
    page.open(f"{page.url}?refresh=1")
    assert "Refresh" in page.response.headers
    assert not page.page.select("textarea")
    assert page.follow("I have a question").one("#ask textarea")


def test_a_poll_says_nothing_while_nothing_changes(
    make: Make, event: Event, ana: Rsvp, page: Browser
) -> None:
    poll = str(page.one("#questions")["hx-get"])
    assert page.client.get(poll).status_code == 204
    ask(make, ana)
    answer = page.client.get(poll, headers={"HX-Request": "true"})
    assert WORDS in answer.text
    assert "textarea" not in answer.text, "what somebody types is left alone"

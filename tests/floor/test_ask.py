"""Guests ask about the talks, by name or anonymously, and withdraw what they asked."""

from __future__ import annotations

from collections.abc import Callable

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.floor import actions
from eventapp.model import Event, FloorQuestion, Rsvp, Talk
from eventapp.model.limits import FLOOR_QUESTIONS_MOST
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, guest, hide, opened, page_of
from tests.make import Make

Browsers = Callable[..., Browser]


def test_a_question_on_the_talk_that_is_on(make: Make, event: Event, page: Browser) -> None:
    assert page.one("[data-talk='Saying no'] .pill.good").get_text() == "On now"
    assert page.press("Ask", words=WORDS).sees("They see it before it's shown to others")
    row = make.row(FloorQuestion)
    assert (row.words, row.state, row.is_anonymous) == (WORDS, "waiting", False)
    assert row.talk_id == make.row(Talk, title="Saying no").id
    asked = page.one("[data-talk='Saying no'] [data-question]")
    assert asked["data-state"] == "waiting"
    assert "Your question" in asked.get_text()


def test_nobody_else_sees_it_before_a_host_shows_it(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    one = ask(make, ana, shown=False)
    bea = page_of(make, browser, event)
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
    assert page_of(make, browser, event).sees(WORDS)


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
    bea = page_of(make, browser, event)
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


def test_who_has_no_place_asks_nothing(make: Make, browser: Browsers, event: Event) -> None:
    waits = guest(make, event, "Will Waits", status="waitlisted")
    page = make.signed_in(browser(), waits.person).open(f"/e/{event.slug}/questions")
    assert page.status == 403
    assert browser().open(f"/e/{event.slug}/questions").sees("sign in")

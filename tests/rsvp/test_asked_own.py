"""The hosts' questions on a guest's own page: asked of who was not, shown, changed, left open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from eventapp.model import Event, Rsvp
from tests.browser import Browser, form_data
from tests.make import Make
from tests.rsvp.asking import ask, asked, plan

Browsers = Callable[..., Browser]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


def own(browser: Browsers, rsvp: Rsvp, **more: Any) -> Browser:
    return browser(**more).open(f"/r/{rsvp.key}")


def answers(make: Make, rsvp: Rsvp) -> Any:
    return make.row(Rsvp, id=rsvp.id).answers


def open_questions(page: Browser) -> str:
    notices = page.page.select("[data-open-questions]")
    return " ".join(str(notice["data-open-questions"]) for notice in notices)


def test_who_came_by_a_list_is_asked_and_says_it_once(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    diet, _, _ = ask(
        make, event, asked("Diet", required=True), asked("Size"), asked("Menu", "any_of", "Fish")
    )
    rsvp = make.rsvp(event, source="import", confirmed_at=None, answers={"Size": "M"})
    page = own(browser, rsvp, htmx=htmx)
    assert open_questions(page) == "2"
    assert page.sees("2 questions from the hosts")
    assert page.one("#change").has_attr("open")
    page.press("Save", **{f"question-{diet}": "Vegan"})
    assert open_questions(page) == ""
    assert answers(make, rsvp) == {"Size": "M", "Diet": "Vegan", "Menu": ""}


def test_what_the_hosts_need_is_asked_until_it_is_said(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    diet, _ = ask(make, event, asked("Diet", required=True), asked("Size"))
    rsvp = make.rsvp(event, answers={"Diet": "", "Size": ""})
    page = own(browser, rsvp, htmx=htmx)
    assert open_questions(page) == "1"
    page.press("Save", companions="2")
    assert (page.status, page.codes()) == (422, ["required"])
    assert page.one("[name=companions]")["value"] == "2"
    page.press("Save", **{f"question-{diet}": "Vegan"})
    assert (answers(make, rsvp)["Diet"], make.row(Rsvp).companions) == ("Vegan", 2)


def test_a_place_is_given_up_and_taken_by_one_button_all_the_same(
    make: Make, browser: Browsers, event: Event
) -> None:
    ask(make, event, asked("Diet", required=True))
    rsvp = make.rsvp(event, status="maybe")
    page = own(browser, rsvp)
    assert open_questions(page) == ""
    page.press("Yes, I'm coming")
    assert make.row(Rsvp).status == "going"
    assert open_questions(page) == "1"
    page.press("Cancel my place")
    assert make.row(Rsvp).status == "cancelled"


@pytest.mark.parametrize("kind", ["short", "long"])
def test_an_answer_longer_than_may_be_typed_now_stays_as_it_is(
    make: Make, browser: Browsers, event: Event, kind: str
) -> None:
    """A cell of a list, or an answer to a question that became one of a short text."""
    asked_of, _ = ask(make, event, asked("Diet", kind), asked("Size"))
    long = "No nuts, and " * 200 + "no milk"
    rsvp = make.rsvp(event, answers={"Diet": long})
    page = own(browser, rsvp).press("Save", companions="1")
    assert page.status == 200
    assert (answers(make, rsvp)["Diet"], make.row(Rsvp).companions) == (long, 1)
    page.press("Save", **{f"question-{asked_of}": long + "!"})
    assert (page.status, answers(make, rsvp)["Diet"]) == (422, long)


def test_answers_are_shown_changed_and_taken_back(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    diet, menu, new = ask(
        make,
        event,
        asked("Diet"),
        asked("Menu", "any_of", "Fish", "Rice", "Soup"),
        asked("New here?", "yes_no"),
    )
    said = {"Diet": "Vegan", "Menu": "rice, FISH", "New here?": "YES", "Table": "4"}
    rsvp = make.rsvp(event, answers=said)
    page = own(browser, rsvp, htmx=htmx)
    shown = form_data(page.one("#change form"))
    assert shown[f"question-{diet}"] == "Vegan"
    assert shown[f"question-{menu}"] == ["Fish", "Rice"]
    page.press("Save", **{f"question-{diet}": "", f"question-{menu}": ["Soup"]})
    assert answers(make, rsvp) == {"Diet": "", "Menu": "Soup", "New here?": "Yes", "Table": "4"}
    page.press("Save", **{f"question-{menu}": [], f"question-{new}": "No"})
    assert answers(make, rsvp) == {"Diet": "", "Menu": "", "New here?": "No", "Table": "4"}


@pytest.mark.parametrize(
    ("kind", "said"),
    [("one_of", "Snails; raw"), ("any_of", "Fish; Snails"), ("yes_no", "perhaps")],
)
def test_an_answer_that_is_none_of_the_options_is_kept_as_long_as_it_is_chosen(
    make: Make, browser: Browsers, event: Event, kind: str, said: str
) -> None:
    ask(make, event, asked("Menu", kind, "Fish", "Rice", required=True))
    rsvp = make.rsvp(event, answers={"Menu": said})
    page = own(browser, rsvp).press("Save", ask_me_about="bread")
    assert page.status == 200
    assert answers(make, rsvp) == {"Menu": said}


def test_what_hosts_change_meanwhile_makes_no_form_stale(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    diet, size = ask(make, event, asked("Diet"), asked("Size"))
    rsvp = make.rsvp(event, answers={"Diet": "Vegan", "Size": "M"})
    page = own(browser, rsvp, htmx=htmx)
    was, _ = plan(make, event)
    ask(make, event, asked("Car?", "yes_no"), replace(was, label="Food"))
    page.press("Save", **{f"question-{diet}": "Fish", f"question-{size}": "L"})
    assert (page.status, page.codes()) == (200, [])
    assert answers(make, rsvp) == {"Food": "Fish", "Size": "M", "Car?": ""}


def test_of_two_tabs_the_later_one_is_shown_both_answers(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    (diet,) = ask(make, event, asked("Diet"))
    rsvp = make.rsvp(event, answers={"Diet": "Vegan"})
    first, second = own(browser, rsvp, htmx=htmx), own(browser, rsvp, htmx=htmx)
    first.press("Save", **{f"question-{diet}": "Fish"})
    second.press("Save", **{f"question-{diet}": "Meat"})
    assert (second.status, second.codes()) == (409, ["edited_meanwhile"])
    assert "Fish" in second.one(f"[data-differs=question-{diet}]").get_text()
    assert answers(make, rsvp) == {"Diet": "Fish"}


def test_this_browsers_form_is_filled_in_with_what_it_typed(
    make: Make, browser: Browsers, event: Event
) -> None:
    diet, menu, gone = ask(
        make, event, asked("Diet"), asked("Menu", "any_of", "Fish", "Rice"), asked("Gone")
    )
    page = browser().open(f"/e/{event.slug}")
    sent = {f"question-{diet}": "Vegan", f"question-{menu}": ["Rice"], f"question-{gone}": "x"}
    page.press("I'm coming", name="Ana Ruiz", email="ana@example.org", **sent)
    ask(make, event, *plan(make, event)[:2])
    page.open(f"/r/{make.row(Rsvp).key}")
    shown = form_data(page.one("#change form"))
    assert (shown[f"question-{diet}"], shown[f"question-{menu}"]) == ("Vegan", ["Rice"])
    page.press("Save")
    assert answers(make, make.row(Rsvp)) == {"Diet": "Vegan", "Menu": "Rice"}


def test_only_what_is_sent_of_a_form_changes(make: Make, browser: Browsers, event: Event) -> None:
    ask(make, event, asked("Diet", required=True), asked("Menu", "one_of", "Fish", "Rice"))
    rsvp = make.rsvp(event, answers={"Diet": "Vegan", "Menu": "Rice"})
    page = own(browser, rsvp)
    token = page.one("#change [name=csrf_token]")["value"]
    sent = page.client.post(f"/r/{rsvp.key}", data={"companions": "1", "csrf_token": token})
    assert sent.status_code == 303
    assert answers(make, rsvp) == {"Diet": "Vegan", "Menu": "Rice"}

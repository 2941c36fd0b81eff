"""The hosts' questions on the RSVP form: what guests answer, and what is refused, kept, dropped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from eventapp.core.db import db
from eventapp.model import Event, MailedCode, Rsvp
from tests.browser import Browser
from tests.make import Make
from tests.rsvp.asking import ask, asked, plan

Browsers = Callable[..., Browser]
ANA = "ana@example.org"
WHO = {"name": "Ana Ruiz", "email": ANA}
KEYS = ("csrf_token", "form_id")


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


def form(browser: Browsers, event: Event, **more: Any) -> Browser:
    return browser(**more).open(f"/e/{event.slug}")


def prove(make: Make, page: Browser) -> Browser:
    return page.press("Show my ticket", digits=make.mails(ANA)[0][0].values["digits"])


def answers(make: Make) -> Any:
    return make.row(Rsvp).answers


def test_questions_stand_between_the_address_and_who_may_see_it(
    make: Make, browser: Browsers, event: Event
) -> None:
    number, _ = ask(make, event, asked("Diet"), asked("Talk?", "yes_no", required=True))
    main = str(form(browser, event).one("#rsvp"))
    marks = ['id="email"', f'id="question-{number}"', "Talk?", "Nobody: only the hosts"]
    assert [main.index(mark) for mark in marks] == sorted(main.index(mark) for mark in marks)
    assert main.count("optional") == main[main.index("<details") :].count("optional") + 1


def test_each_kind_is_answered_and_counts_once_the_address_is_proven(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    short, long, one, any_, yes = ask(
        make,
        event,
        asked("Company"),
        asked("About you", "long"),
        asked("Menu", "one_of", "Fish", "Rice"),
        asked("Diet", "any_of", "Vegan", "No gluten", "Halal"),
        asked("First time?", "yes_no"),
    )
    page = form(browser, event, htmx=htmx)
    page.press(
        "I'm coming",
        **WHO,
        **{
            f"question-{short}": "  Acme  ",
            f"question-{long}": "I bake\r\nbread",
            f"question-{one}": "Rice",
            f"question-{any_}": ["Halal", "Vegan", "Vegan"],
            f"question-{yes}": "Yes",
        },
    )
    assert answers(make) == {}
    prove(make, page)
    assert answers(make) == {
        "Company": "Acme",
        "About you": "I bake bread",
        "Menu": "Rice",
        "Diet": "Vegan; Halal",
        "First time?": "Yes",
    }


@pytest.mark.parametrize("kind", ["short", "long", "one_of", "any_of", "yes_no"])
def test_what_the_hosts_need_is_asked_of_who_comes(
    make: Make, browser: Browsers, event: Event, kind: str, htmx: bool
) -> None:
    ask(make, event, asked("Diet", kind, "Vegan", "Halal", required=True))
    page = form(browser, event, htmx=htmx)
    page.press("I'm coming", **WHO, want_to_learn="sailing")
    assert (page.status, page.codes()) == (422, ["required"])
    assert page.one("#want_to_learn")["value"] == "sailing"
    assert not make.rows(Rsvp)
    page.press("Maybe")
    assert make.row(Rsvp).status == "maybe"


def test_who_cannot_come_need_not_answer(make: Make, browser: Browsers, event: Event) -> None:
    ask(make, event, asked("Diet", required=True))
    form(browser, event).press("I can't come", **WHO)
    assert make.row(Rsvp).status == "not_going"


def test_name_and_address_are_enough_where_no_answer_is_needed(
    make: Make, browser: Browsers, event: Event
) -> None:
    ask(make, event, asked("Diet"), asked("Menu", "any_of", "Fish"), asked("New?", "yes_no"))
    page = form(browser, event)
    token = page.one("#rsvp [name=csrf_token]")["value"]
    sent = page.client.post(f"/e/{event.slug}/rsvp", data={**WHO, "csrf_token": token})
    assert sent.status_code == 303
    assert make.row(Rsvp).status == "going"


def test_an_answer_to_a_question_that_goes_meanwhile_is_dropped_and_the_place_taken(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    diet, _ = ask(make, event, asked("Diet", required=True), asked("Size"))
    page = form(browser, event, htmx=htmx)
    ask(make, event, *plan(make, event)[1:])
    prove(make, page.press("I'm coming", **WHO, **{f"question-{diet}": "Vegan"}))
    assert (make.row(Rsvp).status, answers(make)) == ("going", {"Size": ""})


def test_so_is_one_that_goes_before_the_address_is_proven(
    make: Make, browser: Browsers, event: Event
) -> None:
    (diet,) = ask(make, event, asked("Diet"))
    page = form(browser, event).press("I'm coming", **WHO, **{f"question-{diet}": "Vegan"})
    ask(make, event)
    prove(make, page)
    assert (make.row(Rsvp).status, answers(make)) == ("going", {})


def test_a_question_that_is_renamed_meanwhile_has_its_answer_under_the_new_label(
    make: Make, browser: Browsers, event: Event
) -> None:
    (diet,) = ask(make, event, asked("Diet"))
    page = form(browser, event)
    (was,) = plan(make, event)
    ask(make, event, replace(was, label="Food"))
    page.press("I'm coming", **WHO, **{f"question-{diet}": "Vegan"})
    ask(make, event, replace(was, label="Meals"))
    prove(make, page)
    assert answers(make) == {"Meals": "Vegan"}


def test_a_question_that_is_added_meanwhile_is_asked_with_everything_kept(
    make: Make, browser: Browsers, event: Event, htmx: bool
) -> None:
    (size,) = ask(make, event, asked("Size"))
    page = form(browser, event, htmx=htmx)
    size, diet = ask(make, event, *plan(make, event), asked("Diet", required=True))
    page.press("I'm coming", **WHO, **{f"question-{size}": "M"})
    assert (page.status, page.codes()) == (422, ["required"])
    assert page.one("#name")["value"] == "Ana Ruiz"
    assert page.one(f"#question-{size}")["value"] == "M"
    page.press("I'm coming", **{f"question-{diet}": "Vegan"})
    prove(make, page)
    assert answers(make) == {"Size": "M", "Diet": "Vegan"}


@pytest.mark.parametrize("kind", ["one_of", "any_of"])
def test_an_option_that_is_removed_meanwhile_is_refused_with_everything_kept(
    make: Make, browser: Browsers, event: Event, kind: str, htmx: bool
) -> None:
    (menu,) = ask(make, event, asked("Menu", kind, "Fish", "Rice"))
    page = form(browser, event, htmx=htmx)
    ask(make, event, replace(plan(make, event)[0], options=("Rice", "Soup")))
    page.press("I'm coming", **WHO, **{f"question-{menu}": ["Fish"]})
    assert (page.status, page.codes()) == (422, ["choice"])
    assert page.one("#email")["value"] == ANA
    page.press("I'm coming", **{f"question-{menu}": ["Soup"]})
    prove(make, page)
    assert answers(make) == {"Menu": "Soup"}


@pytest.mark.parametrize(
    ("kind", "sent", "code"),
    [
        ("short", "x" * 141, "too_long"),
        ("short", "a\x07b", "control_characters"),
        ("long", "x" * 1001, "too_long"),
        ("one_of", "x" * 10_000, "choice"),
        ("one_of", "Fish; Rice", "choice"),
        ("any_of", [f"option {n}" for n in range(900)], "choice"),
        ("any_of", ["Fish", ""], "choice"),
        ("yes_no", "perhaps", "choice"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(
    make: Make, browser: Browsers, event: Event, kind: str, sent: Any, code: str
) -> None:
    (number,) = ask(make, event, asked("Menu", kind, "Fish", "Rice"))
    page = form(browser, event).press("I'm coming", **WHO, **{f"question-{number}": sent})
    assert (page.status, page.codes()) == (422, [code])
    assert not make.rows(Rsvp)


def test_one_of_several_sent_twice_is_the_first(
    make: Make, browser: Browsers, event: Event
) -> None:
    (menu,) = ask(make, event, asked("Menu", "one_of", "Fish", "Rice"))
    page = form(browser, event).press("I'm coming", **WHO, **{f"question-{menu}": ["Rice", "Fish"]})
    prove(make, page)
    assert answers(make) == {"Menu": "Rice"}


def test_yes_is_kept_in_the_language_of_the_hosts(make: Make, browser: Browsers) -> None:
    event = make.event(make.community(language="es"))
    (first,) = ask(make, event, asked("¿Primera vez?", "yes_no"))
    page = form(browser, event)
    assert page.one(f"label:has([name=question-{first}][value=Sí])").get_text(strip=True) == "Yes"
    prove(make, page.press("I'm coming", **WHO, **{f"question-{first}": "Sí"}))
    assert answers(make) == {"¿Primera vez?": "Sí"}


def test_a_strangers_form_changes_no_answer_of_the_address(
    make: Make, browser: Browsers, event: Event
) -> None:
    diet, size = ask(make, event, asked("Diet"), asked("Size"))
    ana = make.person(ANA)
    make.rsvp(event, person=ana, answers={"Diet": "Vegan", "Size": "M"})
    stranger = form(browser, event)
    stranger.press("I'm coming", **WHO, **{f"question-{diet}": "Meat"})
    assert answers(make) == {"Diet": "Vegan", "Size": "M"}
    own = form(browser, event).press("I'm coming", **WHO, **{f"question-{diet}": "Fish"})
    assert answers(make) == {"Diet": "Vegan", "Size": "M"}
    prove(make, own)
    assert answers(make) == {"Diet": "Fish", "Size": "M"}  # it was not shown what was there


def test_who_is_signed_in_answers_at_once(make: Make, browser: Browsers, event: Event) -> None:
    (diet,) = ask(make, event, asked("Diet", required=True))
    page = make.signed_in(browser(), make.person(ANA)).open(f"/e/{event.slug}")
    page.press("I'm coming", **{f"question-{diet}": "Vegan"})
    assert answers(make) == {"Diet": "Vegan"}
    assert not page.page.select("[data-open-questions]")


def test_a_double_tap_is_one_answer(make: Make, browser: Browsers, event: Event) -> None:
    (diet,) = ask(make, event, asked("Diet"))
    page = form(browser, event)
    keys = {name: str(page.one(f"#rsvp [name={name}]")["value"]) for name in KEYS}
    sent = {**WHO, **keys, f"question-{diet}": "Vegan"}
    first, second = (page.client.post(f"/e/{event.slug}/rsvp", data=sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert make.row(MailedCode).typed[f"question-{diet}"] == "Vegan"


def test_a_corrected_address_takes_the_answers_along(
    make: Make, browser: Browsers, event: Event
) -> None:
    (diet,) = ask(make, event, asked("Diet"))
    wrong = {**WHO, "email": "ana@example.com"}
    page = form(browser, event).press("I'm coming", **wrong, **{f"question-{diet}": "Vegan"})
    page.press("Send it to this address", email=ANA)
    prove(make, page)
    assert answers(make) == {"Diet": "Vegan"}


def test_an_event_without_questions_asks_the_database_for_none(
    make: Make, browser: Browsers, event: Event, count_queries: Any
) -> None:
    with count_queries() as statements:
        page = form(browser, event).press("I'm coming", **WHO)
        prove(make, page).press("Save", companions="1")
    assert not [one for one in statements if re.search(r"\bquestion\.", one)]


def test_answers_are_on_no_page_of_others(make: Make, browser: Browsers, event: Event) -> None:
    ask(make, event, asked("Diet"))
    make.rsvp(event, "Bea", listing="everyone", answers={"Diet": "Vegan"})
    ana = make.rsvp(event, listing="attendees")
    page = make.signed_in(browser(), ana.person)
    for address in (f"/e/{event.slug}", f"/e/{event.slug}/people", f"/r/{ana.key}"):
        assert "Vegan" not in page.open(address).page.decode()
    with make.act():
        assert db.session.get_one(Rsvp, ana.id).answers == {}

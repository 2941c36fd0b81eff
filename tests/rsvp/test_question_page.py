"""/o/e/<event>/questions: organisers write down what the RSVP form asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eventapp.core.db import db
from eventapp.model import AuditEntry, Event, Question
from eventapp.model.limits import OPTIONS_MOST, QUESTIONS_MOST
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.rsvp.asking import ask, asked, plan

Browsers = Callable[..., Browser]


def opened(make: Make, browser: Browsers, event: Event, **more: Any) -> Browser:
    return organiser_of(make, browser, event, **more).open(f"/o/e/{event.slug}/questions")


def typed(number: int, **fields: Any) -> dict[str, Any]:
    return {f"rows-{number}-{name}": value for name, value in fields.items()}


def labels(make: Make, event: Event) -> list[str]:
    return [question.label for question in plan(make, event)]


def test_a_question_is_added_and_the_page_offers_another(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = make.event()
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}")
    page.follow("Ask a question")
    options = {"kind": "any_of", "options": "Vegan\r\n  no  gluten \r\n\r\nvegan"}
    page.press("Save", **typed(0, label=" What do you  eat? ", required="y", **options))
    (diet,) = plan(make, event)
    assert diet == asked(
        "What do you eat?", "any_of", "Vegan", "no gluten", required=True, id=diet.id
    )
    assert make.row(Event).question_count == 1
    assert page.one("[name=rows-0-label]")["value"] == "What do you eat?"
    assert page.one("[name=rows-1-label]")["value"] == ""
    assert [entry.verb for entry in make.rows(AuditEntry)] == ["questions_changed"]


def test_questions_are_ordered_by_their_numbers(make: Make, browser: Browsers) -> None:
    event = make.event()
    ask(make, event, asked("First"), asked("Second"), asked("Third"))
    page = opened(make, browser, event)
    page.press("Save", **typed(2, position="1"), **typed(0, position="2"))
    assert labels(make, event) == ["Third", "First", "Second"]


def test_a_question_is_renamed_ticked_and_removed(make: Make, browser: Browsers) -> None:
    event = make.event()
    diet, _ = ask(make, event, asked("Diet"), asked("Size"))
    rsvp = make.rsvp(event, answers={"Diet": "Vegan", "Size": "M"})
    page = opened(make, browser, event)
    page.press("Save", **typed(0, label="Food", shows_at_door="y"), **typed(1, remove="y"))
    (food,) = plan(make, event)
    assert food == asked("Food", shows_at_door=True, id=diet)
    assert make.row(type(rsvp)).answers == {"Food": "Vegan", "Size": "M"}
    assert page.one("[name=rows-0-shows_at_door]").has_attr("checked")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"label": "x" * 141}, "too_long"),
        ({"label": "", "required": "y"}, "required"),
        ({"label": "Diet", "kind": "one_of", "options": "Vegan"}, "options"),
        ({"label": "Diet", "kind": "any_of", "options": ""}, "options"),
        ({"label": "Diet", "kind": "any_of", "options": "\n".join(map(str, range(99)))}, "options"),
        ({"label": "Diet", "kind": "any_of", "options": "x" * 81}, "too_long"),
        ({"label": "Diet", "kind": "any_of", "options": "x\n" * 9_999}, "too_long"),
        ({"label": "Diet", "kind": "one_of", "options": "a; b\nc"}, "semicolon"),
        ({"label": "Diet", "kind": "essay"}, "kind"),
        ({"label": "Diet", "position": "many"}, "number"),
        ({"label": "SIZE?"}, "same_question"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_kept(
    make: Make, browser: Browsers, htmx: bool, fields: dict[str, str], code: str
) -> None:
    event = make.event()
    ask(make, event, asked("Size"))
    page = opened(make, browser, event, htmx=htmx).press("Save", **typed(1, **fields))
    assert page.status in (409, 422)
    assert code in [message.rpartition("-")[2] for message in page.codes()]
    assert str(page.one("[name=rows-1-label]")["value"]).strip() == fields["label"]
    assert labels(make, event) == ["Size"]


def test_there_are_not_more_questions_than_a_form_can_bear(make: Make, browser: Browsers) -> None:
    event = make.event()
    ask(make, event, *(asked(f"Number {n}") for n in range(QUESTIONS_MOST - 1)))
    page = opened(make, browser, event)
    page.press("Save", **typed(QUESTIONS_MOST - 1, label="The last"))
    assert len(labels(make, event)) == QUESTIONS_MOST
    assert not page.page.select(f"[name=rows-{QUESTIONS_MOST}-label]")


def test_twenty_options_fit_as_long_as_they_may_be(make: Make, browser: Browsers) -> None:
    event = make.event()
    options = "\r\n".join(f"{n:02}" + "x" * 78 for n in range(OPTIONS_MOST))
    page = opened(make, browser, event)
    page.press("Save", **typed(0, label="Diet", kind="one_of", options=options))
    assert len(plan(make, event)[0].options) == OPTIONS_MOST


def test_another_events_question_is_not_taken_over(make: Make, browser: Browsers) -> None:
    event, other = make.event(), make.event()
    (theirs,) = ask(make, other, asked("Diet"))
    page = opened(make, browser, event)
    page.press("Save", **typed(0, id=str(theirs), label="Mine"))
    assert (labels(make, event), labels(make, other)) == (["Mine"], ["Diet"])


def test_who_saves_later_is_shown_both_and_nothing_is_overwritten(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = make.event()
    ask(make, event, asked("Diet"))
    page, other = (opened(make, browser, event, htmx=htmx) for _ in range(2))
    other.press("Save", **typed(0, label="Food"))
    page.press("Save", **typed(0, label="Meals"))
    assert (page.status, labels(make, event)) == (409, ["Food"])
    assert "edited_meanwhile" in page.codes()
    assert "Food" in page.one("[data-differs=rows]").get_text()
    page.press("Save")
    assert labels(make, event) == ["Meals"]


def test_an_emptied_form_of_nothing_changes_nothing(make: Make, browser: Browsers) -> None:
    event = make.event()
    opened(make, browser, event).press("Save")
    with make.act():
        assert not db.session.query(Question).count()
    assert not make.rows(AuditEntry)

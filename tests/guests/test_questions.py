"""Columns of a guest list and the hosts' questions: one thing, in the import and in the export."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventapp.model import Event, Rsvp
from tests.browser import Browser
from tests.events.organising import organiser_of
from tests.make import Make
from tests.rsvp.asking import ask, asked, plan

Browsers = Callable[..., Browser]
Bring = Callable[..., str]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def bring(app: Flask, event: Event, tmp_path: Path) -> Bring:
    """Imports these lines by the command line, and returns what it says."""

    def import_lines(*lines: str) -> str:
        (file := tmp_path / "list.csv").write_text("\n".join(lines), encoding="utf-8")
        return run(app, "import", event.slug, str(file))

    return import_lines


def run(app: Flask, *args: str) -> str:
    done = app.test_cli_runner().invoke(args=["guests", *args])
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def exported(app: Flask, event: Event) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(app, "export", event.slug))))


def answers(make: Make, event: Event) -> list[Any]:
    return [rsvp.answers for rsvp in make.rows(Rsvp, event_id=event.id)]


def test_a_column_with_the_words_of_a_question_has_its_answers(
    bring: Bring, make: Make, event: Event
) -> None:
    ask(make, event, asked("What do you eat?"), asked("Are you coming by car?", "yes_no"))
    bring(
        "Name,Email,WHAT DO YOU EAT,Are you coming by car,Table",
        "Ana,ana@example.org,Vegan,Yes,4",
    )
    assert answers(make, event) == [
        {"What do you eat?": "Vegan", "Are you coming by car?": "Yes", "Table": "4"}
    ]
    assert make.row(Rsvp).status == "going"


def test_what_a_question_is_called_makes_its_column_no_other(
    bring: Bring, make: Make, event: Event
) -> None:
    labels = ["Will you join us for dinner?", "Phone", "Apellidos", "Order ID", "How many people?"]
    ask(make, event, *map(asked, labels))
    said = ["No", "+34 600 111 222", "Ruiz", "The red one", "3"]
    bring(",".join(["name", *labels]), ",".join(["Ana", *said]))
    guest = make.row(Rsvp)
    assert (guest.name, guest.status, guest.companions) == ("Ana", "going", 0)
    assert guest.answers == dict(zip(labels, said, strict=True))


def test_names_and_addresses_stay_what_they_are(bring: Bring, make: Make, event: Event) -> None:
    ask(make, event, asked("Name"), asked("Email"), asked("Status"))
    bring("Name,Email,Status", "Ana,ana@example.org,maybe")
    guest = make.row(Rsvp)
    assert (guest.name, guest.status, guest.answers) == ("Ana", "maybe", {})


def test_the_export_has_a_column_for_each_question_answered_or_not(
    app: Flask, make: Make, event: Event
) -> None:
    ask(make, event, asked("Diet"), asked("Size"))
    make.rsvp(event, answers={"Table": "4", "Size": "=M"})
    (ana,) = exported(app, event)
    assert list(ana)[-3:] == ["Diet", "Size", "Table"]
    assert (ana["Diet"], ana["Size"], ana["Table"]) == ("", "'=M", "4")


LABELS = ("Diet", "name", "Status", "Short code", "Apellidos", "Attended", "Will you come by car?")


def test_an_export_reads_back_whatever_the_questions_are_called(
    app: Flask, make: Make, event: Event, tmp_path: Path
) -> None:
    ask(make, event, *map(asked, LABELS))
    said = {label: f"said of {label}" for label in LABELS} | {"listing": "a column of a list"}
    make.rsvp(event, "Ana Ruiz", answers=said, companions=2)
    (list_ := tmp_path / "list.csv").write_text(run(app, "export", event.slug), encoding="utf-8")
    other = make.event()
    ask(make, other, *map(asked, LABELS))
    assert "added 1, updated 0, skipped 0" in run(app, "import", other.slug, str(list_))
    there = make.row(Rsvp, event_id=other.id)
    assert there.answers == said
    assert (there.name, there.status, there.companions) == ("Ana Ruiz", "going", 2)
    assert "added 0, updated 0, skipped 0" in run(app, "import", event.slug, str(list_))
    assert answers(make, event) == [said]


def test_a_list_fills_what_a_guest_was_not_asked_and_overwrites_nothing_they_said(
    bring: Bring, make: Make, event: Event
) -> None:
    ask(make, event, asked("Diet"), asked("Size"), asked("Menu"))
    ana = make.person("ana@example.org")
    make.rsvp(event, "Ana", person=ana, answers={"Diet": "Vegan", "Size": ""})
    bring("name,email,diet,size,menu", "Ana,ana@example.org,Meat,M,Fish")
    assert answers(make, event) == [{"Diet": "Vegan", "Size": "", "Menu": "Fish"}]


def test_a_list_that_comes_again_after_a_question_was_renamed_fills_it_again(
    bring: Bring, make: Make, event: Event
) -> None:
    lines = ("name,email,diet", "Ana,ana@example.org,Vegan")
    bring(*lines)
    ask(make, event, asked("Diet"))
    assert answers(make, event) == [{"Diet": "Vegan"}]
    assert "updated 0" in bring(*lines)
    ask(make, event, replace(plan(make, event)[0], label="Food"))
    assert answers(make, event) == [{"Food": "Vegan"}]


def test_hosts_read_what_was_answered_and_not_what_was_left_open(
    make: Make, browser: Browsers, event: Event
) -> None:
    ask(make, event, asked("Diet"), asked("Size"))
    ana = make.rsvp(event, "Ana", answers={"Diet": "Vegan", "Size": ""})
    bea = make.rsvp(event, "Bea", answers={"Diet": ""})
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/guests/{ana.id}")
    assert [each.get_text() for each in page.one("#said").select("dt")] == ["Diet"]
    assert not page.open(f"/o/e/{event.slug}/guests/{bea.id}").page.select("#said")


def test_an_overlong_cell_is_skipped_with_its_column(
    bring: Bring, make: Make, event: Event
) -> None:
    ask(make, event, asked("Diet"))
    said = bring("name,DIET", f"Ana,{'x' * 10_001}", "Bea,Vegan")
    assert "added 1, updated 0, skipped 1" in said
    assert "DIET" in said

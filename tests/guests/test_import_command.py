"""flask guests import: what it says of a list, and how somebody corrects it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventapp.model import Event, Rsvp
from tests.guests.reading.spreadsheets import xlsx
from tests.make import Make

Import = Callable[..., Any]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def bring(app: Flask, event: Event, tmp_path: Path) -> Import:
    """Imports a list by the command line, and returns what that did."""

    def run(data: str | bytes, *options: str) -> Any:
        file = tmp_path / "list"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        call = ["guests", "import", event.slug, str(file), *options]
        return app.test_cli_runner().invoke(args=call)

    return run


LIST = """Name,Mail,Status,Table,Price
Ana,ana@example.org,Yes,4,1
Bea,bea@@example.org,Zapped,,
"Gil, Noa",noa@example.org,Yes,,
"""


def test_it_says_what_each_column_was_taken_for(bring: Import) -> None:
    said = bring(LIST).stdout.splitlines()
    assert said[0] == "added 2, updated 0, skipped 1"
    assert [line for line in said if line.startswith("column")] == [
        "column “Name”: name (by its title)",
        "column “Mail”: email (by its title)",
        "column “Status”: status (by its title)",
        "column “Table”: answer (by its title)",
        "column “Price”: dropped (by its title)",
    ]
    assert [line for line in said if line.startswith("row")] == [
        "row 3: The status “Zapped” isn't known here: left out until you say what it means."
    ]
    assert "look at row 4, Noa Gil: “Gil, Noa” was read with the family name first." in said
    assert "status “Zapped”, 1 times: what does it mean? (--means)" in said
    assert "encoding: utf-8" in said


def test_a_dry_run_says_the_same(bring: Import, make: Make) -> None:
    planned = bring(LIST, "--dry-run").stdout.splitlines()
    assert make.rows(Rsvp) == []
    assert planned.pop() == "a dry run: nothing was changed"
    assert planned == bring(LIST).stdout.splitlines()


def test_columns_and_words_are_corrected(bring: Import, make: Make) -> None:
    means = ["--means", "Zapped=waitlisted", "--means", "yes="]
    done = bring(LIST, "--map", "Table=companions", "--map", "price=answer", *means)
    assert "added 1, updated 0, skipped 2" in done.stdout
    assert "column “Table”: companions (as you said)" in done.stdout
    bea = make.row(Rsvp)
    assert (bea.name, bea.status) == ("Bea", "waitlisted")


def test_a_title_may_have_an_equals_sign(bring: Import, make: Make) -> None:
    bring("Name,a=b\nAna,2\n", "--map", "a=b=companions")
    assert make.row(Rsvp).companions == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--map", "Mesa=name"], "Mesa"),
        (["--map", "Name=shoe size"], "shoe size"),
        (["--map", "Name"], "has no ="),
        (["--means", "Zapped=gone"], "gone"),
        (["--means", "Zapped"], "has no ="),
        (["--encoding", "utf-99"], "utf-99"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    bring: Import, make: Make, options: list[str], words: str
) -> None:
    done = bring(LIST, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert make.rows(Rsvp) == []


def test_the_encoding_is_given(bring: Import, make: Make) -> None:
    data = "Name\nKateřina\n".encode("cp1250")
    assert "encoding: cp1252 (a guess)" in bring(data, "--dry-run").stdout
    bring(data, "--encoding", "cp1250")
    assert make.row(Rsvp).name == "Kateřina"


def test_of_several_sheets_it_says_which(bring: Import) -> None:
    guests = [["Name", "Email"], ["Ana", "ana@example.org"]]
    said = bring(xlsx({"Menu": [["Dish"], ["Soup"]], "Guests": guests})).stdout
    assert "sheet: “Guests”, not “Menu”" in said
    assert "added 1, updated 0, skipped 0" in said


def test_a_table_of_a_company_comes_in_whole(bring: Import, make: Make) -> None:
    said = bring("Name,Email,Quantity\nAcme,acme@example.org,40\n").stdout
    assert "look at row 2, Acme: A party of 40: are they all of one guest?" in said
    assert make.row(Rsvp).party == 40
    assert make.row(Event).seats_taken == 40


def test_its_guest_may_change_their_answer(bring: Import, make: Make, browser: Any) -> None:
    bring("Name,Email,Quantity\nAcme,acme@example.org,40\n")
    page = browser().open(f"/r/{make.row(Rsvp).key}")
    page.press("Save", companions="39", ask_me_about="Robots")
    assert (make.row(Rsvp).party, make.row(Rsvp).ask_me_about) == (40, "Robots")

"""What was corrected of a list is remembered for the community's next one with those titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventapp.model import Community, RememberedList, Rsvp
from tests.make import Make


@pytest.fixture
def community(make: Make) -> Community:
    return make.community()


@pytest.fixture
def olga(make: Make, browser: Any, community: Community) -> Any:
    return make.signed_in(browser(), make.organiser(community))


@pytest.fixture
def hand_in(make: Make, olga: Any, community: Community, tmp_path: Path) -> Callable[[str], Any]:
    def hand_in(text: str) -> Any:
        (file := tmp_path / "list.csv").write_text(text)
        address = f"/o/e/{make.event(community).slug}/guests/import"
        return olga.open(address).press("Preview", file=file)

    return hand_in


def test_columns_and_words_are_remembered_once_the_list_is_imported(
    make: Make, hand_in: Callable[[str], Any]
) -> None:
    page = hand_in("Name,Shirt,Status\nAna,M,fizz\nBea,L,going\n")
    page.press("Look again", **{"column-1": "left_out", "word-0": "maybe"})
    assert not make.rows(RememberedList)
    page.press("Import 2 guests")
    page = hand_in("Status,NAME,Shirt\nfizz,Cleo,S\n")
    assert page.one("[data-column=Shirt]")["data-meaning"] == ""
    assert page.sees("as one of you said of an earlier list")
    assert page.one("[name=word-0][checked]")["value"] == "maybe"
    page.press("Import 1 guest")
    cleo = make.row(Rsvp, name="Cleo")
    assert (cleo.status, cleo.answers) == ("maybe", {})


def test_what_is_corrected_again_counts(make: Make, hand_in: Callable[[str], Any]) -> None:
    text = "Name,Shirt\nAna,M\n"
    hand_in(text).press("Look again", **{"column-1": "left_out"}).press("Import 1 guest")
    hand_in(text).press("Look again", **{"column-1": "answer"}).press("Import 1 guest")
    assert hand_in(text).one("[data-column=Shirt]")["data-meaning"] == "answer"


def test_the_command_line_remembers_and_is_reminded(
    app: Flask, make: Make, community: Community, tmp_path: Path
) -> None:
    (file := tmp_path / "list.csv").write_text("Name,Shirt\nAna,M\n")

    def run(event: Any, *more: str) -> str:
        args = ["guests", "import", event.slug, str(file), *more]
        return str(app.test_cli_runner().invoke(args=args).stdout)

    run(make.event(community), "--map", "Shirt=", "--dry-run")
    assert not make.rows(RememberedList)
    run(make.event(community), "--map", "Shirt=")
    told = run(make.event(community))
    assert "column “Shirt”: dropped (as said of an earlier list)" in told
    assert "column “Shirt”: answer (not known)" in run(make.event(make.community()))


def test_a_list_is_imported_as_it_was_shown_whatever_is_remembered_since(
    make: Make, olga: Any, community: Community, hand_in: Callable[[str], Any]
) -> None:
    text = "Name,Zzz\nAna,3\n"
    first = hand_in(text).url
    hand_in(text).press("Look again", **{"column-1": "companions"}).press("Import 1 guest")
    page = olga.open(first)
    assert page.one("[data-column=Zzz]")["data-meaning"] == "answer"
    page.press("Import 1 guest")
    shown, corrected = sorted(make.rows(Rsvp), key=lambda one: one.event_id)
    assert (shown.companions, shown.answers) == (0, {"Zzz": "3"})
    assert (corrected.companions, corrected.answers) == (3, {})
    (kept,) = make.rows(RememberedList)
    assert kept.mapping == {"Zzz": "companions"}

"""flask community add"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.model import Community, Organiser, Person
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]


def call(app: Flask, *words: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["community", "add", *words])
    return result.exit_code, result.stdout, result.stderr


def found(app: Flask, name: str = "Beers", slug: str = "beers", email: str = "o@example.org"):
    return call(app, name, "--slug", slug, "--organiser", email)


def test_organiser_of_a_new_community_gets_in(app: Flask, make: Make, browser: Browsers) -> None:
    status, out, err = found(app, " Beers  & Talks ", "beers", "Olga@Example.org")
    assert (status, out, err) == (0, "http://localhost/c/beers\n", "")
    community = make.row(Community)
    assert (community.name, community.contact_email) == ("Beers & Talks", "Olga@example.org")
    organiser = make.row(Person)
    assert organiser.verified_at is None
    assert (
        browser()
        .open(make.sign_in_link(organiser))
        .press("Sign in")
        .open("/o/")
        .sees("Beers & Talks")
    )


def test_organiser_who_is_known_stays_as_they_are(app: Flask, make: Make) -> None:
    person = make.person("olga@example.org", name="Olga Ruiz")
    assert found(app, email="OLGA@example.org")[0] == 0
    assert make.row(Person).name == "Olga Ruiz"
    assert make.row(Organiser).person_id == person.id


@pytest.mark.parametrize(
    ("slug", "email"),
    [("taken", "o@example.org"), ("e", "o@example.org"), ("A B", "o@example.org"), ("beers", "o@")],
)
def test_what_cannot_be_is_one_line_and_status_1(
    app: Flask, make: Make, slug: str, email: str
) -> None:
    make.community(slug="taken")
    status, out, err = found(app, slug=slug, email=email)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert len(make.rows(Community)) == 1
    assert make.rows(Person) == []


@pytest.mark.parametrize(
    "words",
    [
        ("Beers", "--slug", "beers"),
        ("Beers", "--organiser", "o@example.org"),
        ("--slug", "beers", "--organiser", "o@example.org"),
        (" ", "--slug", "beers", "--organiser", "o@example.org"),
        ("x" * 81, "--slug", "beers", "--organiser", "o@example.org"),
    ],
)
def test_wrong_call_is_status_2(app: Flask, make: Make, words: tuple[str, ...]) -> None:
    assert call(app, *words)[0] == 2
    assert make.rows(Community) == []

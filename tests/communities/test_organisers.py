"""Organising is shared, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.synchronize import Barrier

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Community, Organiser, Person
from tests.browser import Browser
from tests.make import Make
from tests.processes import app_on, context, processes

Browsers = Callable[..., Browser]


def listed(page: Browser) -> list[str]:
    return [str(row["data-organiser"]) for row in page.page.select("[data-organiser]")]


def test_somebody_asked_in_gets_a_mail_and_comes_in(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    community = make.community(slug="beers", name="Beers & Talks")
    page = make.signed_in(browser(htmx=htmx), make.organiser(community, "olga@example.org"))
    page.open("/o/beers").follow("Who organises")
    page.press("Make them an organiser", email="Núria@example.org")
    assert listed(page) == ["olga@example.org", "Núria@example.org"]

    (mail, words), *rest = make.mails("Núria@example.org")
    assert not rest
    assert words.subject == "You're now an organiser of Beers & Talks"
    assert "Olga Organiser" in words.text
    theirs = browser().open(mail.values["url"]).press("Sign in")
    theirs.press("Sign in", digits=mail.values["digits"])
    assert theirs.url == "/o/beers"
    assert theirs.sees("New event")


def test_asking_twice_is_once(make: Make, browser: Browsers) -> None:
    community = make.community(slug="beers")
    page = make.signed_in(browser(), make.organiser(community)).open("/o/beers/organisers")
    for email in ("nuria@example.org", "NURIA@example.org"):
        page.press("Make them an organiser", email=email)
    assert len(listed(page)) == 2
    assert len(make.mails("nuria@example.org")) == 1


def test_bad_address_is_said_and_kept(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community(slug="beers")
    page = make.signed_in(browser(htmx=htmx), make.organiser(community))
    page.open("/o/beers/organisers").press("Make them an organiser", email="nobody")
    assert (page.status, page.codes()) == (422, ["email"])
    assert page.one("#organisers [name=email]")["value"] == "nobody"


def test_organiser_can_be_removed(make: Make, browser: Browsers, htmx: bool) -> None:
    community = make.community(slug="beers")
    other = make.organiser(community, "nuria@example.org")
    page = make.signed_in(browser(htmx=htmx), make.organiser(community, "olga@example.org"))
    page.open("/o/beers/organisers").press("Remove")
    assert listed(page) == ["olga@example.org"]
    assert make.signed_in(browser(), other).open("/o/beers").status == 404


def test_nobody_removes_themselves(make: Make, browser: Browsers) -> None:
    community = make.community(slug="beers")
    page = make.signed_in(browser(), make.organiser(community)).open("/o/beers/organisers")
    assert page.page.select("form[action$=remove]") == []
    token = str(page.one("#organisers [name=csrf_token]")["value"])
    row = make.row(Organiser)
    answer = page.client.post(f"/o/beers/organisers/{row.id}/remove", data={"csrf_token": token})
    assert answer.status_code == 409
    assert make.row(Organiser)


def test_organisers_of_others_cannot_be_removed(make: Make, browser: Browsers) -> None:
    theirs, mine = make.community(), make.community(slug="beers")
    make.organiser(theirs)
    row = make.row(Organiser)
    page = make.signed_in(browser(), make.organiser(mine)).open("/o/beers/organisers")
    token = str(page.one("#organisers [name=csrf_token]")["value"])
    for address in ("/o/beers", f"/o/{theirs.slug}"):
        url = f"{address}/organisers/{row.id}/remove"
        assert page.client.post(url, data={"csrf_token": token}).status_code == 404
    assert len(make.rows(Organiser)) == 2


def remove(url: str, sign_in: str, rows: dict[str, int]) -> list[int]:
    """What one organiser does at the same moment as the other: removes them, everywhere."""
    app = app_on(url)
    browser = Browser(app.test_client()).open(sign_in).press("Sign in")
    typed = {"csrf_token": browser.page.select("[name=csrf_token]")[0]["value"]}
    answers = []
    for slug, row_id in rows.items():
        _together.wait(60)
        address = f"/o/{slug}/organisers/{row_id}/remove"
        answers.append(browser.client.post(address, data=typed).status_code)
    with app.app_context():
        db.engine.dispose()
    return answers


_together: Barrier


def _meet(barrier: Barrier) -> None:
    global _together
    _together = barrier


@pytest.mark.slow
def test_two_who_remove_each_other_at_once_leave_one(app: Flask, make: Make) -> None:
    olga, nuria = make.person("olga@example.org"), make.person("nuria@example.org")
    rows: dict[Person, dict[str, int]] = {olga: {}, nuria: {}}
    for number in range(20):
        community = make.community(slug=f"beers-{number}")
        for person, other in ((olga, nuria), (nuria, olga)):
            row = Organiser(community_id=community.id, person_id=other.id, since=clock.now())
            with make.act():
                db.session.add(row)
            rows[person][community.slug] = row.id
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with processes(2, begin=_meet, with_args=(context.Barrier(2),)) as pool:
        links = [make.sign_in_link(person) for person in rows]
        answers = list(pool.map(remove, [url] * 2, links, rows.values()))
    for both in zip(*answers, strict=True):
        assert sorted(both) in ([303, 404], [303, 409])
    assert sorted(row.community_id for row in make.rows(Organiser)) == sorted(
        row.id for row in make.rows(Community)
    )

"""The page of a past event begins its recap: each reads there what the recap itself shows them,
and nothing that it doesn't.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import brotli
import pytest
from flask import Flask

from eventapp.core.db import db
from eventapp.model import Event, Impression, Quote, Recap, Rsvp
from tests.browser import Browser
from tests.core.test_compression import BR, PAGE_MOST, REQUESTS_MOST, static_addresses
from tests.html import words_of
from tests.impressions.evening import EDIT, GATHERED, PUBLIC, came, publish, wrote
from tests.impressions.test_pictures import add, of, status
from tests.make import Make

Browsers = Callable[..., Browser]
HERE, ALL = "/e/may", "/o/e/may/pictures"


@pytest.fixture
def quoted(make: Make, event: Event, olga: Browser, ana: Rsvp, bea: Rsvp) -> list[int]:
    """Ana's for everyone, Bea's who was not asked yet, and one of Cai, whom nobody sees."""
    cai = came(make, event, "Cai Mas", listing="nobody")
    ids = [wrote(make, each, f"From {each.name}", "everyone") for each in (ana, cai)]
    ids.append(wrote(make, bea, "From Bea Gil"))
    for button in ("Ask to quote it in the recap", *["Quote it in the recap"] * 2):
        olga.open(GATHERED).press(button)
    publish(olga)
    return ids


def quotes_on(page: Browser, address: str) -> list[str]:
    return [words_of(each) for each in page.open(address).page.select("[data-quote]")]


def pictures_on(page: Browser, address: str) -> list[str]:
    return [str(each["src"]) for each in page.open(address).page.select("#recap img")]


def test_all_read_there_what_they_read_on_its_own_page(
    make: Make, browser: Browsers, olga: Browser, event: Event, quoted: list[int], ana: Rsvp
) -> None:
    dan, eva = came(make, event, "Dan Roy"), make.rsvp(event, "Eva Sol")
    seen = {}
    readers = {"nobody": browser(), "olga": olga}
    for rsvp in (ana, dan, eva):
        readers[rsvp.name] = make.signed_in(browser(), rsvp.person)
    readers["Dan Roy"].open(f"/e/may/conduct/{ana.id}").press("Block Ana Ruiz")
    for who, page in readers.items():
        seen[who] = quotes_on(page, HERE)
        assert seen[who] == quotes_on(page, PUBLIC), who
    somebody = "Somebody who was there"
    assert seen["nobody"] == [f"From Cai Mas {somebody}", f"From Ana Ruiz {somebody}"]
    assert seen["Ana Ruiz"] == [f"From Cai Mas {somebody}", "From Ana Ruiz Ana Ruiz"]
    assert seen["Dan Roy"] == [f"From Cai Mas {somebody}"]  # of the two, one blocked the other
    assert seen["olga"] == seen["nobody"]  # who wrote it, only the page for hosts says


def test_what_is_withdrawn_hidden_or_taken_back_is_gone_from_it(
    make: Make, browser: Browsers, olga: Browser, quoted: list[int], ana: Rsvp
) -> None:
    browser().open(f"/r/{ana.key}/impressions").press("Withdraw it")
    assert [each[:12] for each in quotes_on(browser(), HERE)] == ["From Cai Mas"]
    with make.act():
        db.session.get_one(Impression, quoted[1]).audience = "hosts"
    assert quotes_on(browser(), HERE) == []
    olga.open(EDIT).press("Make it private again")
    for page in (browser(), olga):
        assert not page.open(HERE).page.select("#recap")


def test_it_begins_there_and_goes_on_behind_a_link(
    make: Make, browser: Browsers, olga: Browser, event: Event, ana: Rsvp
) -> None:
    for number in range(5):
        wrote(make, ana, f"Word {number}", "everyone")
        olga.open(GATHERED).press("Quote it in the recap")
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.admitted, there.description = 12, "What we planned"
    olga.open(EDIT).press("Publish the recap", words="First.\n\nSecond.\n\nThird.")
    page = browser().open(HERE)
    assert [each.text for each in page.page.select("blockquote")] == ["Word 0", "Word 1", "Word 2"]
    assert "12 people came" in page.one("#recap [data-numbers]").text
    assert page.text.count("12 people came") == 1
    own_words = [page.text.index(words) for words in ("What we planned", "First.")]
    assert own_words == sorted(own_words), "the event says first what it is"
    assert page.sees("Second.")
    assert not page.sees("Third.")
    page.follow("See the whole recap")
    assert page.sees("Third.")
    assert len(page.page.select("blockquote")) == 5


def test_a_picture_that_is_taken_down_there_is_gone_from_its_address(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp
) -> None:
    add(of(make, browser(), ana))
    publish(olga)
    assert pictures_on(make.signed_in(browser(), ana.person), HERE) == []  # no host has said yes
    olga.open(ALL).press("Yes, show it")
    page = browser()
    files = pictures_on(page, HERE)
    assert files
    assert files == pictures_on(page, PUBLIC)
    assert {status(page, file) for file in files} == {200}
    page.open(HERE).follow("Take a picture down for good")
    page.follow("Take it down for good").press("Delete it now")
    assert pictures_on(page, HERE) == []
    assert {status(page, file) for file in files} == {404}


def test_an_event_that_is_not_over_shows_none(
    make: Make, browser: Browsers, olga: Browser, event: Event
) -> None:
    publish(olga)
    coming = make.event()
    with make.act():
        recap = db.session.get_one(Recap, event.id)
        db.session.add(Recap(event_id=coming.id, words="Early", published_at=recap.published_at))
    assert not browser().open(f"/e/{coming.slug}").sees("Early")
    with make.act():
        db.session.get_one(Event, event.id).called_off_at = recap.published_at
    assert not browser().open(HERE).page.select("#recap")


def test_it_leaves_the_page_light(app: Flask, make: Make, olga: Browser, event: Event) -> None:
    for number in range(3):
        rsvp = came(make, event, f"Guest {number}")
        impression_id = wrote(make, rsvp, TOLD[:600], "everyone")
        with make.act():
            db.session.add(Quote(impression_id=impression_id, place=1))
    olga.open(EDIT).press("Publish the recap", words=TOLD[:1200] + "\n\n" + TOLD[:1200])
    client = app.test_client(use_cookies=False)
    page = client.get(HERE, headers=BR)
    sizes = [len(page.data)]
    for address in static_addresses(brotli.decompress(page.data).decode()):
        sizes.append(len(client.get(address, headers=BR).data))
    assert sum(sizes) <= PAGE_MOST
    assert len(sizes) <= REQUESTS_MOST


TOLD = " ".join(
    f"We talked about {number} things, and {number * number} more." for number in range(60)
)


def test_one_that_moves_has_none_until_it_is_over(
    make: Make, browser: Browsers, event: Event, quoted: list[int]
) -> None:
    assert quotes_on(browser(), HERE)
    with make.act():
        row = db.session.get_one(Event, event.id)
        row.starts_at += timedelta(days=700)
        row.ends_at += timedelta(days=700)
    assert quotes_on(browser(), HERE) == []
    assert browser().open(PUBLIC).status == 404

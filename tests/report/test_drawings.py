"""A drawing of figures tells what its table tells, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from itertools import combinations

import pytest
from bs4 import Tag
from flask import Flask
from flask_babel import force_locale

from eventapp.report.figures import Answers, Figures, Guests, counts, figures_of
from eventapp.report.rows_chart import rows_chart
from eventapp.report.spread_chart import spread_chart
from eventapp.report.words import BARS, LABEL_MOST, SERIES_BARS
from tests.browser import Browser
from tests.make import Make
from tests.met.evening import hours_ago, last_night
from tests.overview.arriving import come
from tests.properties import given, st
from tests.report.test_figures import ANSWERS, PEOPLE
from tests.report.test_report import guests_in, open_report, say

Browsers = Callable[..., Browser]
WORDS = [*BARS.values(), SERIES_BARS]
NAMES = sorted({name for words in WORDS for name in words})
FIGURES = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 20).map(lambda n: 5 * n))


@given(figures=FIGURES)
def test_bars_are_as_wide_as_their_figures_and_hidden_ones_are_none(figures: Figures) -> None:
    for words in WORDS:
        chart = rows_chart(words, figures)
        assert (chart is None) == set(words).isdisjoint(figures)
        for row in chart.rows if chart else ():
            name = next(name for name, label in words.items() if label == row.label)
            assert row.value == figures.get(name), "a hidden figure is no zero"
            assert 0 <= row.width <= (row.whole or 100) <= 100
        people = [row for row in chart.rows if row.value and not row.is_share] if chart else []
        for one, other in combinations(people, 2):
            assert one.width * (other.value or 0) == pytest.approx(
                other.width * (one.value or 0), rel=0.01
            )


@given(one=ANSWERS, other=ANSWERS, came=st.integers(0, 40))
def test_what_the_table_does_not_tell_apart_is_drawn_the_same(
    one: Answers, other: Answers, came: int
) -> None:
    guests = Guests(newcomers=frozenset(PEOPLE), asked=frozenset(PEOPLE))
    told = [{**figures_of(each, guests), **counts(came=came)} for each in (one, other)]
    drawn = [(rows_chart(BARS["met"], figures), spread_chart(figures)) for figures in told]
    assert (drawn[0] == drawn[1]) == (told[0] == told[1])


def test_each_number_of_a_drawing_is_in_its_table(make: Make, browser: Browsers) -> None:
    community = make.community()
    before = last_night(make, community=community, starts_at=hours_ago(24 * 30))
    come(make, before, hours_ago(24 * 30), 6)
    event = last_night(make, community=community)
    make.rsvp(event, "Gone", companions=3)
    make.rsvp(event, "Wait", status="waitlisted", companions=8)
    guests = guests_in(make, event, 24)
    say(make, *combinations(guests[:9], 2), *((one, guests[0]) for one in guests[9:]))
    page = open_report(make, browser, event)
    drawn = page.page.select(".drawn")
    assert len(drawn) == 2
    for each in drawn:
        for svg in each.select("svg"):
            assert svg.select_one("title").get_text()
            assert numbers(svg) <= numbers(each.select_one("table")), svg.get_text()
    came = drawn[1]
    assert "No-shows: not shown" in came.select_one("desc").get_text()
    assert came.select_one("text.untold").get_text() == "not shown"
    assert len(came.select("rect")) == len(came.select("[data-figure]"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_stands_above_a_bar_fits_on_a_phone(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        labels = [str(label) for words in WORDS for label in words.values()]
        assert [label for label in labels if len(label) > LABEL_MOST] == []


def numbers(part: Tag) -> set[str]:
    """The numbers in it, without those of an axis."""
    bare = copy(part)
    for tick in bare.select("text.tick"):
        tick.decompose()
    return set(re.findall(r"\d+(?:\.\d+)?", bare.get_text(" ")))

"""Addresses that people read."""

from __future__ import annotations

import pytest

from eventapp.core.slugs import SLUG_MOST, InvalidSlug, check_slug, slug_of
from tests.properties import given, st


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Café & Talks: ¿qué tal?", "cafe-talks-que-tal"),
        ("O'Brien's night", "obriens-night"),
        ("Straße 2026", "strasse-2026"),
        ("Привет", ""),
        ("🍺", ""),
        ("a" * 80, "a" * 60),
    ],
)
def test_slug_reads_like_the_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_long_title_is_cut_between_words() -> None:
    slug = slug_of("relationships and referrals " * 5)
    assert len(slug) <= SLUG_MOST
    assert set(slug.split("-")) == {"relationships", "and", "referrals"}


@given(st.text(max_size=200))
def test_slug_of_any_title_is_a_slug(title: str) -> None:
    if slug := slug_of(title):
        assert check_slug(slug) == slug


@pytest.mark.parametrize(
    "typed", ["", "Beers", "two words", "-beers", "beers-", "a--b", "niña", "a/b", "a" * 61, "a\n"]
)
def test_what_is_no_slug_is_refused(typed: str) -> None:
    with pytest.raises(InvalidSlug):
        check_slug(typed)

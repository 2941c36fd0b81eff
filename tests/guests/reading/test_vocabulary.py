"""The words are data that a stranger adds to: each stands in one place, in all eight languages."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from eventapp.guests.reading import vocabulary
from eventapp.guests.reading.column_choice import MEANINGS
from eventapp.guests.reading.statuses import read_status
from eventapp.guests.reading.titles import read_title
from eventapp.guests.reading.vocabulary import SIGNS, entries, key, load
from eventapp.model import Status

LANGUAGES = {"en", "es", "de", "fr", "pt", "ca", "it", "nl"}
TITLES = load("titles.toml")["titles"]
STATUSES = load("statuses.toml")


@pytest.mark.parametrize("sections", [TITLES, STATUSES], ids=["titles", "statuses"])
def test_each_word_stands_in_one_place(sections):
    places = defaultdict(set)
    for meaning, languages in sections.items():
        for word in entries(languages):
            assert word, f"an empty word in {meaning}"
            places[word].add(meaning)
    assert {word: there for word, there in places.items() if len(there) > 1} == {}


IN_FEWER = {
    *("surname_first", "second_last_name", "status_or_region"),
    *("ask_me_about", "want_to_learn", "looking_for", "note"),
}


@pytest.mark.parametrize("meaning", sorted(TITLES.keys() - IN_FEWER))
def test_a_title_is_known_in_eight_languages(meaning):
    assert TITLES[meaning].keys() >= LANGUAGES


@pytest.mark.parametrize("meaning", STATUSES)
def test_a_status_is_known_in_eight_languages(meaning):
    assert STATUSES[meaning].keys() >= LANGUAGES


@pytest.mark.parametrize("meaning", TITLES)
def test_a_title_means_what_it_stands_below(meaning):
    for languages in TITLES[meaning].values():
        for title in languages.split(","):
            assert read_title(" ".join(title.split())).meaning == meaning


@pytest.mark.parametrize("meaning", STATUSES)
def test_a_status_means_what_it_stands_below(meaning):
    for language, words in STATUSES[meaning].items():
        for word in words.split(","):
            text = word.strip() if language == SIGNS else " ".join(word.split())
            assert read_status(text, {}) == meaning, text


def test_a_meaning_is_a_status_or_says_how_they_came_to_be_going():
    assert STATUSES.keys() - set(Status) == {"arrived", "no_show", "invited"}


def test_what_somebody_may_say_of_a_column_is_what_columns_are_taken_for():
    inner = {"surname_first", "status_perhaps", "status_or_region", "place", "bookkeeping"}
    inner |= {"adults", "kids"}
    assert set(MEANINGS) == TITLES.keys() - inner | {"companion_names"}


@pytest.mark.parametrize(
    ("title", "compared"),
    [
        ("Attendee's E-Mail #", "attendee s email number"),
        ("N.º de pedido", "no de pedido"),
        ("Prénom de l’acheteur", "prenom de l acheteur"),
        ("firstName", "first name"),
        ("+1", "plus 1"),
    ],
)
def test_a_title_is_compared_without_case_accents_and_punctuation(title, compared):
    assert key(title) == compared


@pytest.mark.parametrize("file", ["titles", "statuses", "cells", "alphabets"])
def test_its_lines_are_read_at_a_glance(file):
    lines = Path(vocabulary.__file__).with_name(f"{file}.toml").read_text().splitlines()
    assert max(map(len, lines)) <= 100

"""Topics across Spanish and English: what is built in, and what a community adds."""

from __future__ import annotations

import time

import pytest

from eventapp.attendees.queries.synonyms import BUILT_IN, synonyms_of, terms_of
from eventapp.attendees.queries.topics import Interests, Reason, Why
from eventapp.model import Rsvp
from eventapp.model.limits import SYNONYMS_MOST


def reason(wanted: str, offered: str, synonyms: str = "") -> tuple[str, ...]:
    """The phrases of whoever offers."""
    learns = Interests.of(Rsvp(ask_me_about="", want_to_learn=wanted, looking_for=""), synonyms)
    offers = Interests.of(Rsvp(ask_me_about=offered, want_to_learn="", looking_for=""), synonyms)
    found = learns.reason_to_meet(offers)
    assert found is None or found.why == Why.OFFERS
    return found.topics if found else ()


@pytest.mark.parametrize(
    ("wanted", "offered", "found"),
    [
        ("precios", "tea, value-based pricing", ("value-based pricing",)),
        ("pricing", "poner precios, té", ("poner precios",)),
        ("Pricing", "PRECIO", ("PRECIO",)),
        ("machine learning", "aprendizaje automático", ("aprendizaje automático",)),
        ("ML", "el aprendizaje automático en casa", ("el aprendizaje automático en casa",)),
        ("nonprofits", "entidades sin ánimo de lucro", ("entidades sin ánimo de lucro",)),
        ("nonprofits", "Sin ánimo de lucro", ("Sin ánimo de lucro",)),
        ("sourdough", "masa madre", ("masa madre",)),
        ("a co-founder", "cofundadora", ("cofundadora",)),
        ("hiring", "recruiting, hiring", ("recruiting", "hiring")),
        ("aprendizaje", "machine learning", ()),
        ("aprendizaje de idiomas automático", "ML", ()),
        ("tea", "te lo cuento", ()),
    ],
)
def test_phrases_that_mean_the_same_are_shown_as_written(
    wanted: str, offered: str, found: tuple[str, ...]
) -> None:
    assert reason(wanted, offered) == found


def test_a_community_adds_its_own() -> None:
    lines = "k8s = Kubernetes\nbirra = cerveza"
    assert reason("k8s", "Kubernetes") == ()
    assert reason("k8s", "Kubernetes en casa", lines) == ("Kubernetes en casa",)
    assert reason("birra", "beer", lines) == ("beer",)  # by a line that is built in


def test_lines_that_lead_in_a_circle_make_one_group() -> None:
    lines = "uno rojo = dos rojos\ndos rojos = tres rojos\ntres rojos = uno rojo = uno rojo"
    assert reason("uno rojo", "Tres rojos", lines) == ("Tres rojos",)


def test_the_longest_list_that_loops_is_read_at_once() -> None:
    words = [f"word{number}" for number in range(SYNONYMS_MOST // 20)]
    circle = "\n".join(
        f"{one} = {other}" for one, other in zip(words, words[1:] + words[:1], strict=True)
    )
    began = time.process_time()
    assert reason(words[0], words[len(words) // 2], circle) == (words[len(words) // 2],)
    assert time.process_time() - began < 0.5


def test_words_that_stand_in_any_text_are_no_topic() -> None:
    assert reason("todo sobre perros", "how to do the same", "todo = the = how") == ()


def test_nobody_shares_a_topic_by_a_word_alone_that_is_no_synonym() -> None:
    learns = Interests.of(Rsvp(ask_me_about="", want_to_learn="vino", looking_for="piso"))
    other = Interests.of(Rsvp(ask_me_about="", want_to_learn="wine", looking_for="a flat"))
    assert learns.reason_to_meet(other) == Reason(Why.SEEKS_TOO, ("flat",))


def test_each_line_that_is_built_in_says_something() -> None:
    lines = [one for one in BUILT_IN.read_text("utf-8").splitlines() if not one.startswith("#")]
    for line in lines:
        assert len(set(terms_of(line))) == line.count("=") + 1, line
    groups = {group for of_word in synonyms_of().groups.values() for _, group in of_word}
    assert len(groups) == len(lines), "two lines are one group: write them as one"

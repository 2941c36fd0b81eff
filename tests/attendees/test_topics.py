"""A reason to talk: what one asks for and the other offers."""

from __future__ import annotations

import pytest

from eventapp.attendees.queries.topics import Interests, topics
from eventapp.model import Rsvp


def shared(mine: tuple[str, str], theirs: tuple[str, str]) -> tuple[str, ...]:
    one, other = (Interests.of(Rsvp(ask_me_about=a, want_to_learn=w)) for a, w in (mine, theirs))
    return one.shared_with(other)


@pytest.mark.parametrize(
    ("wanted", "offered", "found"),
    [
        ("kubernetes", "Kubernetes, and tea", ("Kubernetes",)),
        ("Programación", "programacion!", ("programacion",)),
        ("un podcast", "Podcasts", ("Podcasts",)),
        ("venta", "las ventas", ("ventas",)),
        ("IA y UX", "ia, ux", ("ia", "ux")),
        ("Docker", "K8s/Docker", ("Docker",)),
        ("«cerámica»", "cerámica.", ("cerámica",)),
        ("how to do the things", "the things I do", ()),
        ("cómo hacer todo sobre la vida", "la vida y todo sobre cómo", ()),
        ("to do it", "it is to do", ()),
        ("a b c", "a b c", ()),
        ("", "Kubernetes", ()),
        ("venta venta", "venta, Venta", ("venta",)),
        ("hiring", "hiring the first five, tea", ("hiring the first five",)),
        ("hiring and tea", "Tea. And hiring the first five", ("Tea", "hiring the first five")),
        ("hospitales", "cómo vender a hospitales – y yates", ("vender a hospitales",)),
    ],
)
def test_what_one_wants_and_the_other_offers(
    wanted: str, offered: str, found: tuple[str, ...]
) -> None:
    assert shared(("", wanted), (offered, "")) == found
    assert {word.casefold() for word in shared((wanted, ""), ("", offered))} == {
        word.casefold() for word in found
    }


def test_who_offers_the_same_shares_nothing() -> None:
    assert shared(("Rust", ""), ("Rust", "")) == ()
    assert shared(("", "Rust"), ("", "Rust")) == ()


def test_each_topic_is_named_once() -> None:
    assert shared(("Rust", "Rust"), ("rust", "RUST")) == ("rust",)


def test_any_text_is_read() -> None:
    assert topics("\x00 \ud800 !!! 王小明 e=mc² -- ") == {
        "王小明": "王小明 e=mc²",
        "mc2": "王小明 e=mc²",
    }

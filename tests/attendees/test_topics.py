"""A reason to talk: what one asks for and the other offers."""

from __future__ import annotations

import pytest

from eventapp.attendees.queries.synonyms import synonyms_of
from eventapp.attendees.queries.topics import Interests, Reason, Why, topics
from eventapp.model import Rsvp


def shared(mine: tuple[str, str], theirs: tuple[str, str]) -> tuple[str, ...]:
    return interests(*mine).shared_with(interests(*theirs))


def interests(ask_me_about: str, want_to_learn: str, looking_for: str = "") -> Interests:
    lines = {"want_to_learn": want_to_learn, "looking_for": looking_for}
    return Interests.of(Rsvp(ask_me_about=ask_me_about, **lines))


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
        ("un hospital", "software, hospitales", ("hospitales",)),
        ("softwares", "hospital, software", ("software",)),
        ("contratar", "cómo contratar", ("contratar",)),
        (
            "contratación",
            "Sobre las cinco primeras contrataciones",
            ("las cinco primeras contrataciones",),
        ),
        (
            "precios",
            "¿Cómo poner los precios de un servicio?",
            ("poner los precios de un servicio",),
        ),
        ("wine", "about «the wine from Bierzo»", ("the wine from Bierzo",)),
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
    assert topics("\x00 \ud800 !!! 王小明 e=mc² -- ", synonyms_of()) == {
        "王小明": "王小明 e=mc²",
        "mc2": "王小明 e=mc²",
    }


def test_what_one_looks_for_is_matched_with_what_the_other_offers_or_looks_for() -> None:
    seeks = interests("", "", "Busco un diseñador, a flat")
    designer, flat = interests("diseñador de juegos", ""), interests("", "", "a flat")
    assert seeks.shared_with(designer) == ("diseñador de juegos",)
    assert seeks.reason_to_meet(designer) == Reason(Why.OFFERS_SOUGHT, ("diseñador de juegos",))
    assert designer.reason_to_meet(seeks) == Reason(Why.SEEKS, ("diseñador",))
    assert seeks.reason_to_meet(flat) == Reason(Why.SEEKS_TOO, ("flat",))
    assert seeks.reason_to_meet(interests("", "diseñador")) is None

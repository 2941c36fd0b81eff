"""What a shared link unfolds with: of the right size, in the right words, made once."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from werkzeug.test import TestResponse

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events import share_picture
from eventapp.events.art import design_of
from eventapp.events.share_picture import (
    BAND,
    BYTES_MOST,
    PAPER,
    TEXT_WIDTH,
    Words,
    drawn_with_art,
    drawn_with_cover,
    kept,
)
from eventapp.model import Event, Focus
from eventapp.ui.lettering import face, fitted
from tests.browser import Browser
from tests.events.organising import may_event, organiser_of, save
from tests.make import Make
from tests.pictures import RED, as_file, photo

Browsers = Callable[..., Browser]
WORDS = Words("Beers and talks", "Tuesday, 4 May · 19:00", "Bar Central", "Los Jueves")
LONG = (
    "Łukasz Ő on the extraordinarily long evening about pricing a service, hiring five and trains"
)
RIGHT_EDGE = (1200 + 630) // 2  # of the square in the middle


def address(page: Browser) -> str:
    return str(page.page.select_one("meta[property='og:image']")["content"])


def fetched(browser: Browsers, event: Event, **more: object) -> TestResponse:
    return browser().client.get(f"/e/{event.slug}/card.png", **more)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def words_box(data: bytes) -> tuple[int, int, int, int]:
    """What is written below the picture: left, top, right, bottom."""
    below = opened(data).crop((0, BAND, 1200, 630))
    off = ImageChops.difference(below, Image.new("RGB", below.size, PAPER)).convert("L")
    box = off.point(lambda value: 255 if value > 24 else 0).getbbox()
    assert box
    return box


def test_a_shared_event_has_a_picture(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    page = browser().open(f"/e/{event.slug}")
    assert address(page).startswith(f"http://localhost/e/{event.slug}/card.png?v=")
    assert page.one("meta[name='twitter:image']")["content"] == address(page)
    answer = browser().client.get(address(page))
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert opened(answer.data).size == (1200, 630)
    assert len(answer.data) <= BYTES_MOST


def test_who_has_it_is_not_sent_it_again(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    tag = fetched(browser, event).headers["ETag"]
    again = fetched(browser, event, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_its_address_changes_with_what_it_shows(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    organiser = organiser_of(make, browser, event)
    seen = [address(browser().open(f"/e/{event.slug}"))]
    for field, value in (("title", "Cider"), ("place", "Bar Sur"), ("starts", "2027-05-05T19:00")):
        more = {"ends": "2027-05-05T23:00"} if field == "starts" else {}
        save(organiser.open(f"/o/e/{event.slug}"), **{field: value}, **more)
        seen.append(address(browser().open(f"/e/{event.slug}")))
    make.cover(event)
    seen.append(address(browser().open(f"/e/{event.slug}")))
    organiser.open(f"/o/e/{event.slug}/cover").press("Save the cover", focus="top")
    seen.append(address(browser().open(f"/e/{event.slug}")))
    organiser.open(f"/o/e/{event.slug}/call-off").press("Yes, call it off")
    seen.append(address(browser().open(f"/e/{event.slug}")))
    assert len(set(seen)) == len(seen) == 7
    organiser.open(f"/o/e/{event.slug}")
    assert address(browser().open(f"/e/{event.slug}")) == seen[-1]


def test_it_speaks_the_language_of_the_community(make: Make, browser: Browsers) -> None:
    event = may_event(make, make.community(language="es"))
    found = [browser(language=one).open(f"/e/{event.slug}") for one in ("en", "es")]
    assert address(found[0]) == address(found[1])


def test_who_does_not_see_it_reads_what_it_shows(make: Make, browser: Browsers) -> None:
    event = may_event(make, community := make.community(language="es"))
    page = browser(language="en")
    for when in ("martes, 4 de mayo", "Suspendido"):
        alt = page.open(f"/e/{event.slug}").one("meta[property='og:image:alt']")["content"]
        assert str(alt).startswith(f"Beers and talks · {when}")
        assert str(alt).endswith(f" · Bar Central · {community.name}")
        with make.act():
            db.session.get_one(Event, event.id).called_off_at = clock.now()


def test_it_shows_the_cover(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    make.cover(event, as_file(photo(1600, 1200)), focus="top")
    red = opened(fetched(browser, event).data).getpixel((600, 100))
    assert isinstance(red, tuple)
    assert all(abs(one - other) < 12 for one, other in zip(red, RED, strict=True))


def test_the_picture_of_a_draft_is_for_its_organisers(make: Make, browser: Browsers) -> None:
    draft = may_event(make, published_at=None)
    assert fetched(browser, draft).status_code == 303
    mine = organiser_of(make, browser, draft).client.get(f"/e/{draft.slug}/card.png")
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "no-store")


def test_it_is_drawn_once() -> None:
    drawn = []

    def draw() -> bytes:
        drawn.append(1)
        return b"picture"

    assert [kept("test-once", draw) for _ in range(3)] == [b"picture"] * 3
    assert drawn == [1]
    for number in range(share_picture.KEPT_MOST):
        kept(f"test-{number}", lambda: b"")
    kept("test-once", draw)
    assert drawn == [1, 1]


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        Words(LONG, "Tuesday, 4 May · 19:00", "Coworking " * 18, "Los Jueves " * 7),
        Words("Donaudampfschifffahrtselektrizität" * 3, "Tuesday", "", "Beers"),
        Words("W" * 120, "Tuesday, 4 May · 19:00", "W" * 200, "W" * 80),
        Words("🎉 Cider 🍏", "Tuesday, 4 May · 19:00", "", "Beers 🍻"),
    ],
)
def test_all_words_stand_in_the_square(words: Words) -> None:
    left, top, right, bottom = words_box(drawn_with_art(words, design_of("may", 0)))
    assert 285 < left < right < RIGHT_EDGE
    assert 4 < top < bottom < 630 - BAND - 4


@pytest.mark.parametrize("length", range(1, 21))
def test_a_title_of_any_length_leaves_room_for_the_rest(length: int) -> None:
    words = Words("La noche " * length, "martes, 4 de mayo · 19:00", "Calle Mayor, " * 9, "Beers")
    _, top, _, bottom = words_box(drawn_with_art(words, design_of("may", 0)))
    assert 4 < top < bottom < 630 - BAND - 4


def test_every_picture_is_small_enough_and_quickly_drawn(at_a_try: Callable[..., None]) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1200), 90) for _ in range(3)])
    loud = as_file(noise, "WEBP", quality=95)
    for focus in Focus:
        assert len(drawn_with_cover(WORDS, loud, focus)) <= BYTES_MOST
    file = as_file(photo(1600, 1200), "WEBP")

    def is_quick() -> bool:
        begun = time.process_time()
        drawn_with_art(WORDS, design_of("may", 4))
        drawn_with_cover(WORDS, file, "centre")
        return time.process_time() - begun < 0.6  # both of them

    at_a_try(is_quick)


def test_a_long_title_is_wrapped_and_cut_between_words() -> None:
    letters, lines = fitted(LONG, 800, sizes=range(70, 38, -4), width=TEXT_WIDTH, height=144)
    assert len(lines) == 3
    assert all(letters.width(line) <= TEXT_WIDTH for line in lines)
    assert lines[-1].endswith("…")
    assert lines[-1].removesuffix("…").split()[-1] in LONG.replace(",", "").split()


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("José Núñez & Zoë — “hola”", "José Núñez & Zoë — “hola”"),
        ("Łukasz Ő Öztürk", "Łukasz Ő Öztürk"),
        ("Привет, Ωmega", "Привет, Ωmega"),
        ("春の夜 김 李小龙 საღამო", "春の夜 김 李小龙 საღამო"),
        ("מחר غدا पुणे", "מחר غدا पुणे"),
        ("Talks 👩\u200d💻🏽 here", "Talks here"),
        ("a\u0000b\u200bc", "abc"),
    ],
)
def test_what_can_be_drawn_is_drawn_and_nothing_else(text: str, drawn: str) -> None:
    letters = face(800, 40)
    assert letters.drawable(text) == drawn


def test_a_word_that_no_font_can_draw_is_left_out() -> None:
    letters = face(800, 40)
    cuneiform = "\U00012000\U00012001"
    assert letters.drawable(f"Beers {cuneiform}x today") == "Beers today"
    drawn_with_art(Words(cuneiform, "Tuesday", "", ""), design_of("may", 0))


def test_letters_of_several_fonts_stand_on_one_line() -> None:
    letters = face(800, 40)
    apart = sum(letters.width(part) for part in ("Dar ", "Ő", "шар"))
    assert letters.width("Dar Őшар") == pytest.approx(apart, abs=2)

"""Events without a cover have art of their own, and none looks like its neighbour in a list."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import dist
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops, ImageStat

from eventapp.events.art import Design, design_named, design_of
from eventapp.events.art.palette import (
    NEIGHBOURS,
    PALETTES,
    channels,
    palette_of,
    palettes_beside,
)
from eventapp.events.art.raster import picture_of
from eventapp.events.art.shapes import HEIGHT, WIDTH, Disc, Lens, Polygon
from eventapp.events.art.svg import edition, svg_of
from eventapp.events.art.table import shapes_of
from tests.browser import Browser
from tests.chromium import Engine
from tests.events.organising import may_event
from tests.make import Make
from tests.properties import given, st

Browsers = Callable[..., Browser]
designs = st.builds(Design, st.integers(0, 2**32 - 1), st.integers(0, len(PALETTES) - 1))


def arts(page: Browser) -> list[str]:
    return [str(one["src"]) for one in page.page.select("picture img") if "/art/" in one["src"]]


def test_an_event_without_a_cover_has_art(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    image = browser().open(f"/e/{event.slug}").one("main picture img")
    assert image["alt"] == ""
    assert (image["width"], image["height"]) == (str(WIDTH), str(HEIGHT))
    answer = browser().client.get(image["src"])
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "image/svg+xml"
    assert "style" not in answer.text
    assert ElementTree.fromstring(answer.text).tag.endswith("svg")
    assert len(answer.data) < 6000


def test_an_event_with_a_cover_shows_that(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    make.cover(event, focus="top-left")
    for address in ("/", f"/e/{event.slug}"):
        page = browser().open(address)
        assert page.one("main picture img")["alt"] == "A flag"
        assert arts(page) == []


def test_the_art_of_an_event_is_the_same_each_time_and_another_one_elsewhere() -> None:
    assert svg_of(design_of("may", 3)) == svg_of(design_of("may", 3))
    assert len({svg_of(design_of(f"event-{number}", 3)) for number in range(50)}) == 50
    assert len(edition()) == 8


def test_a_list_shows_no_palette_twice_in_a_neighbourhood(make: Make, browser: Browsers) -> None:
    community = make.community()
    for number in range(12):
        may_event(make, community, slug=f"e-{number * 5 % 12}")
    for address in ("/", f"/c/{community.slug}"):
        found = [one.partition(".svg")[0][-1] for one in arts(browser().open(address))]
        assert len(found) == 12
        for at in range(1, 12):
            assert found[at] not in found[max(0, at - NEIGHBOURS) : at]


@given(st.lists(st.integers(1, 10_000), unique=True))
def test_no_two_neighbours_are_alike(ids: list[int]) -> None:
    chosen = palettes_beside(ids)
    shown = [chosen[one] for one in ids]
    for at, palette in enumerate(shown):
        assert palette not in shown[max(0, at - NEIGHBOURS) : at]


def test_events_made_one_after_another_keep_their_own_palette() -> None:
    assert palettes_beside(range(1, 9)) == {one: palette_of(one) for one in range(1, 9)}


@given(designs)
def test_an_address_names_its_design(design: Design) -> None:
    assert design_named(str(design)) == design


@pytest.mark.parametrize("name", ["", "0", "0badcafe8", "0badcafe", "0BADCAFE1", "0badcafe11", "x"])
def test_there_is_no_other_design(make: Make, browser: Browsers, name: str) -> None:
    assert design_named(name) is None
    assert browser().client.get(f"/art/{name}.svg").status_code == 404


@given(designs)
def test_what_matters_is_in_the_middle_and_large(design: Design) -> None:
    shapes = shapes_of(design)
    lens = next(shape for shape in shapes if isinstance(shape, Lens))
    for glass in (lens.one, lens.other):
        assert abs(glass.centre.x - WIDTH / 2) < 300
        assert abs(glass.centre.y - HEIGHT / 2) < 250
        assert glass.radius > 150
    assert lens.one.overlaps(lens.other)
    reach = dist(lens.one.centre, lens.other.centre)
    assert reach < 0.75 * (lens.one.radius + lens.other.radius)
    assert sum(isinstance(shape, Disc) for shape in shapes) >= 9
    assert sum(isinstance(shape, Polygon) for shape in shapes) >= 11


def test_no_palette_is_dark_all_over() -> None:
    for palette in PALETTES:
        light = [sum(channels(colour)) / 3 for colour in palette]
        assert max(light) - min(light) > 120
        assert sorted(light)[len(light) // 2] > 100
    assert len({palette.ground for palette in PALETTES}) == len(PALETTES) == 8


@pytest.mark.browser
def test_both_renderers_draw_the_same(chromium_engine: Engine) -> None:
    tab = chromium_engine.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    for number in range(len(PALETTES)):
        design = design_of(f"event-{number}", number)
        tab.set_content(f"<!doctype html><style>body {{ margin: 0 }}</style>{svg_of(design)}")
        shown = Image.open(BytesIO(tab.screenshot())).convert("RGB")
        difference = ImageChops.difference(picture_of(design, WIDTH), shown).reduce(4)
        assert max(high for _, high in ImageStat.Stat(difference).extrema) < 60
        assert max(ImageStat.Stat(difference).mean) < 1
    tab.close()

"""The drawing of whom a guest met: every name has its room."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

from eventapp.met.network_drawing import DISC, LETTERS, ROOM, ROW, WIDTH, Drawing, drawing_of
from eventapp.met.own_network import SHOWN_MOST, Acquaintance, Bond, OwnNetwork
from eventapp.model import Rsvp
from eventapp.ui.face import REGULAR
from tests.browser import Browser
from tests.contacts.evening import noted
from tests.make import Make
from tests.properties import given, st

Browsers = Callable[..., Browser]
LONG = "María de los Ángeles Fernández-Villaverde y Rodríguez de la Borbolla Camoyán"
RTL = "عبد الرحمن بن محمد الفارسي"


def people(*names: str) -> OwnNetwork:
    return OwnNetwork(
        [Acquaintance(name, Bond.BOTH, number) for number, name in enumerate(names)], [], len(names)
    )


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """Of each line of each name: left, top, right, bottom, as the letters are measured."""
    found = []
    for spot in drawing.spots:
        for line, y in spot.written:
            width = REGULAR.width(line, LETTERS)
            left = spot.left + (ROOM - width if spot.side < 0 else 0)
            foot = spot.top + y + 0.26 * LETTERS
            found.append((left, foot - 1.1 * LETTERS, left + width, foot))
    return found


NAMES = st.one_of(
    st.sampled_from([LONG, RTL, "小明", "Bea Gil", "🦊", "W" * 80, "Ana " * 20]),
    st.text(min_size=1, max_size=80).filter(lambda text: bool(text.strip())),
)


def test_the_page_has_the_measures_by_which_names_fit(
    make: Make, browser: Browsers, pair: tuple[Rsvp, Rsvp]
) -> None:
    noted(make, *pair)
    page = make.signed_in(browser(), pair[0].person)
    page.open(f"/e/{pair[0].event.slug}/met/network")
    assert (
        page.one("svg.around:not(.key)")["viewbox"]
        == f"0 0 {WIDTH} {drawing_of(people('Bea')).height}"
    )
    place = page.one("svg.around a svg")
    assert (float(str(place["width"])), float(str(place["height"]))) == (ROOM, ROW)


@given(names=st.lists(NAMES, min_size=1, max_size=SHOWN_MOST))
def test_no_name_overlaps_another_or_leaves_the_drawing(names: list[str]) -> None:
    drawing = drawing_of(people(*names))
    placed = boxes(drawing)
    for left, top, right, bottom in placed:
        assert left >= 0
        assert right <= WIDTH + 0.01
        assert top >= 0
        assert bottom <= drawing.height
    places = sorted((spot.side, spot.top) for spot in drawing.spots)
    for (side, top), (next_side, next_top) in pairwise(places):
        assert side != next_side or next_top >= top + ROW
    for one, other in combinations(placed, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_no_line_between_two_is_hidden_by_the_one_in_the_middle() -> None:
    for count in range(2, 9):
        drawing = drawing_of(people(*map(str, range(count))))
        for one, other in combinations(drawing.spots, 2):
            half_way = (one.y + other.y) / 2 + 0.75 * drawing.bow(one, other)
            assert one.side == other.side or abs(half_way - drawing.middle) > DISC
            assert 0 <= half_way <= drawing.height


def test_a_short_name_is_whole_and_a_long_one_ends_in_an_ellipsis() -> None:
    short, rtl, long = (spot.lines for spot in drawing_of(people("Bea Gil", RTL, LONG)).spots)
    assert short == ["Bea Gil"]
    assert " ".join(rtl) == RTL
    assert len(long) == 2
    assert long[1].endswith("…")
    assert LONG.startswith(long[0])

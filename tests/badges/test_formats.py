"""Labels are where the manufacturer cuts them."""

from __future__ import annotations

import pytest

from eventapp.badges.formats import BY_CODE, FORMATS, INCH, Format

every_format = pytest.mark.parametrize("label", FORMATS, ids=lambda label: label.code)


@pytest.mark.parametrize(
    ("code", "left", "top", "step_x", "step_y", "count"),
    [  # as glabels and Paper::Specs have them
        ("l4785", 18, 13, 95, 55, 10),
        ("5395", 0.6875 * INCH, 0.583333 * INCH, 3.75 * INCH, 2.5 * INCH, 8),
        ("5392", 0.25 * INCH, 1 * INCH, 4 * INCH, 3 * INCH, 6),
        ("l7163", 4.65, 15.15, 101.6, 38.1, 14),
    ],
)
def test_labels_are_where_they_are_cut(
    code: str, left: float, top: float, step_x: float, step_y: float, count: int
) -> None:
    label = BY_CODE[code]
    assert label.corner(0) == pytest.approx((left, top), abs=0.51)
    second = label.corner(label.columns + 1)
    assert second[0] - label.left == pytest.approx(step_x, abs=0.01)
    assert second[1] - label.top == pytest.approx(step_y, abs=0.01)
    assert label.per_sheet == count


@every_format
def test_labels_are_on_the_paper_and_apart(label: Format) -> None:
    corners = [label.corner(place) for place in range(label.per_sheet)]
    for x, y in corners:
        assert -0.001 <= x <= label.paper.width - label.width + 0.001
        assert -0.001 <= y <= label.paper.height - label.height + 0.001
    for number, (x, y) in enumerate(corners):
        for other_x, other_y in corners[number + 1 :]:
            beside = abs(x - other_x) >= label.width - 0.001
            assert beside or abs(y - other_y) >= label.height - 0.001


@every_format
def test_a_sheet_begun_before_goes_on_from_its_first_free_label(label: Format) -> None:
    last = label.per_sheet
    places = list(label.places(last + 1, start=last))
    assert places[0] == (0, last - 1)
    assert places[1] == (1, 0)
    assert label.sheets_for(last + 1, start=last) == places[-1][0] + 1
    assert label.sheets_for(0, start=1) == 0

"""The figures on a page, and how a count is rounded there."""

from __future__ import annotations

from tests.browser import Browser


def figures(page: Browser) -> dict[str, str]:
    found = page.page.select("[data-figure]")
    told = {str(each["data-figure"]): each.get_text().replace("\xa0", " ") for each in found}
    assert len(told) == len(found), "each figure is there once"
    return told


def fives(number: float) -> int:
    return min(range(0, 200, 5), key=lambda five: (abs(five - number), -five))

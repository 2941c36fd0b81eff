"""Two initials and a colour stand for somebody's picture, readable by day and by night."""

import math
import re
from pathlib import Path

import pytest
from flask import render_template_string

from eventapp.model import Person, Rsvp
from eventapp.ui.avatars import COLOURS, colour, initials

CSS = (Path(__file__).parent.parent.parent / "eventapp/ui/static/app.css").read_text()
AVATAR = re.search(r"\.avatar \{.*?\}", CSS, re.DOTALL)[0]
TONE = r"oklch\((\d+)% ([\d.]+) var\(--hue\)\)"
PAIR = rf"{{}}: light-dark\({TONE}, {TONE}\)"
HUES = [int(hue) for hue in re.findall(r"\.c\d \{\s*--hue: (\d+);", CSS)]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Ruiz", "AR"),
        ("ana maría de la fuente", "AF"),
        ("Ángel Łukasz", "AL"),
        ("Núria O'Brien-Łuk", "NL"),
        ("Cher", "C"),
        ("  ßeta  ", "S"),
        ("李 明", "李明"),
        ("🙂 !", "?"),
        ("", "?"),
    ],
)
def test_the_initials_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_colour_is_the_persons_at_every_event_and_the_guests_without_one() -> None:
    ana = Person(id=7, name="Ana Ruiz")
    evenings = [Rsvp(id=1, person_id=7, name="Ana"), Rsvp(id=2, person_id=7, name="Ana Ruiz")]
    assert {colour(ana), *map(colour, evenings)} == {colour(ana)}
    assert len({colour(Rsvp(id=number, name="Guest")) for number in range(100)}) == COLOURS
    assert colour("Somebody") == colour("Somebody")


def test_every_colour_has_a_hue() -> None:
    assert len(set(HUES)) == COLOURS


@pytest.mark.parametrize("night", [False, True])
def test_initials_are_readable(night: bool) -> None:
    for hue in HUES:
        ground, ink = (_luminance(*_tone(of, night), hue) for of in ("background", "color"))
        lighter, darker = max(ground, ink), min(ground, ink)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, hue


def test_the_macro_takes_a_person_a_guest_or_a_name(app) -> None:
    with app.test_request_context():
        shown = render_template_string(
            "{{ avatar(rsvp) }}{{ avatar('Bea Sol') }}", rsvp=Rsvp(id=1, name="Ana <b> Ruiz")
        )
    assert re.findall(r">(\w+)</span>", shown) == ["AR", "BS"]


def _tone(of: str, night: bool) -> tuple[float, float]:
    found = re.search(PAIR.format(rf"\b(?<!-){of}"), AVATAR)
    lightness, chroma = found.groups()[2:] if night else found.groups()[:2]
    return float(lightness) / 100, float(chroma)


def _luminance(lightness: float, chroma: float, hue: float) -> float:
    """The relative luminance (WCAG 2.2) of a colour in oklch (CSS Color 4)."""
    a, b = (chroma * turn(math.radians(hue)) for turn in (math.cos, math.sin))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return sum(
        share * min(max(part, 0), 1)
        for share, part in ((0.2126, red), (0.7152, green), (0.0722, blue))
    )

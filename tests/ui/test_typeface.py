"""One file of the typeface has what European names are written with, so that none comes late."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from PIL import ImageFont

from eventapp.ui.fonts import FIGTREE

SERVED = FIGTREE.with_suffix(".woff2")
NO_LETTER = "\U0010ffff"

LETTERS = {
    "western": "àáâãäåæçèéêëìíîïñòóôõöøœùúûüÿß¿¡ªº·«»",
    "Icelandic": "ðþýáéíóúæö",
    "Polish": "ąćęłńóśźż",
    "Czech and Slovak": "áäčďéěíĺľňóôřŕšťúůýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîșț",
    "Croatian": "čćđšž",
    "Turkish": "çğıöşüİ",
    "Baltic": "āčēėęģįīķļņšūųž",
    "Maltese": "ċġħż",
    "Welsh": "ŵŷẁẃẅỳ",
    "Esperanto": "ĉĝĥĵŝŭ",
    "texts": "“”‘’„…–—•→€£½±×©®™",
}


@pytest.mark.parametrize("letters", LETTERS.values(), ids=LETTERS)
def test_it_has_the_letters_of(letters: str) -> None:
    font = ImageFont.truetype(SERVED, 40)
    blank = bytes(font.getmask(NO_LETTER))
    both = {*letters, *"".join(one.upper() for one in letters if len(one.upper()) == 1)}
    assert [one for one in sorted(both) if bytes(font.getmask(one)) == blank] == []


def test_every_page_loads_it_at_once_and_no_other(app: Flask) -> None:
    client = app.test_client()
    page, style = (client.get(path).text for path in ("/", "/static/app.css"))
    (preloaded,) = re.findall(r'<link rel="preload" href="([^"]+)" as="font"', page)
    (asked,) = re.findall(r'url\("([^"]+\.woff2)"\)', style)
    assert preloaded.endswith(asked)
    assert client.get(preloaded).data == SERVED.read_bytes()

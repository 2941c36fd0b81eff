"""The fonts that we shape and draw with, in the order in which they are tried.

Figtree, the typeface of the pages, has what western and central Europe writes; the Noto Sans beside
this file have Greek, Cyrillic, Devanagari, Arabic, Hebrew, Tamil, Thai, Georgian, Ethiopic and
emoji; the package justmytype-intl-cjk has Chinese, Japanese and Korean. What none of them has is
drawn by a Noto Sans that is installed on the machine (Debian: fonts-noto-core). All have TrueType
outlines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb

HERE = Path(__file__).parent
FIGTREE = HERE.parent / "static/vendor/fontpkg-figtree-2.2/figtree.ttf"
WEIGHTS = {"regular": 400, "bold": 700}
STYLES = {"regular": "Regular", "bold": "Bold"}
INSTALLED = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
EAST_ASIAN = ("sc", "jp", "kr", "tc")
EMOJI = HERE / "noto-emoji-0.4.7/NotoEmoji_700Bold.ttf"  # one weight does


@dataclass(frozen=True)
class Font:
    """A font file at one weight. Lengths are in em."""

    path: Path
    weight: int

    @cached_property
    def face(self) -> hb.Face:
        return hb.Face(hb.Blob.from_file_path(str(self.path)))

    @cached_property
    def shaper(self) -> hb.Font:
        font = hb.Font(self.face)
        if self.is_variable:
            font.set_variations({"wght": self.weight})
        return font

    @cached_property
    def _letters(self) -> hb.Set:
        return self.face.unicodes

    @property
    def is_variable(self) -> bool:
        return bool(self.face.axis_infos)

    @property
    def em(self) -> int:
        upem: int = self.face.upem
        return upem

    def has(self, char: str) -> bool:
        return ord(char) in self._letters

    @property
    def postscript_name(self) -> str:
        return self.path.stem.partition("[")[0].replace("_", "-")

    def advance(self, glyph: int) -> float:
        advance: float = self.shaper.get_glyph_h_advance(glyph) / self.em
        return advance

    @cached_property
    def inks(self) -> _Inks:
        return _Inks(self)


class _Inks(dict[int, tuple[float, float]]):
    """How far each glyph is drawn above and below the baseline: its top, its bottom."""

    def __init__(self, font: Font) -> None:
        self._font = font

    def __missing__(self, glyph: int) -> tuple[float, float]:
        box, em = self._font.shaper.get_glyph_extents(glyph), self._font.em
        self[glyph] = (box.y_bearing / em, (box.y_bearing + box.height) / em) if box else (0, 0)
        return self[glyph]


@cache
def fonts(weight: str, prefer: str = "") -> tuple[Font, ...]:
    """Those of a weight. `prefer`: whose forms of Han come first, of EAST_ASIAN."""
    ours = [FIGTREE, *_noto(weight), EMOJI, *_east_asian(prefer), *_installed(weight)]
    return tuple(_font(path, WEIGHTS[weight]) for path in ours)


@cache
def _font(path: Path, weight: int) -> Font:
    return Font(path, weight)


def _noto(weight: str) -> Iterator[Path]:
    """Noto Sans itself first, which has Latin as the others do."""
    found = HERE.glob(f"noto-sans*/NotoSans*_{WEIGHTS[weight]}*.ttf")
    yield from sorted(found, key=lambda path: len(path.name))


def _east_asian(prefer: str) -> Iterator[Path]:
    package = find_spec("justmytype_intl_cjk")
    for folder in package.submodule_search_locations or () if package else ():
        for place in sorted(EAST_ASIAN, key=lambda place: place != prefer):
            yield from Path(folder).glob(f"fonts/ofl/notosans{place}/NotoSans*[[]wght].ttf")


def _installed(weight: str) -> Iterator[Path]:
    for folder in INSTALLED:
        yield from sorted(folder.rglob(f"NotoSans*-{STYLES[weight]}.ttf"))

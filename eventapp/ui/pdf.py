"""PDFs with text in any script: of each font, only the glyphs that are drawn are embedded.

ReportLab draws characters, not glyphs. Here a line that is set (shaping.py) is drawn by its glyphs.
The character map of each font says what they read as; where that is not enough, as for ligatures
and vowels that stand before their consonant, ActualText does. So searching and copying find the
text as it was written. Readers turn what runs right to left themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, groupby, islice
from typing import Any

import uharfbuzz as hb
from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from eventapp.ui.fonts import Font
from eventapp.ui.shaping import Glyph, Line

rl_config.useA85 = 0  # binary pages are a fifth smaller and quicker than ASCII

SUBSET = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
KEPT = ("glyf", "loca", "head", "hhea", "hmtx", "maxp")  # all that PDF asks of a font
LETTERS_MOST = 100  # in one block of a character map, by its specification


class Pdf:
    """A document whose lengths are millimetres, and whose y runs down, as in SVG."""

    def __init__(self, width: float, height: float, *, title: str) -> None:
        self.height = height
        self._file, self._fonts = BytesIO(), dict[Font, _Embedded]()
        self.canvas = Canvas(self._file, pagesize=(width * mm, height * mm), pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setViewerPreference("PrintScaling", "None")  # labels are where they are

    def draw_line(self, line: Line, x: float, y: float, size: float) -> None:
        """`x`, `y`: the left end of the baseline."""
        for is_told, letters in groupby(_letters(line.glyphs), key=self._is_told):
            for glyphs in [list(chain.from_iterable(letters))] if is_told else letters:
                shown = " ".join(self._show(glyphs, x, y, size))
                self.canvas.addLiteral(shown if is_told else _saying(glyphs, shown))

    def _is_told(self, letter: Sequence[Glyph]) -> bool:
        """Whether what a letter reads as is told by the character map of its font."""
        first, *more = letter
        return self._embedded(first.font).told_by(first) == first.text and not more

    def _show(self, glyphs: Sequence[Glyph], x: float, y: float, size: float) -> Iterator[str]:
        yield "BT"
        for font, run in groupby(glyphs, key=lambda glyph: glyph.font):
            drawn, embedded = list(run), self._embedded(font)
            embedded.use(drawn)
            yield f"/{embedded.name} {size:.3f} Tf"
            yield from _placed(drawn, x, y, size)
        yield "ET"

    def _embedded(self, font: Font) -> _Embedded:
        if font not in self._fonts:
            self._fonts[font] = _Embedded(font, f"G{len(self._fonts) + 1}")
        return self._fonts[font]

    def bytes(self) -> bytes:
        """The finished document."""
        # ReportLab asks what stands here for its objects once everything is drawn.
        document: Any = self.canvas._doc  # type: ignore[attr-defined]
        document.delayedFonts.extend(self._fonts.values())
        self.canvas.save()
        return self._file.getvalue()


def _letters(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Each letter: its first glyph, which says what it stands for, and the others of it."""
    letter: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text and letter:
            yield letter
            letter = []
        letter.append(glyph)
    if letter:
        yield letter


def _saying(glyphs: Iterable[Glyph], shown: str) -> str:
    text = "".join(glyph.text for glyph in glyphs).encode("utf-16-be").hex().upper()
    return f"/Span <</ActualText <FEFF{text}>>> BDC {shown} EMC"


def _placed(glyphs: Sequence[Glyph], x: float, y: float, size: float) -> Iterator[str]:
    """Glyphs at the places that shaping gave them: those of one height in one array, in which
    numbers move what follows, in thousandths of the size.
    """
    for rise, run in groupby(glyphs, key=lambda glyph: round(glyph.y, 3)):
        level = list(run)
        at = level[0].x
        yield f"1 0 0 1 {x + at * size:.3f} {-y + rise * size:.3f} Tm ["
        for glyph in level:
            if moved := round((at - glyph.x) * 1000):
                yield str(moved)
            yield f"<{glyph.id:04X}>"
            at = glyph.x + glyph.font.advance(glyph.id)
        yield "] TJ"


class _Embedded:
    """A font in a document: its glyphs that are drawn there, and what they stand for."""

    def __init__(self, font: Font, name: str) -> None:
        self.font, self.name = font, name
        self._texts: dict[int, str] = {}

    def told_by(self, glyph: Glyph) -> str:
        """What its character map says of a glyph: what that stood for when it came first."""
        return self._texts.setdefault(glyph.id, glyph.text)

    def use(self, glyphs: Iterable[Glyph]) -> None:
        for glyph in glyphs:
            self._texts.setdefault(glyph.id, "")

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab calls it
        name = PDFName(f"{_tag(self._texts)}+{self.font.postscript_name}")
        letters = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "CIDToGIDMap": PDFName("Identity"),
            "FontDescriptor": doc.Reference(PDFDictionary(self._description(doc, name))),
            "W": PDFArray(list(self._widths())),
        }
        whole = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": name,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([doc.Reference(PDFDictionary(letters))]),
            "ToUnicode": doc.Reference(_stream(_character_map(self._texts).encode())),
        }
        doc.idToObject["BasicFonts"].dict[self.name] = doc.Reference(PDFDictionary(whole))

    def _description(self, doc: Any, name: object) -> dict[str, object]:
        box = self.font.shaper.get_font_extents("ltr")
        top, bottom = (round(y * 1000 / self.font.em) for y in (box.ascender, box.descender))
        return {
            "Type": PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": 4,  # has letters beyond Adobe's Latin
            "FontBBox": PDFArray([-1000, bottom, 3000, top]),
            "ItalicAngle": 0,
            "Ascent": top,
            "Descent": bottom,
            "CapHeight": 700,
            "StemV": self.font.weight // 5,
            "FontFile2": doc.Reference(_stream(self._file())),
        }

    def _widths(self) -> Iterator[object]:
        for glyph in sorted(self._texts):
            yield glyph
            yield PDFArray([round(self.font.advance(glyph) * 1000)])

    def _file(self) -> bytes:
        wanted = hb.SubsetInput()
        wanted.flags = SUBSET
        wanted.glyph_set.update(self._texts)
        needless = set(self.font.face.table_tags) - set(KEPT)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in needless)
        if self.font.is_variable:
            wanted.pin_axis_location(self.font.face, "wght", self.font.weight)
        file: bytes = hb.subset(self.font.face, wanted).blob.data
        return file


def _stream(content: bytes) -> PDFStream:
    stream = PDFStream(PDFDictionary({"Length1": len(content)}), content)
    stream.filters = [PDFZCompress]
    return stream


def _tag(glyphs: Iterable[int]) -> str:
    """Six letters for a subset, as PDF asks for: others for other glyphs."""
    number = hash(tuple(sorted(glyphs)))
    return "".join(chr(ord("A") + (number >> 5 * place) % 26) for place in range(6))


def _character_map(texts: dict[int, str]) -> str:
    """What the glyphs stand for, for readers that do not know ActualText."""
    rows = iter(
        f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for glyph, text in sorted(texts.items())
        if text
    )
    blocks = iter(lambda: list(islice(rows, LETTERS_MOST)), [])
    said = ([f"{len(block)} beginbfchar", *block, "endbfchar"] for block in blocks)
    return "\n".join([CHARACTER_MAP_BEGINS, *chain.from_iterable(said), CHARACTER_MAP_ENDS])


CHARACTER_MAP_BEGINS = """\
/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange"""
CHARACTER_MAP_ENDS = "endcmap CMapName currentdict /CMap defineresource pop end end"

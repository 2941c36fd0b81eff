"""Our own JavaScript and CSS read well: short lines, a declaration a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
COLUMNS = 100
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|"[^"]*"', re.DOTALL)
TWO_DECLARATIONS = re.compile(r";.*;|[^{]\{[^{%]+;")
CHARACTER_CLASS = re.compile(r"/\[[^\]]*\]/")


def own(suffix: str) -> list[Path]:
    paths = [*(ROOT / "eventapp").rglob(f"*{suffix}"), *(ROOT / "tests").rglob(f"*{suffix}")]
    return [path for path in paths if "vendor" not in path.parts]


def lines_where(is_wrong: Callable[[str], object], path: Path, text: str) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {line}" for line in text.splitlines() if is_wrong(line)]


def test_lines_are_short() -> None:
    paths = own(".js") + own(".css")
    assert len(paths) > 20
    for path in paths:
        assert not lines_where(lambda line: len(line) > COLUMNS, path, path.read_text())


def test_each_declaration_has_a_line() -> None:
    for path in own(".css"):
        text = COMMENT_OR_STRING.sub("", path.read_text())
        assert not lines_where(TWO_DECLARATIONS.search, path, text)


def test_template_literals_stay_on_their_line() -> None:
    """core/compression.py takes lines out of scripts without reading what is around them."""
    scripts = [path for path in own(".js") if "static" in path.parts]
    assert len(scripts) > 20
    for path in scripts:
        text = CHARACTER_CLASS.sub("", path.read_text())
        assert not lines_where(lambda line: line.count("`") % 2, path, text)

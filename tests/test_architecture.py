"""The import rules, executable. See README.md, "Who may import whom"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventapp import FEATURES

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "eventapp").rglob("*.py"))
TEMPLATES = sorted((ROOT / "eventapp").rglob("templates/**/*.*"))
OPEN_TO_OTHERS = ("actions", "queries", "gate")
FLASK = ("flask", "flask_wtf", "flask_babel", "flask_sqlalchemy")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def feature_of(path: Path) -> str | None:
    room = path.relative_to(ROOT / "eventapp").parts[0]
    return room if room in FEATURES else None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_up_the_list(path: Path) -> None:
    feature, room = feature_of(path), path.relative_to(ROOT / "eventapp").parts[0]
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "eventapp" or len(parts) < 2:
            continue
        other = parts[1]
        if room in ("core", "model", "ui"):
            assert other not in FEATURES, f"{room} imports the feature {other}"
        if room == "core":
            assert other == "core", f"core imports {other}"
        if feature and other in FEATURES and other != feature:
            assert FEATURES.index(other) < FEATURES.index(feature), f"{name} points down the list"
            assert parts[2] in OPEN_TO_OTHERS, f"{name} is {other}'s own"


@pytest.mark.parametrize(
    "path",
    [p for p in SOURCES if feature_of(p) and ({"actions", "queries"} & {p.stem, p.parent.name})],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_actions_and_queries_do_not_know_the_web(path: Path) -> None:
    used = [name for name in imports_of(path) if name.split(".")[0] in FLASK]
    assert not used, "the command line, the worker and the tests call them too"


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (r"\.commit\(\)", "core/db.py"),
        (r"[\"']HX-", "core/htmx.py"),
        (r"\.listing\b.*==|Rsvp\.listing", "attendees/"),
    ],
)
def test_one_place_only(words: str, where: str) -> None:
    found = [
        f"{path.relative_to(ROOT / 'eventapp')}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(words, line)
    ]
    assert all(place.startswith(where) for place in found), found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_take_only_from_their_own_feature_and_those_above(path: Path) -> None:
    text, feature = path.read_text(), feature_of(path)
    for other in re.findall(r"{%-?\s*(?:extends|include|from|import)\s+\"(\w+)/", text):
        if other in FEATURES and feature:
            assert FEATURES.index(other) <= FEATURES.index(feature), f"{other} is below"
        elif other in FEATURES:
            raise AssertionError(f"ui takes from the feature {other}")
    if path.name != "form.html":
        assert "hx-post" not in text, "write it with live_form"
    assert not re.search(r"hx-on|hx-ext|hx-disabled-elt|sse-swap|\sstyle=", text) or (
        path.name in ("html.jinja", "shell.html")
    )

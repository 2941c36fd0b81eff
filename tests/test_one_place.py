"""What is said or written in one place only: words that no other file may have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_architecture import (
    OWN,
    ROOT,
    SOURCES,
    TEMPLATES,
    folder_of,
    module_of,
    tree_of,
)


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (r"\.commit\(\)", "core/db.py"),
        (r"[\"']HX-", "core/htmx.py"),
        (r"\bdatetime\.(now|today|utcnow)\(|\bdate\.today\(", "core/clock.py"),
        (r"\.listing\b.*==|Rsvp\.listing", "attendees/"),
        (r"EventPicture\.shown_at", "attendees/"),
        (r"\bevent\.(exact_address|private_link)\b", "model/rsvp.py"),
        (r"\bmost=\d", "model/limits.py"),
    ],
)
def test_one_place_only(words: str, where: str) -> None:
    found = [
        f"{path.relative_to(ROOT / 'eventapp')}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(words, line)
    ]
    assert [place for place in found if not place.startswith(where)] == []


SEATING = {"status", "waitlisted_at", "companions"}  # columns of Rsvp that seats depend on
DECISIONS = {"approved_at", "declined_at"}  # of hosts, without which some get no seats


def columns_written(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The attributes that are assigned, but for an object's own, and the names that an UPDATE
    gives its values by; with their lines.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if name_of(node.value) != "self":
                yield node.attr, node.lineno
        elif isinstance(node, ast.Call) and name_of(node.func).endswith((".values", "setattr")):
            keys = [
                key for part in ast.walk(node) if isinstance(part, ast.Dict) for key in part.keys
            ]
            for name in filter(None, [*node.args, *keys]):
                yield ast.unparse(name).strip("'\"").removeprefix("Rsvp."), node.lineno
            yield from ((keyword.arg or "", node.lineno) for keyword in node.keywords)


def name_of(node: ast.expr) -> str:
    """The name, or the last one after a point. Unparsed, the whole would take most of the time."""
    if isinstance(node, ast.Attribute):
        return f".{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def places_that_write(columns: set[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT / 'eventapp')}:{line} writes {name}"
        for path in SOURCES
        for name, line in columns_written(tree_of(path))
        if name in columns
    ]


def test_the_status_of_an_rsvp_is_written_in_one_place() -> None:
    found = places_that_write(SEATING)
    assert [one for one in found if not one.startswith("rsvp/actions/status.py")] == []
    assert len(found) == len(SEATING)


def test_what_hosts_decided_is_written_in_one_place() -> None:
    found = places_that_write(DECISIONS)
    assert {one.split(":")[0] for one in found} == {"rsvp/actions/status.py"}


@pytest.mark.parametrize(
    "line",
    [
        "rsvp.status = 'going'",
        "guest.rsvp.status, rsvp.waitlisted_at = 'going', None",
        "rsvp.companions += 1",
        "execute(update(Rsvp).values(status='going'))",
        "execute(update(Rsvp).where(Rsvp.id == 1).values({'status': 'going'}))",
        "execute(update(Rsvp).values({Rsvp.status: 'going'}))",
        "setattr(rsvp, 'status', 'going')",
    ],
)
def test_every_way_to_write_a_status_is_found(line: str) -> None:
    assert SEATING & {name for name, _ in columns_written(ast.parse(line))}


# Columns of which the model names each word by an enum.
WORDS = {"status", "listing", "source", "outcome", "reason", "role", "actor", "failure"}


def test_words_of_the_model_are_compared_by_their_enums() -> None:
    wrong = []
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            words = [word for side in sides for word in getattr(side, "elts", [side])]
            columns = {word.attr for word in words if isinstance(word, ast.Attribute)}
            if columns & WORDS and any(isinstance(getattr(w, "value", 0), str) for w in words):
                wrong.append(f"{module_of(path)}:{node.lineno} {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


def test_limits_are_said_once_in_the_model() -> None:
    scripts = (path for path in OWN.rglob("static/**/*.js") if "vendor" not in path.parts)
    literal = re.compile(r"\bmax([lL]ength)?[\"']?\s*[:=]\s*[\"']?\d|\.slice\(0, \d\d")
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in (*TEMPLATES, *scripts, *SOURCES)
        if folder_of(path) != "core" and (found := literal.search(path.read_text()))
    ]
    assert not wrong, "\n".join(wrong)

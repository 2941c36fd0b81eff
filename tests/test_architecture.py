"""The import rules, executable. See docs/architecture.md. Each test names all that break it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from eventapp import FEATURES

ROOT = Path(__file__).parent.parent
OWN = ROOT / "eventapp"
SOURCES = sorted(OWN.rglob("*.py"))
TEMPLATES = sorted(OWN.rglob("templates/**/*.*"))
OPEN_TO_OTHERS = ("actions", "queries", "gate", "access")
WEB = ("flask", "flask_wtf", "flask_babel", "flask_sqlalchemy", "werkzeug", "wtforms")

# What Flask has only while it answers a request. The application, with its settings and addresses,
# is there for the command line and the worker as well.
OF_A_REQUEST = re.compile(
    r"flask\.(request|session|g|abort|redirect|flash|url_for|render_template|make_response|jsonify)$"
    r"|flask_wtf\.|wtforms\."
)
WORK_WITHOUT_REQUEST = {  # though they look at one where there is one
    "eventapp.core.i18n",
    "eventapp.core.metrics",
    "eventapp.core.public",
}


@cache
def imports_of(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in SOURCES}


def modules_imported_by(module: str) -> Iterator[str]:
    for name in imports_of(MODULES[module]):
        if found := [m for m in (name, name.rpartition(".")[0]) if m in MODULES]:
            yield found[0]


def folder_of(path: Path) -> str:
    return path.relative_to(ROOT / "eventapp").parts[0]


def is_cut_by_noun(feature: str) -> bool:
    """Whether its modules are nouns, each with its verbs and reads: it has no `actions`, and no
    `queries`.
    """
    return f"eventapp.{feature}" in MODULES and not any(
        f"eventapp.{feature}.{layer}" in MODULES for layer in ("actions", "queries")
    )


def is_action_or_query(module: str) -> bool:
    """In a feature that is cut by noun, each module is one that imports nothing of the web."""
    folder, *rest = module.removeprefix("eventapp.").split(".")
    if folder not in FEATURES:
        return False
    if is_cut_by_noun(folder):
        return bool(rest) and not web_imports(module)
    return bool({"actions", "queries"} & set(rest))


def web_imports(module: str) -> list[str]:
    return [name for name in imports_of(MODULES[module]) if name.split(".")[0] in WEB]


def is_open_to_others(feature: str, inner: str) -> bool:
    module = f"eventapp.{feature}.{inner}"
    return inner in OPEN_TO_OTHERS or (
        is_cut_by_noun(feature) and module in MODULES and is_action_or_query(module)
    )


def test_imports_point_up_the_list() -> None:
    wrong = []
    for path in SOURCES:
        feature = folder_of(path)
        for name in imports_of(path):
            package, other, inner, *_ = *name.split("."), "", ""
            if package == "eventapp" and {feature, other} <= set(FEATURES) and feature != other:
                if FEATURES.index(other) > FEATURES.index(feature):
                    wrong.append(f"{module_of(path)} imports {name}, which is below it")
                if not is_open_to_others(other, inner):
                    wrong.append(f"{module_of(path)} imports {name}, which is {other}'s own")
    assert not wrong, "\n".join(wrong)


def test_core_model_and_ui_import_no_feature() -> None:
    allowed = {"core": {"core"}, "model": {"model", "core"}, "ui": {"ui", "model", "core"}}
    wrong = [
        f"{module_of(path)} imports {name}"
        for path in SOURCES
        for name in imports_of(path)
        if folder_of(path) in allowed and name.startswith("eventapp.")
        if name.split(".")[1] not in allowed[folder_of(path)]
    ]
    assert not wrong, "\n".join(wrong)


def test_actions_and_queries_do_not_import_the_web() -> None:
    """The command line, the worker and the tests call them too."""
    wrong = [
        f"{module} imports {name}"
        for module in filter(is_action_or_query, MODULES)
        for name in web_imports(module)
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_that_actions_and_queries_import_needs_a_request() -> None:
    ways = {module: module for module in MODULES if is_action_or_query(module)}
    to_follow, wrong = list(ways), []
    while to_follow:
        module = to_follow.pop()
        for name in set(modules_imported_by(module)) - ways.keys() - WORK_WITHOUT_REQUEST:
            ways[name] = f"{ways[module]} > {name}"
            to_follow.append(name)
            if any(map(OF_A_REQUEST.match, imports_of(MODULES[name]))):
                wrong.append(ways[name])
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (r"\.commit\(\)", "core/db.py"),
        (r"[\"']HX-", "core/htmx.py"),
        (r"\bdatetime\.(now|today|utcnow)\(|\bdate\.today\(", "core/clock.py"),
        (r"\.listing\b.*==|Rsvp\.listing", "attendees/"),
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


def columns_written(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The attributes that are assigned, but for an object's own, and the names that an UPDATE
    gives its values by; with their lines.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if ast.unparse(node.value) != "self":
                yield node.attr, node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".values", "setattr")):
            keys = [
                key for part in ast.walk(node) if isinstance(part, ast.Dict) for key in part.keys
            ]
            for name in filter(None, [*node.args, *keys]):
                yield ast.unparse(name).strip("'\"").removeprefix("Rsvp."), node.lineno
            yield from ((keyword.arg or "", node.lineno) for keyword in node.keywords)


def test_the_status_of_an_rsvp_is_written_in_one_place() -> None:
    found = [
        f"{path.relative_to(ROOT / 'eventapp')}:{line} writes {name}"
        for path in SOURCES
        for name, line in columns_written(ast.parse(path.read_text()))
        if name in SEATING
    ]
    assert [one for one in found if not one.startswith("rsvp/actions/status.py")] == []
    assert len(found) == len(SEATING)


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
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            words = [word for side in sides for word in getattr(side, "elts", [side])]
            columns = {word.attr for word in words if isinstance(word, ast.Attribute)}
            if columns & WORDS and any(isinstance(getattr(w, "value", 0), str) for w in words):
                wrong.append(f"{module_of(path)}:{node.lineno} {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


def test_templates_take_only_from_their_own_feature_and_those_above() -> None:
    wrong = []
    for path in TEMPLATES:
        folder = folder_of(path)
        for other in re.findall(
            r"{%-?\s*(?:extends|include|from|import)\s+\"(\w+)/", path.read_text()
        ):
            above = FEATURES[: FEATURES.index(folder) + 1] if folder in FEATURES else ()
            if other in FEATURES and other not in above:
                wrong.append(f"{path.relative_to(ROOT)} takes from {other}")
    assert not wrong, "\n".join(wrong)


def test_templates_write_forms_with_live_form_and_no_inline_script_or_style() -> None:
    mails = ("html.jinja", "shell.html")  # mail programs read no style sheets
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in TEMPLATES
        for words, exempt in (
            (r"hx-post", ("form.html",)),
            (r"hx-on|hx-ext|hx-disabled-elt|sse-swap|\sstyle=", mails),
        )
        if path.name not in exempt and (found := re.search(words, path.read_text()))
    ]
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

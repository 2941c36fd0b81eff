"""The import rules, executable. See docs/architecture.md. Each test names all that break it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def imports_of(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree_of(path)):
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
    mails = ("html.jinja", "shell.html", "head.jinja")  # mail programs read no style sheets
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

"""Leaves modules unread that `-k` cannot mean: reading all takes longer than most that is asked.

A module that says a word of the expression nowhere, neither in its text nor in its path, has no
test of that name. Names may come from what it imports, though, as the routes of the access matrix
do, or from elsewhere. So each run notes of the modules it read which text says all names, and only
a module of which that is known is left unread, as long as it has not changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import KeywordMatcher
from _pytest.mark.expression import Expression

NOTES = "eventapp/where_names_are_said"
OWN, WITH_IMPORTS, ELSEWHERE = range(3)  # which text says all names of a module's tests
IMPORTED = re.compile(r"^from ((?:tests|eventapp)[\w.]*) import", re.MULTILINE)
ESCAPED = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nrt0])")
OF_PLUGINS = "is_hypothesis_test"  # is among the names of the tests that hypothesis runs


def pytest_configure(config: pytest.Config) -> None:
    if getattr(config, "cache", None) is not None:
        config.pluginmanager.register(Keywords(config), "keywords")


class Keywords:
    def __init__(self, config: pytest.Config) -> None:
        assert config.cache
        self.cache, self.root = config.cache, config.rootpath
        self.is_first = getattr(config, "workerinput", {"workerid": "gw0"})["workerid"] == "gw0"
        self.expression = _without_not(config.getoption("keyword"))
        rules = [Path(__file__).stat().st_mtime_ns, ELSEWHERE]
        self.notes: dict[str, list[int]] = self.cache.get(NOTES, {})  # when changed, which text
        if self.notes.get("rules") != rules:
            self.notes = {"rules": rules}
        self.news: dict[Path, list[pytest.Item]] = defaultdict(list)
        self.unread = 0
        self.changed, self.read = cache(_changed), cache(_read)

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Folders as well, for they may have fixtures that take long to import."""
        is_folder = collection_path.is_dir()
        modules = collection_path.rglob("test_*.py") if is_folder else [collection_path]
        if not self.expression or any(self._may_mean(module) for module in modules):
            return None
        self.unread += 1
        return True

    def _may_mean(self, module: Path) -> bool:
        changed, which = self._note(module) or (0, ELSEWHERE)
        if changed != self.changed(module) or which == ELSEWHERE:
            return True
        assert self.expression
        text = self._text(module, which)
        return self.expression.evaluate(lambda word, /, **_: _says(text, [word]))

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        if self.is_first and (self._note(item.path) or [0])[0] != self.changed(item.path):
            self.news[item.path].append(item)

    def pytest_collection_finish(self) -> None:
        for module, items in self.news.items():
            names = {name for item in items for name in KeywordMatcher.from_item(item)._names}
            texts = (
                which for which in (OWN, WITH_IMPORTS) if _says(self._text(module, which), names)
            )
            self.notes[self._key(module)] = [self.changed(module), next(texts, ELSEWHERE)]
        if self.news:
            self.cache.set(NOTES, self.notes)
        self.news.clear()

    def pytest_report_collectionfinish(self) -> str | None:
        return "modules without these words were not read" if self.unread else None

    def _key(self, module: Path) -> str:
        return str(module.relative_to(self.root))

    def _note(self, module: Path) -> list[int] | None:
        return self.notes.get(self._key(module))

    def _text(self, module: Path, which: int) -> str:
        """What names are made of: the path, the module and the fixtures around it."""
        own = self.read(module)
        around = [self.read(folder / "conftest.py") for folder in module.parents]
        if which == WITH_IMPORTS:
            for name in IMPORTED.findall(own):
                path = self.root / name.replace(".", "/")
                around += [self.read(path.with_suffix(".py")), self.read(path / "__init__.py")]
        return " ".join([_plain(self._key(module)), own, *around, OF_PLUGINS])


def _without_not(expression: str) -> Expression | None:
    """None where nothing is asked, where more words may mean fewer tests, or where pytest will find
    fault with it.
    """
    if not expression.strip():
        return None
    try:
        compiled = Expression.compile(expression.strip())
    except SyntaxError:
        return None
    return None if re.search(r"\bnot\b", expression) else compiled


def _changed(module: Path) -> int:
    return module.stat().st_mtime_ns


def _read(module: Path) -> str:
    if not module.is_file():
        return ""
    escaped = module.read_text().encode("ascii", "backslashreplace")  # as pytest does in names
    return _plain(escaped.decode())


def _plain(text: str) -> str:
    """In small letters, without characters written as escapes, and of what a name has many times,
    as in `"x" * 65`, one.
    """
    return re.sub(r"(.)\1{9,}", r"\1", ESCAPED.sub(" ", text).lower())


def _says(text: str, names: Iterable[str]) -> bool:
    """Whether a text has all that these names are made of. Numbers at the end are pytest's."""
    words = {word for name in names for word in re.split(r"\W+", _plain(name))}
    return all(word.rstrip("0123456789") in text for word in words)

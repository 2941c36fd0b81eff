"""Lists of all kinds, small, beside what is right: cases/*.toml. Theirs is the table to add to."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from eventapp.guests.reading.guest_file import read
from eventapp.guests.reading.refusals import FileRefused
from tests.guests.lists import told

CASES = [
    pytest.param(case, id=f"{path.stem}-{name}")
    for path in sorted(Path(__file__).parent.glob("cases/*.toml"))
    for name, case in tomllib.loads(path.read_text(encoding="utf-8")).items()
]
OPTIONS = ("mapping", "meanings", "questions")


@pytest.mark.parametrize("case", CASES)
def test_a_list_is_read_right(case: dict[str, Any]) -> None:
    data = case["list"].encode(case.get("encoding", "utf-8"))
    options = {name: case[name] for name in OPTIONS if name in case}
    try:
        found = told(read(data, **options))
    except FileRefused as no:
        found = [f"refused {no.code}"]
    assert found == case["right"].strip().splitlines()

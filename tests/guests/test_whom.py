"""Many numbers in a short text, and back."""

from __future__ import annotations

import pytest

from eventapp.guests import whom
from tests.properties import given, st


@given(st.sets(st.integers(1, 10**9) | st.integers(1, 50), max_size=60))
def test_ids_come_back(ids: set[int]) -> None:
    assert whom.read(whom.written(ids)) == sorted(ids)


def test_a_form_holds_twenty_thousand() -> None:
    assert len(whom.written(range(900_000, 940_000, 2))) < 100_000
    assert whom.written(range(5, 20_005)) == "5-19999"


@pytest.mark.parametrize("text", ["x", "0", "5 0", "-3", "1--2", "1-99999999999", "1.5"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no step|invalid literal"):
        whom.read(text)

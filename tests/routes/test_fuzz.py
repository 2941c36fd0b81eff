"""2,000 random requests, the same ones every time, each round on one of the databases: see
`fuzz.py`.
"""

from __future__ import annotations

import pytest

from tests.make import Make
from tests.routes.fuzz import play


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("seed", range(8))
def test_random_requests_break_nothing(make: Make, seed: int) -> None:
    assert play(make, seed) == []

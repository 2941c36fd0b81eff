from __future__ import annotations

import pytest

from tests.introductions.three import Three, three
from tests.make import Make


@pytest.fixture
def they(make: Make) -> Three:
    return three(make)

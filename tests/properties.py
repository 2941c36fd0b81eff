"""Hypothesis as our tests run it. It takes a third of a second to import, for those who ask.

Where `CI` is set, as `.ci/run` does, it tries the same examples each time: what a change did not
touch does not fail it. Elsewhere it goes on looking for new ones.
"""

import os

from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

settings.register_profile(
    "unhurried",
    deadline=None,  # how long an example takes says how busy the machine is
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("unhurried")

__all__ = ["HealthCheck", "Phase", "assume", "example", "given", "settings", "st"]

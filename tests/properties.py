"""Hypothesis as our tests run it. It takes a third of a second to import, for those who ask."""

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

# How long an example takes says how busy the machine is.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

__all__ = ["HealthCheck", "Phase", "example", "given", "settings", "st"]

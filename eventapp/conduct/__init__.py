"""Somebody whom a person doesn't want to meet: each of them vanishes for the other."""

from eventapp.conduct.views import bp

__all__ = ["bp"]

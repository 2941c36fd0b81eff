"""A person introduces two of their contacts to each other: nothing crosses before both accept."""

from eventapp.introductions import key_pages
from eventapp.introductions.views import bp

__all__ = ["bp", "key_pages"]

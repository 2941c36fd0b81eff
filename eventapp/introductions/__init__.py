"""A person introduces two of their contacts to each other, and nothing crosses before both accept;
or passes one on to somebody outside, once that one agrees.
"""

from eventapp.introductions import key_pages, pass_pages
from eventapp.introductions.views import bp

__all__ = ["bp", "key_pages", "pass_pages"]

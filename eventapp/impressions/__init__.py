"""A guest writes what they take with them from an event, for whom they choose; hosts gather it."""

from eventapp.impressions import organise_pages, picture_organise, picture_pages, recap_pages
from eventapp.impressions.views import bp

__all__ = ["bp", "organise_pages", "picture_organise", "picture_pages", "recap_pages"]

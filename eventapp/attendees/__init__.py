"""A guest sees the attendees who agreed to be seen by them."""

from eventapp.attendees.views import bp

__all__ = ["bp"]

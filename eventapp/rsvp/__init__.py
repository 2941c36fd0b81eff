"""A guest answers an event, with companions, and may change or cancel the answer later."""

from eventapp.rsvp import finish, mailed, own
from eventapp.rsvp.views import bp

__all__ = ["bp", "finish", "mailed", "own"]

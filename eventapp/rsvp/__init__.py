"""A guest answers an event, with companions, and may change or cancel the answer later."""

from eventapp.rsvp import changes, finish, kept, mailed, own, wallet_page
from eventapp.rsvp.views import bp

__all__ = ["bp", "changes", "finish", "kept", "mailed", "own", "wallet_page"]

"""A guest takes home whom they met, and says what of their own card crosses."""

from eventapp.contacts.views import bp

__all__ = ["bp"]

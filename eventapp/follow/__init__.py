"""Follow a community by mail, and hear of its new events."""

from eventapp.follow.views import bp

__all__ = ["bp"]

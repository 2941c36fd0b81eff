"""A guest wears a name badge: printed on a sheet of labels, or one by one at the door."""

from eventapp.badges.views import bp

__all__ = ["bp"]

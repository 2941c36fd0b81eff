"""A guest sees which data of theirs are kept, exports them, or deletes them."""

from eventapp.me.views import bp

__all__ = ["bp"]

"""A guest sees what is kept about them, takes it along, or has it deleted."""

from eventapp.me.views import bp

__all__ = ["bp"]

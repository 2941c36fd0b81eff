"""A guest comes in: found by name, code or scan, let in once, counted, and undone if need be."""

from eventapp.door import commands
from eventapp.door.views import bp

__all__ = ["bp", "commands"]

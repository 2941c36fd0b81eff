"""A guest who answered elsewhere is brought along: their list comes in, and goes out, whole."""

from eventapp.guests import commands
from eventapp.guests.views import bp

__all__ = ["bp", "commands"]

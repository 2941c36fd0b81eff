"""A guest sees who is behind the events, what they keep of them, and for how long."""

from eventapp.communities import commands, log
from eventapp.communities.views import bp

__all__ = ["bp", "commands", "log"]

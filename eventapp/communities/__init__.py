"""A guest sees who organises the events, which data they keep, and for how long."""

from eventapp.communities import commands, log, picture_pages
from eventapp.communities.views import bp

__all__ = ["bp", "commands", "log", "picture_pages"]

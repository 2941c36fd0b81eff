"""A guest sees what is coming up, and puts it into their calendar."""

from eventapp.events import commands, crawlers, organise
from eventapp.events.views import bp

__all__ = ["bp", "commands", "crawlers", "organise"]

"""A guest sees upcoming events, and adds one to their calendar; organisers schedule them."""

from eventapp.events import commands, crawlers, organise
from eventapp.events.views import bp

__all__ = ["bp", "commands", "crawlers", "organise"]

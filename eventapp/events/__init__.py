"""A guest sees upcoming events, and adds one to their calendar; organisers schedule them, and
give them a cover.
"""

from eventapp.events import (
    art_pages,
    commands,
    copy_pages,
    cover_pages,
    crawlers,
    edit_pages,
    organise,
    question_pages,
    share_pages,
    ways_on,
)
from eventapp.events.views import bp

__all__ = [
    "art_pages",
    "bp",
    "commands",
    "copy_pages",
    "cover_pages",
    "crawlers",
    "edit_pages",
    "organise",
    "question_pages",
    "share_pages",
    "ways_on",
]

"""Questions from the floor: guests ask about the talks and vote, hosts choose what all see.

views.py            a guest asks, votes, takes both back
organise_pages.py   hosts take questions, show, hide and answer them
wall_pages.py       the big page for a wall
"""

from eventapp.floor import organise_pages, wall_pages
from eventapp.floor.views import bp

__all__ = ["bp", "organise_pages", "wall_pages"]

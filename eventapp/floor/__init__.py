"""Questions from the floor: guests ask about the talks and vote, hosts choose what all see.

views.py            a guest asks, votes, takes both back
own_pages.py        they take a vote back on their own page, also without a place any more
ways.py             what other pages say of the way to the questions
organise_pages.py   hosts take questions, show, hide and answer them
wall_pages.py       the big page for a wall
"""

from eventapp.floor import organise_pages, own_pages, wall_pages, ways
from eventapp.floor.views import bp

__all__ = ["bp", "organise_pages", "own_pages", "wall_pages", "ways"]

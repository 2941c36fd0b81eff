"""Ten-minute rounds at small tables, for those who want them: off unless hosts announce them.

plan.py             who sits with whom in each round
search.py           how a plan is found: a grid of people, then swaps
views.py            a guest's own table, with the time left
wall_pages.py       the big page for a wall
organise_pages.py   hosts announce, start and stop them
"""

from eventapp.rounds import organise_pages, wall_pages
from eventapp.rounds.views import bp

__all__ = ["bp", "organise_pages", "wall_pages"]

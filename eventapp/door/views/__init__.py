"""Addresses of the door: what is done there, and the links that lead to it."""

from eventapp.door.views import acts, links, looks, offline, rehearsal
from eventapp.door.views.blueprint import bp

__all__ = ["acts", "bp", "links", "looks", "offline", "rehearsal"]

"""Addresses where guests check themselves in, and of the poster that leads there."""

from eventapp.kiosk.views import here, poster, tablet
from eventapp.kiosk.views.blueprint import bp

__all__ = ["bp", "here", "poster", "tablet"]

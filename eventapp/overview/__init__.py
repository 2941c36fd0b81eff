"""An event at a glance, for its organisers: who comes, who has come, and what is to do."""

from eventapp.overview.views import bp

__all__ = ["bp"]

"""A guest sees who comes: those who agreed to be seen by them, and nobody else."""

from eventapp.attendees.views import bp

__all__ = ["bp"]

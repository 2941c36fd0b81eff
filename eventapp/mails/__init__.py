"""Organisers see which mails to guests failed, send them again, and correct addresses."""

from eventapp.mails.views import bp

__all__ = ["bp"]

"""A guest whose mail did not arrive: the organisers see it, and mend it."""

from eventapp.mails.views import bp

__all__ = ["bp"]

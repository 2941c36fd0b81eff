"""A guest answers: comes, brings company, changes their mind, shows a ticket."""

from eventapp.rsvp import finish, mailed
from eventapp.rsvp.views import bp

__all__ = ["bp", "finish", "mailed"]

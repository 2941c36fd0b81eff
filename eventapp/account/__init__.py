"""A guest proves that a mailbox is theirs, and is signed in on this browser."""

from eventapp.account import commands
from eventapp.account.views import bp

__all__ = ["bp", "commands"]

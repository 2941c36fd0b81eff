"""A guest proves that a mailbox is theirs, and this browser speaks for them."""

from eventapp.account import commands
from eventapp.account.views import bp

__all__ = ["bp", "commands"]

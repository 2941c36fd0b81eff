"""The actions on blocks: make one, end one."""

from eventapp.conduct.actions.block import TooManyBlocks, block, unblock

__all__ = ["TooManyBlocks", "block", "unblock"]

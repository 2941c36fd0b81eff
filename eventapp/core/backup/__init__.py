"""Copies of the whole database: made and verified while it serves, and brought back.

Each of the two databases has a module with `copy` and `replace`; both copies are one file, private
to its owner, that appears under its name once it is complete, on disk, and was read back.
"""

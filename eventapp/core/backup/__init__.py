"""Copies of the whole database: made and verified while it serves, and restored.

Each of the two databases has a module with `copy` and `replace`. A copy is one file, private to its
owner, that gets its name once it is complete, on disk, and was read back.
"""

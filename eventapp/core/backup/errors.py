"""What keeps a copy from being made or brought back, in one line."""

from __future__ import annotations

import click


class BackupError(click.ClickException):
    """A command prints it on one line, and exits with 1."""

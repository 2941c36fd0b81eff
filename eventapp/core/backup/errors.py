"""Why a copy cannot be made or restored, in one line."""

from __future__ import annotations

import click


class BackupError(click.ClickException):
    """Commands print it on one line, and exit with 1."""

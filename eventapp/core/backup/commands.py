"""flask backup FILE, flask restore FILE."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import URL

from eventapp.core import clock
from eventapp.core.backup import postgresql, sqlite
from eventapp.core.backup.contents import Contents
from eventapp.core.backup.errors import BackupError
from eventapp.core.db import db
from eventapp.core.serving import sqlite_file

FILE = click.Path(path_type=Path)


def make_copy(target: Path, *, overwrite: bool = False) -> Contents:
    """Copy the application's database into a file. Raises BackupError."""
    url = _lasting_database()
    if file := sqlite_file(url):
        return sqlite.copy(file, target, overwrite=overwrite)
    return postgresql.copy(url, target, overwrite=overwrite)


def _lasting_database() -> URL:
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and not sqlite_file(url):
        raise BackupError("the database is in memory, and gone with this command")
    return url


@click.command("backup")
@click.argument("target", metavar="FILE", type=FILE)
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@with_appcontext
def backup(target: Path, force: bool) -> None:
    """Copy the database into FILE while it serves, and verify the copy."""
    found = make_copy(target, overwrite=force)
    click.echo(f"{target}: verified ({found})")


@click.command("restore")
@click.argument("copied", metavar="FILE", type=FILE)
@with_appcontext
def restore(copied: Path) -> None:
    """Replace the database by a copy made by `backup`, and keep the replaced one. Refused while
    anything serves.
    """
    url, at = _lasting_database(), clock.now()
    db.engine.dispose()  # or this process would have the database open itself
    if not copied.is_file():
        raise BackupError(f"{copied}: there is no such file")
    if file := sqlite_file(url):
        found, kept = sqlite.replace(file, copied, at=at)
    else:
        found, kept = postgresql.replace(url, copied, at=at)
    click.echo(f"restored {copied} ({found})")
    if kept:
        click.echo(f"what it replaced is kept: {kept}")
    if not found.is_current:
        click.echo("its schema is older: run `flask --app wsgi db upgrade` before you serve")


def init_app(app: Flask) -> None:
    app.cli.add_command(backup)
    app.cli.add_command(restore)

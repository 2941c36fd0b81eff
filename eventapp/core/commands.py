"""The command line: one language, and one line about what went wrong instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, has_app_context
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import DBAPIError, OperationalError

from eventapp.core import i18n

# What SQLite says, and the SQLSTATEs of PostgreSQL: a table or column that is not there.
_MISSING_WORDS = ("no such table", "no such column", "has no column")
_MISSING_STATES = ("42P01", "42703")


@contextmanager
def plain_database_errors() -> Iterator[None]:
    """Say in one line that the database is not reached, or lacks a migration."""
    try:
        yield
    except DBAPIError as error:
        if _lacks_a_migration(error):
            words = "The database is not migrated. Run first: flask --app wsgi db upgrade"
            raise click.ClickException(words) from error
        if isinstance(error, OperationalError):
            words = " ".join(str(error.orig).split())
            raise click.ClickException(f"The database does not answer: {words}") from error
        raise


def _lacks_a_migration(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _MISSING_STATES or any(word in str(error.orig) for word in _MISSING_WORDS)


class Commands(AppGroup):
    """The application's commands, each run inside its context, in English."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        command = super().get_command(ctx, name)
        if command:
            if not has_app_context():
                ctx.with_resource(ctx.ensure_object(ScriptInfo).load_app().app_context())
            ctx.with_resource(i18n.force_locale("en"))
            ctx.with_resource(plain_database_errors())
        return command


def init_app(app: Flask) -> None:
    """Once every command is added."""
    app.cli = Commands(app.name, commands=app.cli.commands)

"""The command line: in English, and with one line about a fault instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, has_app_context
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core import i18n
from eventapp.core.database_errors import trouble


@contextmanager
def plain_database_errors() -> Iterator[None]:
    """Report in one line that the database cannot be reached, or lacks a migration."""
    try:
        yield
    except SQLAlchemyError as error:
        if words := trouble(error):
            raise click.ClickException(f"Trouble with the database: {words}") from error
        raise


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
    """Call it after all commands were added."""
    app.cli = Commands(app.name, commands=app.cli.commands)

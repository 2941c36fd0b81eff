"""flask community add NAME --slug SLUG --organiser EMAIL"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from eventapp.communities import actions
from eventapp.communities.views import bp
from eventapp.core import clock, text
from eventapp.core.db import transaction
from eventapp.core.errors import Refusal
from eventapp.core.links import absolute
from eventapp.model.limits import COMMUNITY_NAME_MOST

community = AppGroup("community", help="Communities.")
bp.cli.add_command(community)


def _name(_context: click.Context, _param: click.Parameter, typed: str) -> str:
    name = text.clean_line(typed)
    if not 0 < len(name) <= COMMUNITY_NAME_MOST:
        raise click.BadParameter(f"1 to {COMMUNITY_NAME_MOST} characters.")
    return name


@community.command("add")
@click.argument("name", callback=_name)
@click.option("--slug", required=True, help="Its address: /c/SLUG")
@click.option("--organiser", required=True, metavar="EMAIL", help="The first who organises it.")
def add(name: str, slug: str, organiser: str) -> None:
    """Found a community with its first organiser."""
    language = current_app.config["DEFAULT_LANGUAGE"]  # not the command line's
    try:
        with transaction():
            actions.found_community(
                name, slug=slug, organiser=organiser, language=language, at=clock.now()
            )
    except Refusal as no:
        raise click.ClickException(str(no)) from no
    click.echo(absolute("events.community", slug=slug))

"""flask door-link EVENT"""

from __future__ import annotations

import sys

import click
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.door import actions
from eventapp.door.actions.links import link_address
from eventapp.door.forms import DoorLinkForm
from eventapp.door.views import bp
from eventapp.events.queries import event_at


@bp.cli.command("door-link")
@click.argument("event")
@click.option("--name", default="Main door", show_default=True, help="What the door is called.")
def door_link(event: str, name: str) -> None:
    """Print a door link of EVENT (its slug), for a helper without account."""
    try:
        found = event_at(event)
    except NotFound:
        click.echo(f"There is no event {event}.", err=True)
        sys.exit(1)
    form = DoorLinkForm(MultiDict({"name": name}))
    if not form.validate():
        raise click.BadParameter(str(form.name.errors[0]), param_hint="--name")
    with transaction():
        link = actions.add_link(found, form.name.data, at=clock.now())
    click.echo(link_address(link))

"""flask door-link EVENT"""

from __future__ import annotations

import sys

import click
from werkzeug.datastructures import MultiDict

from eventapp.communities.actions import record
from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.door.blueprint import bp
from eventapp.door.forms import DoorLinkForm
from eventapp.door.links import add_link, link_address
from eventapp.events.queries import event_at
from eventapp.model import AuditVerb, DoorRole


@bp.cli.command("door-link")
@click.argument("event")
@click.option("--name", default="Main door", show_default=True, help="What the door is called.")
@click.option(
    "--role", type=click.Choice([*map(str, DoorRole)]), default="helper", show_default=True
)
@click.option("--pin", default="", help="For a kiosk, to leave it: 4 to 8 digits.")
def door_link(event: str, name: str, role: str, pin: str) -> None:
    """Print a door link of EVENT (its slug), for a helper without account."""
    try:
        found = event_at(event)
    except NotFound:
        click.echo(f"There is no event {event}.", err=True)
        sys.exit(1)
    form = DoorLinkForm(MultiDict({"name": name, "role": role, "pin": pin}))
    if not form.validate():
        field, errors = next(iter(form.errors.items()))
        raise click.BadParameter(str(errors[0]), param_hint=f"--{field}")
    with transaction():
        link = add_link(found, form.name.data, at=clock.now(), terms=form.typed())
        record(AuditVerb.DOOR_LINK_MADE, found, by=None, at=clock.now(), door_link_id=link.id)
    click.echo(link_address(link))

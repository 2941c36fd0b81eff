"""flask sign-in-link EMAIL"""

from __future__ import annotations

import sys

import click

from eventapp.account import actions, queries
from eventapp.account.views import bp
from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.core.errors import Refusal


@bp.cli.command("sign-in-link")
@click.argument("email")
def sign_in_link(email: str) -> None:
    """Print a one-use sign-in link that works in whichever browser opens it."""
    try:
        person = queries.person_by_email(email)
    except Refusal as no:
        raise click.ClickException(str(no)) from no
    if person is None:
        click.echo(f"Nobody here has the address {email}.", err=True)
        sys.exit(1)
    with transaction():
        link = actions.sign_in_link(person, at=clock.now())
    click.echo(link)

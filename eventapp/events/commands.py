"""flask event add --community SLUG --slug SLUG --title T --starts … --ends … --tz …"""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from eventapp.communities.actions import record
from eventapp.communities.queries import community_at
from eventapp.core import clock, text, zones
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.links import absolute
from eventapp.events import actions
from eventapp.events.views import bp
from eventapp.model import AuditVerb, Event
from eventapp.model.limits import CAPACITY_MOST, TITLE_MOST

event = AppGroup("event", help="Events.")
bp.cli.add_command(event)

LOCAL_TIME = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


def _title(_context: click.Context, _param: click.Parameter, typed: str) -> str:
    title = text.clean_line(typed)
    if not 0 < len(title) <= TITLE_MOST:
        raise click.BadParameter(f"1 to {TITLE_MOST} characters.")
    return title


@event.command("add")
@click.option("--community", required=True, metavar="SLUG", help="Whose event it is.")
@click.option("--slug", required=True, help="Its address: /e/SLUG")
@click.option("--title", required=True, callback=_title)
@click.option("--starts", required=True, type=LOCAL_TIME, help="As the clocks there show it.")
@click.option("--ends", required=True, type=LOCAL_TIME)
@click.option("--tz", required=True, metavar="ZONE", help="For example Europe/Madrid.")
@click.option("--capacity", type=click.IntRange(1, CAPACITY_MOST), help="Without it, all fit.")
def add(community: str, slug: str, title: str, capacity: int | None, **when: object) -> None:
    """Add a published event. It may lie in the past."""
    try:
        with transaction():
            added = _add(community, slug, title, capacity, **when)  # type: ignore[arg-type]
    except Refusal as no:
        raise click.ClickException(str(no)) from no
    except NotFound as no:
        raise click.ClickException(f"There is no community “{community}”.") from no
    click.echo(absolute("rsvp.event", slug=added.slug))


def _add(
    community: str,
    slug: str,
    title: str,
    capacity: int | None,
    *,
    starts: datetime,
    ends: datetime,
    tz: str,
) -> Event:
    at, tz = clock.now(), zones.zone_named(tz)
    plan = actions.Plan(
        title=title,
        starts_at=zones.instant(starts, tz),
        ends_at=zones.instant(ends, tz),
        tz=tz,
    )
    added = actions.schedule_event(
        community_at(community), plan, at=at, slug=slug, capacity=capacity
    )
    actions.publish_event(added, at=at)
    record(AuditVerb.EVENT_PUBLISHED, added, by=None, at=at)
    return added

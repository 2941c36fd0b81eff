"""The event and the community that an address names: where a page about an error may lead."""

from __future__ import annotations

import re

from flask import request

from eventapp.communities.queries import community_at
from eventapp.core.errors import NotFound
from eventapp.events.queries import published_event
from eventapp.events.views import bp
from eventapp.model import Community, Event


@bp.app_template_global()
def event_here() -> Event | None:
    """The published event that the address below /e/ or /o/e/ names. Returns None if there is
    none.
    """
    named = re.match(r"/(?:o/)?e/([a-z0-9-]+)(?:/|$)", request.path)
    try:
        event = published_event(named[1]) if named else None
    except NotFound:
        return None
    return None if event and event.rehearsal_of_id else event


@bp.app_template_global()
def community_here() -> Community | None:
    """The community that the address below /c/ or /o/ names. Returns None if there is none."""
    named = re.match(r"/[co]/([a-z0-9-]+)(?:/|$)", request.path)
    try:
        return community_at(named[1]) if named else None
    except NotFound:
        return None

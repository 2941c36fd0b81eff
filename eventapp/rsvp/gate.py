"""What this browser typed into the form of an event, and the passes that it keeps, for the features
below.
"""

from __future__ import annotations

from eventapp.account.queries import code_by_page
from eventapp.core.errors import NotFound
from eventapp.rsvp.kept import rsvps_kept_here, rsvps_that_send_scans
from eventapp.rsvp.remembered import newest_page

__all__ = ["address_typed_here", "rsvps_kept_here", "rsvps_that_send_scans"]


def address_typed_here() -> str | None:
    """The address with which this browser answered last, as long as its code is kept."""
    page = newest_page()
    try:
        return code_by_page(page).email if page else None
    except NotFound:
        return None

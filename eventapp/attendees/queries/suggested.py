"""Who may be led to whom before an event and at it: those who come, who let the other guests see
them, and who ticked it. It is asked when suggestions are planned, and again whenever one is shown:
what either takes back counts at once.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, false, or_

from eventapp.attendees.queries.listing import comes_and_listed, shown_to
from eventapp.attendees.queries.viewer import Viewer
from eventapp.model import LINES, Event, Listing, Rsvp, Status, Suggestion


def may_be_led(event: Event) -> ColumnElement[bool]:
    """The condition for guests who take part in the plan of suggestions."""
    listed = Rsvp.listing.in_((Listing.ATTENDEES, Listing.EVERYONE))
    comes = Rsvp.status == Status.GOING, Rsvp.confirmed_at.is_not(None)
    return and_(Rsvp.event_id == event.id, Rsvp.person_id.is_not(None), *comes, listed, ticked())


def ticked() -> ColumnElement[bool]:
    """The condition for guests who chose to be led to others, or others to them."""
    return or_(Rsvp.may_be_suggested, Rsvp.wants_a_host, Rsvp.hosts_since.is_not(None))


def led_to_them(rsvp: Rsvp) -> ColumnElement[bool]:
    """The condition for a Suggestion to this guest, and for whom it leads to, that both agree."""
    as_host = Rsvp.hosts_since.is_not(None) if rsvp.wants_a_host else false()
    as_another = Rsvp.may_be_suggested if rsvp.may_be_suggested else false()
    agreed = case((Suggestion.as_host, as_host), else_=as_another)
    return and_(Suggestion.rsvp_id == rsvp.id, agreed, _is_seen_by(rsvp))


def greeted_by(rsvp: Rsvp) -> ColumnElement[bool]:
    """The same of a Suggestion of this guest, as the host of somebody new."""
    if rsvp.hosts_since is None:
        return false()
    to_greet = Suggestion.whom_id == rsvp.id, Suggestion.as_host, Rsvp.wants_a_host
    return and_(*to_greet, _is_seen_by(rsvp))


def lines_to_led(them: Rsvp) -> dict[str, str]:
    """What somebody wrote, for whom the conditions above show them to: each tick says that whoever
    is led to them, and whom they greet, sees the three lines. Returns the text by line.
    """
    return {line.key: getattr(them, line.key) for line in LINES}


def _is_seen_by(rsvp: Rsvp) -> ColumnElement[bool]:
    """Only who lets the others see them sees whom they are led to."""
    viewer = Viewer(rsvp.person, rsvp)
    agrees = viewer.is_attendee and rsvp.person is not None and shown_to(rsvp) != Listing.NOBODY
    return comes_and_listed(rsvp.event, viewer) if agrees else false()

"""Why a guest who ticked it is led to nobody, now that the worker plans."""

from __future__ import annotations

from enum import StrEnum

from eventapp.attendees.queries import Viewer, count_listed
from eventapp.model import Rsvp


class NobodyYet(StrEnum):
    HAS_NO_PLACE = "has_no_place"
    NOBODY_COMES = "nobody_comes"  # of those who let this guest see it
    WROTE_NOTHING = "wrote_nothing"
    STILL_LOOKING = "still_looking"


def nobody_yet(rsvp: Rsvp) -> NobodyYet:
    """Why, from what this guest knows anyway: who ticked it as well shows in nothing."""
    if not rsvp.holds_a_seat:
        return NobodyYet.HAS_NO_PLACE
    if not count_listed(rsvp.event, Viewer(rsvp.person, rsvp)):
        return NobodyYet.NOBODY_COMES
    if rsvp.may_be_suggested and not any(rsvp.lines):
        return NobodyYet.WROTE_NOTHING
    return NobodyYet.STILL_LOOKING

"""What other pages say of the way to the questions on the talks."""

from __future__ import annotations

from typing import NamedTuple

from eventapp.core import clock
from eventapp.floor import queries
from eventapp.floor.views import bp
from eventapp.model import Event, Rsvp


class WayToQuestions(NamedTuple):
    has_place: bool  # otherwise they see only what they asked
    may_ask: bool


@bp.app_template_global()
def takes_questions(event: Event) -> bool:
    """Whether guests may ask about its talks now."""
    floor = queries.floor_at(event)
    return floor is not None and floor.takes_questions(clock.now())


@bp.app_template_global()
def way_to_questions(rsvp: Rsvp) -> WayToQuestions | None:
    """Where this guest may ask about the talks, or could today; or has asked something."""
    floor = queries.floor_at(rsvp.event)
    if floor is None:
        return None
    at, has_place = clock.now(), rsvp.holds_a_seat
    if not (has_place and floor.is_on(at)) and not queries.has_asked(rsvp):
        return None
    return WayToQuestions(has_place, has_place and floor.takes_questions(at))

"""A guest says what they want to talk about, and whom they want to meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Rsvp


class EventIsOver(Refusal):
    code = "event_over"
    message = _l("The event is over, so there's nobody to be led to any more.")


class NotConfirmedYet(Refusal):
    code = "not_confirmed"
    message = _l("Confirm your answer first: then this counts as yours.")


@dataclass(frozen=True)
class Choice:
    hosts: bool
    may_be_suggested: bool
    wants_a_host: bool
    badge_tells: bool
    lines: tuple[str, str, str] | None = None  # None if the form did not ask


def choose(rsvp: Rsvp, chosen: Choice, *, at: datetime) -> None:
    """Write what a guest chose. It counts at once: pages, and mails that wait, ask again whether
    both agree. The row must be locked. Raises EventIsOver, NotConfirmedYet.
    """
    if at >= rsvp.event.ends_at:
        raise EventIsOver
    if not rsvp.is_confirmed:
        raise NotConfirmedYet
    rsvp.hosts_since = (rsvp.hosts_since or at) if chosen.hosts else None
    rsvp.may_be_suggested = chosen.may_be_suggested
    rsvp.wants_a_host = chosen.wants_a_host
    rsvp.badge_tells = chosen.badge_tells
    if chosen.lines is not None:
        rsvp.ask_me_about, rsvp.want_to_learn, rsvp.looking_for = chosen.lines

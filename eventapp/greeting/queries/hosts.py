"""How the greeting of newcomers stands, in counts, for organisers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries import may_be_led
from eventapp.core.db import db
from eventapp.door.guests import is_new
from eventapp.greeting.plan import GREETED_MOST
from eventapp.model import Event, Rsvp, Status, Suggestion, SuggestionPlan

_host = aliased(Rsvp)  # made once: it takes longer than asking


@dataclass(frozen=True)
class Greeters:
    hosts: int  # guests who offered to greet, and whom the others may see
    ungreeted: int  # newcomers likewise, who would like to be greeted and have nobody


def greeters_of(event: Event) -> Greeters:
    """Before the plan is made, nobody is left while the hosts can greet them all."""
    takes_part, new = may_be_led(event), is_new(event.community_id, event.starts_at)
    wants = takes_part & Rsvp.wants_a_host & new
    hosts = _count(takes_part & Rsvp.hosts_since.is_not(None))
    if db.session.get(SuggestionPlan, event.id) is None:
        return Greeters(hosts, max(0, _count(wants) - hosts * GREETED_MOST))
    has_one = exists().where(
        *(Suggestion.rsvp_id == Rsvp.id, Suggestion.as_host, Suggestion.whom_id == _host.id),
        *(_host.hosts_since.is_not(None), _host.status == Status.GOING),
    )
    return Greeters(hosts, _count(wants & ~has_one))


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Rsvp).where(condition)) or 0

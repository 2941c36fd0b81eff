"""The communities that whoever is asking organises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g

from eventapp.account import gate
from eventapp.communities import actions, queries
from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.model import Actor, AuditEntry, AuditVerb, Community, Event


def organised_community(slug: str) -> Community:
    """The community at this address, if the person asking organises it.

    Raises SignInNeeded if nobody is signed in, NotFound for anybody else.
    """
    return queries.community_organised_by(gate.require_person(), slug)


def record(verb: AuditVerb, about: Community | Event, **details: Any) -> AuditEntry:
    """Write to the audit log what whoever is asking does, in the same transaction.

    Every POST below /o/ calls it if it changed something. For `details` see `actions.record`.
    """
    return actions.record(verb, about, by=gate.require_person(), at=clock.now(), **details)


def act_and_record(act: Callable[[], bool], verb: AuditVerb, about: Community | Event) -> None:
    """Act in a transaction of its own; logged if it changes something."""
    with transaction():
        if act():
            record(verb, about)


def record_of_anybody(verb: AuditVerb, about: Community | Event) -> AuditEntry:
    """Likewise of what anybody may do without an account: not even of who has one is noted who it
    was.
    """
    return actions.record(verb, about, by=None, actor=Actor.ANYBODY, at=clock.now())


def organises() -> bool:
    """Whether whoever is asking organises any community, looked up once per request."""
    if "organises" not in g:
        person = gate.person()
        g.organises = person is not None and queries.organises_something(person)
    found: bool = g.organises
    return found

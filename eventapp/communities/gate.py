"""Organisers only: the communities for which whoever is asking may speak."""

from __future__ import annotations

from flask import g

from eventapp.account import gate
from eventapp.communities import queries
from eventapp.model import Community


def organised_community(slug: str) -> Community:
    """The community at this address, if the person asking organises it.

    Raises SignInNeeded where nobody is signed in, NotFound for anybody else.
    """
    return queries.community_organised_by(gate.require_person(), slug)


def organises() -> bool:
    """Whether whoever is asking organises anything, looked up once a request."""
    if "organises" not in g:
        person = gate.person()
        g.organises = person is not None and queries.organises_something(person)
    found: bool = g.organises
    return found

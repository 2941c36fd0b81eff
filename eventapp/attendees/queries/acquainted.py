"""Which pairs among some people need no introduction, or are to have none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries.cards import meetings_among
from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.model import Block, Introduction, IntroductionSide

_one, _other = aliased(IntroductionSide), aliased(IntroductionSide)
_INTRODUCED = (
    select(_one.person_id, _other.person_id)
    .join(_other, _other.introduction_id == _one.introduction_id)
    .join(Introduction, Introduction.id == _one.introduction_id)
)


def pairs_not_to_introduce(person_ids: Collection[int], *, since: datetime) -> set[frozenset[int]]:
    """Those of whom one blocked the other, who both said that they met, or whom somebody has
    introduced since then, or joined at any time: as ids of persons.
    """
    ids = list(person_ids)
    apart = select(Block.blocker_id, Block.blocked_id).where(
        among(Block.blocker_id, ids), among(Block.blocked_id, ids)
    )
    introduced = _INTRODUCED.where(
        *(among(_one.person_id, ids), among(_other.person_id, ids), _one.id != _other.id),
        or_(Introduction.created_at > since, Introduction.joined_at.is_not(None)),
    )
    found: set[frozenset[int]] = set()
    which: Any = (apart, introduced, meetings_among(ids))
    for pairs in which:
        found.update(frozenset(pair) for pair in db.session.execute(pairs))
    return found

"""Who follows a community, and what a person follows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.model import Community, Follow, Person


def follow_of(community: Community, person: Person) -> Follow | None:
    return db.session.scalar(
        select(Follow).where(Follow.community_id == community.id, Follow.person_id == person.id)
    )


def follow_by_key(key: str) -> Follow | None:
    return db.session.scalar(
        select(Follow)
        .where(Follow.key == key)
        .options(joinedload(Follow.community), joinedload(Follow.person))
    )


def follows_of(person: Person) -> Sequence[Follow]:
    """What a person follows, by the communities' names."""
    return db.session.scalars(
        select(Follow)
        .join(Follow.community)
        .where(Follow.person_id == person.id)
        .options(joinedload(Follow.community))
        .order_by(Community.name)
    ).all()


def count_followers(community_id: int) -> int:
    """All that organisers are told."""
    counted = select(func.count()).where(Follow.community_id == community_id)
    return db.session.scalar(counted) or 0

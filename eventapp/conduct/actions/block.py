"""Somebody blocks another person, and ends that. Nobody is told of either."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.model import Block, Person, Rsvp
from eventapp.model.limits import BLOCKS_A_DAY_MOST

A_DAY = timedelta(days=1)


class TooManyBlocks(Refusal):
    code = "too_many_blocks"
    message = _l("You've blocked %(most)s people within a day. Go on tomorrow, or tell the hosts.")


def block(person: Person, them: Rsvp, *, at: datetime) -> None:
    """Hide a person and a guest from each other, at every event, with all that they noted of each
    other and shared. Idempotent. Raises TooManyBlocks.
    """
    _block(person, at, blocked_id=them.person_id, name=them.name, event_id=them.event_id)


def block_person(person: Person, blocked_id: int, *, name: str, at: datetime) -> None:
    """The same of somebody whom they know by this name, but from no event. Raises likewise."""
    _block(person, at, blocked_id=blocked_id, name=name, event_id=None)


def _block(person: Person, at: datetime, **theirs: Any) -> None:
    lock(person)
    if insert_once(Block, {"blocker_id": person.id, **theirs, "since": at}):
        _refuse_too_many(person, at)


def _refuse_too_many(person: Person, at: datetime) -> None:
    lately = Block.blocker_id == person.id, Block.since > at - A_DAY
    made = db.session.scalar(select(func.count()).select_from(Block).where(*lately)) or 0
    if made > BLOCKS_A_DAY_MOST:
        raise TooManyBlocks(most=BLOCKS_A_DAY_MOST)


def unblock(person: Person, block_id: int) -> None:
    """End a block that this person made. Idempotent.

    Unless the other one blocked them too, each gets back what the two had given each other before
    and nobody took back: a card that crossed, if both said that they met, and still say so. It adds
    nothing to that.
    """
    db.session.execute(delete(Block).where(Block.id == block_id, Block.blocker_id == person.id))

"""The actions on a card: fill it in, choose what is shared, take it back from somebody. Of
the notes that somebody keeps of whom they met, and the feed of whom to get in touch with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from eventapp.contacts import queries
from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, lock, lock_and_reread
from eventapp.core.insert import insert_once
from eventapp.core.links import new_secret
from eventapp.core.person_name import are_parts_of
from eventapp.met.actions import need_no_mail_of_begun_day
from eventapp.model import CARD_FIELDS, CardShare, CardWithdrawal, Encounter, FollowUpFeed, Person


def keep_card(
    person: Person, values: Mapping[str, str], *, shared: Collection[str], at: datetime
) -> None:
    """Write the card, and which of its fields are shared with people whom its owner met.

    A field ticked before keeps the time since when it is shared; an unticked one is taken back from
    everybody.
    """
    lock(person)  # a double tap writes one card
    card = queries.card_of(person)
    db.session.add(card)
    for field, value in values.items():
        setattr(card, field, value)
    card.changed_at = at
    ticked = {field for field in CARD_FIELDS if field in shared}
    there = {share.field: share for share in queries.shares_of(person)}
    for field in there.keys() - ticked:
        db.session.delete(there[field])
    for field in ticked - there.keys():
        db.session.add(CardShare(person_id=person.id, field=field, since=at))


def forget_name_parts(person: Person, *, before: str) -> None:
    """Forget how a person parted their name of before, unless the two still are their name.
    Another name that they gave their card stays. Idempotent.
    """
    card = queries.card_of(person)
    parts = card.given_name, card.family_name
    if are_parts_of(before, *parts) and not are_parts_of(person.name, *parts):
        card.given_name = card.family_name = ""


def share_field(person: Person, field: str, *, at: datetime) -> None:
    """Share one more field of the card. Idempotent: it keeps the time since when it is shared."""
    insert_once(CardShare, {"person_id": person.id, "field": field, "since": at})


def withdraw(owner: Person, holder: Person, *, at: datetime) -> None:
    """Take the whole card back from one person, whatever is ticked. Idempotent."""
    insert_once(CardWithdrawal, {"owner_id": owner.id, "holder_id": holder.id, "at": at})


def share_again(owner: Person, holder: Person) -> None:
    """Share the ticked fields with this person again."""
    db.session.execute(
        delete(CardWithdrawal).where(
            CardWithdrawal.owner_id == owner.id, CardWithdrawal.holder_id == holder.id
        )
    )


def lock_note(encounter: Encounter) -> None:
    """Lock an encounter, to change its note. Raises Vanished if it was taken back meanwhile."""
    lock_and_reread(encounter)
    if encounter.taken_back_at:
        raise Vanished


def write_note(encounter: Encounter, note: Mapping[str, Any], *, at: datetime) -> None:
    """Change the noter's own note, tags or day to follow up: those of them that are given. Possible
    also once it is too late to say who was met.
    """
    for column, value in note.items():
        setattr(encounter, column, value)
    day = note.get("follow_up_on")
    need_no_mail_of_begun_day(encounter.noter, encounter.met, day, at=at)


def make_feed(person: Person, *, at: datetime) -> None:
    """Give the person's feed a new secret address. The one before leads nowhere any more."""
    end_feed(person)
    insert_once(FollowUpFeed, {"person_id": person.id, "key": new_secret(), "since": at})


def end_feed(person: Person) -> None:
    """End the person's feed. Idempotent."""
    db.session.execute(delete(FollowUpFeed).where(FollowUpFeed.person_id == person.id))

"""A person's actions on their own data; and its automatic deletion, as /privacy promises."""

from eventapp.me.actions.anonymise import DOOR_NOBODY
from eventapp.me.actions.forget import forget_past_events, forget_people_without_events
from eventapp.me.actions.person import (
    CommunityContact,
    LastOrganiser,
    change_person,
    delete_person,
    lock_person,
    renew_links,
)
from eventapp.model import NOBODY

__all__ = [
    "DOOR_NOBODY",
    "NOBODY",
    "CommunityContact",
    "LastOrganiser",
    "change_person",
    "delete_person",
    "forget_past_events",
    "forget_people_without_events",
    "lock_person",
    "renew_links",
]

"""Reads: the people whom a person met, those of them who are asked for, and the person's card."""

from eventapp.contacts.queries.known import (
    Known,
    contact_with,
    contacts_named,
    contacts_of,
    encounter_with,
    known_to,
)
from eventapp.contacts.queries.own_card import (
    badge_now,
    card_of,
    feed_by_key,
    feed_of,
    person_met,
    rsvps_to_say,
    shared_card,
    shares_of,
    today_of,
    usual_zone,
    withdrawn_from,
)
from eventapp.contacts.queries.wanted import (
    Inside,
    Wanted,
    events_of,
    inside,
    names_among,
    tags_of,
    wanted_among,
)

__all__ = [
    "Inside",
    "Known",
    "Wanted",
    "badge_now",
    "card_of",
    "contact_with",
    "contacts_named",
    "contacts_of",
    "encounter_with",
    "events_of",
    "feed_by_key",
    "feed_of",
    "inside",
    "known_to",
    "names_among",
    "person_met",
    "rsvps_to_say",
    "shared_card",
    "shares_of",
    "tags_of",
    "today_of",
    "usual_zone",
    "wanted_among",
    "withdrawn_from",
]

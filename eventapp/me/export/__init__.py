"""Everything that is kept about a person, as a file (GDPR, articles 15 and 20).

Of others it has only the name that the person sees anyway, and nothing that they wrote, except
what hosts wrote to the person. Keys, tickets and digests are left out, so that the file gives
access to nothing; of tickets of other tools it says how many are known.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.contacts.queries import feed_of
from eventapp.me.export.afterwards import impressions_written, pictures_added
from eventapp.me.export.events import followed, organised, rsvps_told
from eventapp.me.export.introductions import contacts_passed, introductions_got, introductions_made
from eventapp.me.export.mailbox import (
    browsers_of,
    codes_of,
    mails_of,
    messages_written,
    notices_of,
)
from eventapp.me.export.people import (
    card_of,
    names_noted,
    people_blocked,
    people_met,
    people_to_meet,
    people_who_noted,
    reports_made,
)
from eventapp.me.export.rows import columns
from eventapp.model import FollowUpFeed, Person, PersonalFeed
from eventapp.rsvp.queries import personal_feed_of, rsvps_of

PERSON_TIMES = (
    "verified_at",
    "created_at",
    "met_mail_ended_at",
    "introductions_ended_at",
    "introducible_since",
)


def everything_about(person: Person, *, at: datetime) -> dict[str, Any]:
    """All of it, as values for JSON: instants are ISO 8601 in UTC."""
    return {
        "exported_at": at.isoformat(),
        "person": columns(person, "email", "name", "language", *PERSON_TIMES),
        "organises": organised(person),
        "follows": followed(person),
        "rsvps": rsvps_told(rsvps_of(person)),
        "card": card_of(person),
        "people_you_met": people_met(person),
        "names_you_noted": names_noted(person),
        "follow_up_feed": _feed(feed_of(person)),
        "personal_feed": _feed(personal_feed_of(person)),
        "people_who_say_they_met_you": people_who_noted(person),
        "people_to_meet": people_to_meet(person, at),
        "impressions_you_wrote": impressions_written(person),
        "contacts_passed_on": contacts_passed(person, at=at),
        "introductions_you_made": introductions_made(person, at=at),
        "introductions_you_got": introductions_got(person, at=at),
        "pictures_you_added": pictures_added(person),
        "people_you_blocked": people_blocked(person),
        "reports_to_organisers": reports_made(person),
        "told_to_you": notices_of(person),
        "messages_you_wrote_as_a_host": messages_written(person),
        "mails_to_you": mails_of(person),
        "codes_mailed_to_you": codes_of(person),
        "browsers_signed_in": browsers_of(person),
    }


def _feed(feed: FollowUpFeed | PersonalFeed | None) -> dict[str, Any] | None:
    """That there is one: its address would open it."""
    return columns(feed, "since") if feed else None

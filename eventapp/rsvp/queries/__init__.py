"""Find RSVPs by key, ticket, badge or person; what guests answered; and the waitlist."""

from eventapp.rsvp.queries.answers import (
    answer_titles,
    contact_titles,
    count_open_questions,
    labels_of,
    titles_to_show,
)
from eventapp.rsvp.queries.codes import (
    FINISH,
    FINISH_VALID,
    code_of,
    corrected_code,
    finish_address,
    rsvp_to_finish,
)
from eventapp.rsvp.queries.feeds import personal_feed_by_key, personal_feed_of, rsvps_of_feed
from eventapp.rsvp.queries.maybe import ASKED_AGAIN_BEFORE, SAID_LATELY, is_asked_again
from eventapp.rsvp.queries.rsvps import (
    is_in,
    rsvp_by_badge,
    rsvp_by_key,
    rsvp_by_ticket,
    rsvp_mailed,
    rsvp_of,
    rsvp_of_last_time,
    rsvps_of,
    short_codes_taken,
    who_is_in,
)
from eventapp.rsvp.queries.waitlist import (
    count_people_waiting,
    count_waiting_before,
    first_who_fit,
    fitting,
    waitlist_position,
    who_would_fit,
)

__all__ = [
    "ASKED_AGAIN_BEFORE",
    "FINISH",
    "FINISH_VALID",
    "SAID_LATELY",
    "answer_titles",
    "code_of",
    "contact_titles",
    "corrected_code",
    "count_open_questions",
    "count_people_waiting",
    "count_waiting_before",
    "finish_address",
    "first_who_fit",
    "fitting",
    "is_asked_again",
    "is_in",
    "labels_of",
    "personal_feed_by_key",
    "personal_feed_of",
    "rsvp_by_badge",
    "rsvp_by_key",
    "rsvp_by_ticket",
    "rsvp_mailed",
    "rsvp_of",
    "rsvp_of_last_time",
    "rsvp_to_finish",
    "rsvps_of",
    "rsvps_of_feed",
    "short_codes_taken",
    "titles_to_show",
    "waitlist_position",
    "who_is_in",
    "who_would_fit",
]

"""The consent module: the only place that decides what a viewer may see of an attendee.

Every list, export, mail and JSON answer asks it whom they may see (`listed`, `came_and_listed`; at
a table, `sits_with`), which fields of their contact card (`card_fields_for`, `holders_of`), what
they took with them from an event (`impressions_shown`), and which pictures (`pictures_shown`). Of
two people of whom one has blocked the other (`blocks.py`), neither sees anything of the other.
"""

from eventapp.attendees.queries.acquainted import pairs_not_to_introduce
from eventapp.attendees.queries.blocks import (
    are_apart,
    is_apart_from,
    is_between_apart,
    is_blocked_here_by,
    pairs_apart,
    rsvps_apart_from,
)
from eventapp.attendees.queries.cards import (
    Holder,
    card_fields_for,
    crosses_anything,
    crossings,
    fields_given,
    holders_of,
    ids_met_mutually,
    name_parts_for,
    owners_sharing_email,
    values_given,
)
from eventapp.attendees.queries.companions import ids_by_companion
from eventapp.attendees.queries.faces import WhoComes, who_comes
from eventapp.attendees.queries.floor import (
    asker_on_wall,
    asker_to_guests,
    asker_to_hosts,
    question_shown,
    words_to_voter,
)
from eventapp.attendees.queries.impressions import (
    ShownImpression,
    has_impressions,
    impression_shown,
    impression_to_hosts,
    impressions_shown,
    impressions_to_hosts,
    was_there,
)
from eventapp.attendees.queries.introduced import introduced_to, joined_by
from eventapp.attendees.queries.listing import (
    COUNTED_MOST,
    came,
    came_and_listed,
    count_listed,
    is_shown,
    is_unasked,
    listed,
    shown_to,
)
from eventapp.attendees.queries.name_counts import count_by_name
from eventapp.attendees.queries.names import (
    FEW,
    find_by_name,
    ids_by_name,
    ids_called,
    ids_called_nearly,
    ids_called_otherwise,
)
from eventapp.attendees.queries.pictures import (
    picture_files_seen,
    picture_shown,
    pictures_shown,
    pictures_to_hosts,
)
from eventapp.attendees.queries.quotes import quotes_shown, quotes_to_hosts
from eventapp.attendees.queries.suggested import (
    greeted_by,
    led_to_them,
    lines_to_led,
    may_be_led,
    ticked,
)
from eventapp.attendees.queries.tables import (
    is_in,
    is_inside,
    is_named_on_the_wall,
    sat_with,
    sits_with,
    takes_part,
)
from eventapp.attendees.queries.topics import Interests
from eventapp.attendees.queries.viewer import Viewer, viewer_of

__all__ = [
    "COUNTED_MOST",
    "FEW",
    "Holder",
    "Interests",
    "ShownImpression",
    "Viewer",
    "WhoComes",
    "are_apart",
    "asker_on_wall",
    "asker_to_guests",
    "asker_to_hosts",
    "came",
    "came_and_listed",
    "card_fields_for",
    "count_by_name",
    "count_listed",
    "crosses_anything",
    "crossings",
    "fields_given",
    "find_by_name",
    "greeted_by",
    "has_impressions",
    "holders_of",
    "ids_by_companion",
    "ids_by_name",
    "ids_called",
    "ids_called_nearly",
    "ids_called_otherwise",
    "ids_met_mutually",
    "impression_shown",
    "impression_to_hosts",
    "impressions_shown",
    "impressions_to_hosts",
    "introduced_to",
    "is_apart_from",
    "is_between_apart",
    "is_blocked_here_by",
    "is_in",
    "is_inside",
    "is_named_on_the_wall",
    "is_shown",
    "is_unasked",
    "joined_by",
    "led_to_them",
    "lines_to_led",
    "listed",
    "may_be_led",
    "mutual_meetings",
    "name_parts_for",
    "owners_sharing_email",
    "pairs_apart",
    "pairs_not_to_introduce",
    "picture_files_seen",
    "picture_shown",
    "pictures_shown",
    "pictures_to_hosts",
    "question_shown",
    "quotes_shown",
    "quotes_to_hosts",
    "rsvps_apart_from",
    "sat_with",
    "shown_to",
    "sits_with",
    "takes_part",
    "ticked",
    "values_given",
    "viewer_of",
    "was_there",
    "who_comes",
    "words_to_voter",
]

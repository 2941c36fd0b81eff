"""The reads: introductions that a person made, and those that they are asked about."""

from eventapp.introductions.queries.got import (
    IntroductionGot,
    ever_got_by,
    got_by,
    got_by_id,
    got_to_block,
    got_with,
    known_as,
    person_with,
    side_of,
)
from eventapp.introductions.queries.made import (
    IntroductionMade,
    ever_made_by,
    made_before,
    made_by,
    one_made_by,
)
from eventapp.introductions.queries.passed import (
    Passed,
    fields_of,
    fields_to_pass,
    handed_over,
    one_passed_by,
    passed_by,
    passed_of,
    passed_with,
)
from eventapp.introductions.queries.people import introducible, introducible_with
from eventapp.introductions.queries.states import PAIR_KEPT, State
from eventapp.introductions.queries.suggested import SuggestedPair, worth_introducing

__all__ = [
    "PAIR_KEPT",
    "IntroductionGot",
    "IntroductionMade",
    "Passed",
    "State",
    "SuggestedPair",
    "ever_got_by",
    "ever_made_by",
    "fields_of",
    "fields_to_pass",
    "got_by",
    "got_by_id",
    "got_to_block",
    "got_with",
    "handed_over",
    "introducible",
    "introducible_with",
    "known_as",
    "made_before",
    "made_by",
    "one_made_by",
    "one_passed_by",
    "passed_by",
    "passed_of",
    "passed_with",
    "person_with",
    "side_of",
    "worth_introducing",
]

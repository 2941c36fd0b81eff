"""Whom a guest is led to, as both agree now; and what an event's plan is made from."""

from eventapp.greeting.queries.hosts import Greeters, greeters_of
from eventapp.greeting.queries.led_to import LedTo, Shown, host_and_newcomer, led_to
from eventapp.greeting.queries.nobody_yet import NobodyYet, nobody_yet
from eventapp.greeting.queries.own import Wish, may_choose, wishes_of
from eventapp.greeting.queries.planned import both_apart, made_from, pairs_met, planned, stands
from eventapp.greeting.queries.visits import is_new_here, visits_of

__all__ = [
    "Greeters",
    "LedTo",
    "NobodyYet",
    "Shown",
    "Wish",
    "both_apart",
    "greeters_of",
    "host_and_newcomer",
    "is_new_here",
    "led_to",
    "made_from",
    "may_choose",
    "nobody_yet",
    "pairs_met",
    "planned",
    "stands",
    "visits_of",
    "wishes_of",
]

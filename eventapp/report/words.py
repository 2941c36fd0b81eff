"""What each figure is called, on the page and in the files, in the order in which they stand."""

from __future__ import annotations

from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.report.network import Group

ATTENDANCE = {
    "came": _l("People who came"),
    "newcomers": _l("Newcomers: guests here for the first time"),
    "regulars": _l("Regulars: came to three or more of the six events up to this one"),
    "came_once": _l("First-timers who came to none of the later events (two or more)"),
    "no_shows": _l("No-shows: people with a place who didn't come"),
    "promoted": _l("People with a place from the waitlist"),
    "waitlisted": _l("People left on the waitlist"),
}
MET = {
    "met_people": _l("Guests who met somebody, as they or others say"),
    "met_median": _l("People each of them met (median)"),
    "met_lower_quartile": _l("A quarter of them met at most (lower quartile)"),
    "met_upper_quartile": _l("A quarter of them met at least (upper quartile)"),
    "newcomers_met_two": _l("Newcomers who met two or more"),
    "confirmed_share": _l("“We met” said by both"),
    "answered_share": _l("Guests who answered, of those asked who they met"),
}
INTRODUCTIONS = {
    "introduced": _l("Guests introduced to somebody afterwards"),
    "introductions": _l("Introductions that both accepted"),
    "useful_share": _l("Useful, say those who told two weeks later"),
}
WORDS = {**ATTENDANCE, **MET, **INTRODUCTIONS}
SERIES = {
    "people": _l("People who came to any of them"),
    "regulars": _l("Regulars: came to three or more of the last six"),
    "came_once": _l("Came once, and to none of the later events (two or more)"),
    "came_back_share": _l("Came again after their first time"),
}
SHARES = frozenset(name for name in (*WORDS, *SERIES) if name.endswith("_share"))  # in per cent
HALVES = ("met_lower_quartile", "met_median", "met_upper_quartile")  # may be between two numbers
COLUMNS = {
    "came": _l("Came"),
    "newcomers": _l("New"),
    "regulars": _l("Regulars"),
    "no_shows": _l("No-shows"),
    "promoted": _l("From the waitlist"),
    "met_median": _l("Met (median)"),
    "newcomers_met_two": _l("New, met two"),
    "confirmed_share": _l("Said by both"),
    "answered_share": _l("Answered"),
    "introduced": _l("Introduced"),
    "introductions": _l("Introductions"),
    "useful_share": _l("Useful"),
}
LABEL_MOST = 32  # characters above a bar, which fit beside its number on a phone
BARS = {  # of one event: each drawing of bars on one scale, and what stands above each of these
    "attendance": {
        "came": _l("Came"),
        "newcomers": _l("Here for the first time"),
        "regulars": _l("Regulars"),
        "came_once": _l("Haven't come again"),
        "no_shows": _l("No-shows"),
        "promoted": _l("From the waitlist"),
        "waitlisted": _l("Left on the waitlist"),
    },
    "met": {
        "met_people": _l("Met somebody"),
        "newcomers_met_two": _l("New, and met two or more"),
        "confirmed_share": _l("Said by both"),
        "answered_share": _l("Answered when asked"),
    },
    "introductions": {
        "introduced": _l("Guests introduced"),
        "introductions": _l("Introductions"),
        "useful_share": _l("Useful, of those who told"),
    },
}
SERIES_BARS = {
    "people": _l("Came"),
    "regulars": _l("Regulars"),
    "came_once": _l("Haven't come again"),
    "came_back_share": _l("Came again"),
}
PART_OF = {"newcomers_met_two": "newcomers", "met_people": "came"}  # as which it's drawn
IF_ANY = ("came_once", "promoted", "waitlisted")  # not drawn where there may be none to count
CHARTS = {
    "came": _l("People who came"),
    "newcomers": _l("Newcomers"),
    "met_median": _l("People each guest met (median)"),
}
ARRIVALS_HIDDEN = _l("Dotted: fewer than five, or nobody, in each quarter of an hour.")
NOT_SHOWN = _l("A dash: fewer than five, or not known.")
ROUNDED = _l("Counts are rounded to fives, and what's about fewer than five people isn't shown.")


def range_of(group: Group) -> str:
    """How many others each guest of a group met: 3 · 4–6 · 7 or more."""
    if group.most is None:
        return str(gettext("%(least)s or more", least=group.least))
    return str(group.least) if group.most == group.least else f"{group.least}–{group.most}"


def they_met(group: Group) -> str:
    return str(gettext("Guests who met %(range)s", range=range_of(group)))

"""What each figure is called, on the page and in the files, in the order in which they stand."""

from __future__ import annotations

from eventapp.core.i18n import lazy_gettext as _l

ATTENDANCE = {
    "came": _l("People who came"),
    "newcomers": _l("Newcomers: guests here for the first time"),
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
    "regulars": _l("Regulars: they came to three of the last six or more"),
    "came_once": _l("They came once, and to none of the two or more since"),
    "came_back_share": _l("Came again after their first time"),
}
SHARES = ("confirmed_share", "answered_share", "came_back_share", "useful_share")  # in per cent
COLUMNS = {
    "came": _l("Came"),
    "newcomers": _l("New"),
    "no_shows": _l("No-shows"),
    "promoted": _l("From the waitlist"),
    "met_median": _l("Met (median)"),
    "newcomers_met_two": _l("New, met two"),
    "confirmed_share": _l("Said by both"),
    "answered_share": _l("Answered"),
    "introduced": _l("Introduced"),
}
CHARTS = {
    "came": _l("People who came"),
    "newcomers": _l("Newcomers"),
    "met_median": _l("People each guest met (median)"),
}
ROUNDED = _l("Counts are rounded to fives, and what's about fewer than five people isn't shown.")

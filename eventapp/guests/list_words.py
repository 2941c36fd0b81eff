"""What a list was taken for, in words: its columns and why, its letters, its statuses."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any

from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.reading.columns import ANSWER, DROPPED, Why
from eventapp.model import Status, Stays
from eventapp.ui.formats import grouped

LEFT_OUT = "left_out"  # a column, or guests with a word; "" where nothing was chosen
AS_READ = "as_read"

# What somebody may say that a column means, the frequent ones first.
COLUMNS: Mapping[str, Any] = {
    "name": _l("Name"),
    "first_name": _l("First name"),
    "last_name": _l("Last name"),
    "second_last_name": _l("Second last name"),
    "email": _l("Email address"),
    "phone": _l("Phone number"),
    "status": _l("Whether they're coming"),
    "companions": _l("How many companions they bring"),
    "companion_names": _l("Names of their companions"),
    "companion_of": _l("Whose companion they are"),
    "people": _l("How many people in all, with the guest"),
    ANSWER: _l("Something else, kept with the guest"),
    LEFT_OUT: _l("Leave this column out"),
    "checked_in": _l("Whether they came"),
    "checked_in_at": _l("When they came"),
    "cancelled": _l("Whether they cancelled"),
    "paid": _l("Whether they paid"),
    "no_show": _l("Whether they stayed away"),
    "ticket_code": _l("Code of their ticket"),
    "ref": _l("Their number in the other tool"),
    "order": _l("Number of the order"),
    "answered_at": _l("When they answered"),
    "ask_me_about": _l("“Ask me about”"),
    "want_to_learn": _l("“I want to learn”"),
    "looking_for": _l("“I'm looking for”"),
    "note": _l("Their line to the hosts"),
}
_READ_ONLY: Mapping[str, Any] = {  # that titles say, and nobody has to choose
    "surname_first": _l("Name, the family name first"),
    "companion_last_names": _l("Last names of their companions"),
    "adults": _l("How many adults come"),
    "kids": _l("How many children come"),
}
WHY: Mapping[str, Any] = {
    Why.TITLE: _l("by its title"),
    Why.CELLS: _l("by its cells"),
    Why.QUESTION: _l("a question of the event"),
    Why.MAPPING: _l("as you said"),
    Why.REMEMBERED: _l("as one of you said of an earlier list"),
    Why.ELSEWHERE: _l("only an answer now: another column is the name, as you said"),
    Why.UNKNOWN: _l("title not known"),
}
STAYS: Mapping[str, Any] = {
    Stays.ANSWERED: _l("answered here themselves"),
    Stays.CAME: _l("was at the door"),
    Stays.MET: _l("somebody met them"),
    Stays.TOLD: _l("was emailed about the event"),
    Stays.LATER_LIST: _l("is on a list imported later"),
    Stays.NO_ROOM: _l("would need a place, and there's none left"),
    Stays.MERGED: _l("was merged with another guest"),
    Stays.EDITED: _l("one of you changed them since"),
}
STATUSES: Mapping[str, Any] = {
    Status.GOING: _l("They're coming"),
    Status.MAYBE: _l("Maybe"),
    Status.NOT_GOING: _l("They aren't coming"),
    LEFT_OUT: _l("Leave them out"),
}
_ENCODINGS: Mapping[str, Any] = {
    "utf-8": "UTF-8",
    "cp1252": _l("Western Europe (Windows)"),
    "mac_roman": _l("Western Europe (old Macs)"),
    "iso8859_15": "ISO 8859-15",
    "cp1250": _l("Central Europe (Windows)"),
    "iso8859_2": "ISO 8859-2",
    "cp1251": _l("Cyrillic (Windows)"),
    "koi8_r": "KOI8-R",
    "cp1253": _l("Greek"),
    "cp1254": _l("Turkish"),
    "cp1255": _l("Hebrew"),
    "cp1256": _l("Arabic"),
    "cp1257": _l("Baltic"),
    "cp932": _l("Japanese"),
    "gb18030": _l("Chinese, simplified"),
    "big5": _l("Chinese, traditional"),
    "cp949": _l("Korean"),
    "utf-16": "UTF-16",
}


def column_words(meaning: str, whose: str) -> str:
    """What a column was taken for."""
    words = str({**COLUMNS, **_READ_ONLY}.get(meaning or LEFT_OUT, meaning))
    is_buyers = whose == "buyer" and meaning not in (ANSWER, DROPPED)
    return gettext("%(what)s, of whoever bought the ticket", what=words) if is_buyers else words


def column_choices(meaning: str, whose: str) -> dict[str, str]:
    """What a column may be taken for. What it is taken for now is among it."""
    as_read = {AS_READ: column_words(meaning, whose)}
    is_among_them = taken_for(meaning, whose) != AS_READ
    return ({} if is_among_them else as_read) | {one: str(words) for one, words in COLUMNS.items()}


def taken_for(meaning: str, whose: str) -> str:
    """The choice that stands for what a column is taken for now."""
    value = meaning or LEFT_OUT
    is_plain = value in COLUMNS and not (whose == "buyer" and value not in (ANSWER, LEFT_OUT))
    return value if is_plain else AS_READ


def import_words(shown: Mapping[str, Any]) -> str:
    """What an import does to the guest list, on its button."""
    added, updated, waiting = (shown[name] for name in ("added", "updated", "people_waiting"))
    words: str = gettext("Import it again: nothing changes")
    if added:
        number = grouped(added)
        words = ngettext(
            "Import %(number)s guest", "Import %(number)s guests", added, number=number
        )
        if updated:
            words = gettext("%(words)s, update %(number)s", words=words, number=grouped(updated))
    elif updated:
        number = grouped(updated)
        words = ngettext(
            "Update %(number)s guest", "Update %(number)s guests", updated, number=number
        )
    elif shown.get("people_left_out"):  # whether it changes anything depends on the places
        words = gettext("Import the list again")
    if waiting:
        words = ngettext(
            "%(words)s: there's no place for %(n)s person",
            "%(words)s: there's no place for %(n)s people",
            waiting,
            words=words,
            n=grouped(waiting),
        )
    return words


def encoding_name(encoding: str) -> str:
    """One name for all that an encoding is called; "" for none."""
    return codecs.lookup(encoding).name if encoding else ""


def encoding_choices(encoding: str) -> dict[str, str]:
    """Those in which lists are written, and the one that was found."""
    known = {encoding_name(code): str(words) for code, words in _ENCODINGS.items()}
    now = encoding_name(encoding)
    return {now: now.upper() or gettext("Choose one"), **known}

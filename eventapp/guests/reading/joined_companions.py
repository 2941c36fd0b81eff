"""Companions who have a row of their own: "Is plus one of: Zoë" comes along with Zoë."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.text import fold
from eventapp.guests.reading.entry import Entry
from eventapp.guests.reading.guesses import CountedWith, Guess
from eventapp.guests.reading.guest_row import RowNote

Hosts = dict[tuple[str, str], Entry]
"""Who may bring somebody: by their status, and their address or their name."""


class ComesAlong(CountedWith):
    code = "comes_along"
    message = _l("Comes along with row %(number)s: counted there, by name.")


class CountedAgain(CountedWith):
    message = _l("Another ticket of row %(number)s, by the same name: counted there.")


class ComesAlongApart(Guess):
    code = "comes_along_apart"
    message = _l("Comes along with row %(number)s, and has a ticket of their own: counted here.")


def join_companions(entries: Sequence[Entry]) -> tuple[list[Entry], list[RowNote]]:
    """Who comes along with a guest who counts them is that guest's companion, by name; or, with an
    address, a guest of their own and no companion as well. Whom nobody counts is a guest. Returns
    the guests, and what became of the other rows.
    """
    if not any(one.companion_of for one in entries):
        return list(entries), []
    hosts = _hosts(entries)
    counted = {one.number: one.along for one in entries}
    guests: list[Entry] = []
    notes: list[RowNote] = []
    for one in entries:
        host = hosts.get((one.standing, fold(one.companion_of))) if one.companion_of else None
        if not host or not counted[host.number]:
            guests.append(one)
            continue
        counted[host.number] -= 1
        if one.email:
            host.along -= 1
            one.guesses.append(ComesAlongApart(number=host.number))
            guests.append(one)
        else:
            _join(one, host)
            notes.append(RowNote(one.number, ComesAlong(number=host.number), one.name))
    return guests, notes


def _hosts(entries: Iterable[Entry]) -> Hosts:
    hosts: Hosts = {}
    for one in entries:
        if not one.companion_of:
            hosts.setdefault((one.standing, one.mailbox), one)
            hosts.setdefault((one.standing, fold(one.name)), one)
    return hosts


def _join(one: Entry, host: Entry) -> None:
    names = (*host.companion_names, one.name, *one.companion_names)
    host.companion_names = tuple(dict.fromkeys(names))
    host.along += one.along
    host.take_codes(one)
    host.take_arrival(one)

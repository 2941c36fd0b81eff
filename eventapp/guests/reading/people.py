"""Whom the rows of a list are about, together: people, not mailboxes and not tickets.

Two names at one address are two people. Several tickets of one person, or without names of their
own, are a party. Several answers of one person are one guest, as answered last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from eventapp.core.text import fold
from eventapp.guests.reading.entry import Entry
from eventapp.guests.reading.guesses import (
    BuyersAddress,
    CountedWith,
    NameFromAddress,
    SharedAddress,
)
from eventapp.guests.reading.guest_row import RowNote
from eventapp.guests.reading.joined_companions import CountedAgain, join_companions
from eventapp.guests.reading.names import is_same_person
from eventapp.guests.reading.names_of_two import SameName
from eventapp.guests.reading.refusals import (
    RepeatedGuest,
    RowRefused,
    TooManyCompanions,
    UnclaimedTicket,
)
from eventapp.model import DECLINED, Status
from eventapp.model.limits import PARTY_MOST, SOURCE_REF_MOST

COMPARED_MOST = 20  # people at one address, to whom a name that is only like theirs is compared

# Of several tickets of one person, those with the first of these that is there count.
_BEST = (
    *(Status.GOING, Status.WAITLISTED, Status.PENDING),
    *(Status.MAYBE, Status.NOT_GOING, Status.CANCELLED),
)


class People:
    """Takes the entries of a list, and tells whom they are about, in the order of the list."""

    def __init__(self, entries: Sequence[Entry], *, are_tickets: bool) -> None:
        self.are_tickets = are_tickets
        self.skipped: list[RowNote] = []
        self.counted: list[RowNote] = []  # rows that are companions of another
        _count_orders_once(entries)
        guests = self._give_unclaimed(entries)
        for entry in guests:
            _call(entry)
        guests, joined = join_companions(guests)
        self.counted += joined
        guests = self._one_each(guests, lambda one: one.identifier)
        guests = self._one_each(guests, lambda one: one.mailbox)
        self.guests = [one for one in guests if not self._is_too_many(one)]
        _take_shared_addresses(self.guests)
        _flag_namesakes(self.guests)

    def _give_unclaimed(self, entries: Sequence[Entry]) -> list[Entry]:
        """Tickets without a name or an address count for their buyer: who is on the list by a
        ticket of their own, or of whose tickets none has a name.
        """
        claimed = [one for one in entries if one.name or one.email]
        if len(claimed) == len(entries):
            return claimed
        purchases = {one.purchase for one in claimed if one.purchase}
        hosts: dict[tuple[str, str], Entry] = {}
        for one in claimed:
            for who in filter(None, (one.mailbox, fold(one.name))):
                hosts.setdefault((one.standing, who), one)
        for one in entries:
            if one.name or one.email:
                continue
            whose = [(one.buyer_email or "").casefold(), fold(one.buyer)]
            host = next(
                (hosts[one.standing, who] for who in whose if (one.standing, who) in hosts), None
            )
            if host:
                self._count(one, host)
            elif one.purchase in purchases:
                buyer = one.buyer or one.buyer_email
                self._skip(one, UnclaimedTicket(buyer=buyer))
            else:
                one.name, one.email = one.buyer, one.buyer_email
                claimed.append(one)
                hosts |= {(one.standing, who): one for who in whose if who}
        return sorted(claimed, key=lambda one: one.number)

    def _one_each(self, entries: Sequence[Entry], identity: Callable[[Entry], str]) -> list[Entry]:
        """One entry for each person among those with one identity."""
        alone = [one for one in entries if not identity(one)]
        together: dict[str, list[Entry]] = defaultdict(list)
        for one in entries:
            if same := identity(one):
                together[same].append(one)
        kept = [self._merge(group) for there in together.values() for group in _by_person(there)]
        return sorted([*alone, *kept], key=lambda one: one.number)

    def _merge(self, group: Sequence[Entry]) -> Entry:
        """The one guest whom all these rows are about."""
        if len(group) == 1:
            return group[0]
        identifiers = [one.identifier for one in group]
        differ = not any(identifiers) or len(set(identifiers)) == len(identifiers)
        if self.are_tickets and differ:
            return self._merge_tickets(group)
        chosen = _latest(group) or _standing(group)
        for one in group:
            if one is not chosen:
                chosen.take_codes(one)
                self._skip(one, RepeatedGuest(number=chosen.number))
        return chosen

    def _merge_tickets(self, group: Sequence[Entry]) -> Entry:
        best = min((one.standing for one in group), key=_BEST.index)
        chosen = next(one for one in group if one.standing == best)
        for one in group:
            if one is chosen:
                continue
            if one.standing == best and best not in DECLINED:
                self._count(one, chosen)
            else:
                self._skip(one, RepeatedGuest(number=chosen.number))
        return chosen

    def _is_too_many(self, one: Entry) -> bool:
        if one.people > PARTY_MOST:
            self._skip(one, TooManyCompanions(companions=one.along, most=PARTY_MOST - 1))
        return one.people > PARTY_MOST

    def _count(self, one: Entry, host: Entry) -> None:
        host.along += one.people
        host.companion_names += one.companion_names
        host.take_codes(one)
        host.take_arrival(one)
        kind = CountedAgain if one.name else CountedWith
        self.counted.append(RowNote(one.number, kind(number=host.number), host.name))

    def _skip(self, one: Entry, why: RowRefused) -> None:
        self.skipped.append(RowNote(one.number, why, one.name))


def _by_person(entries: list[Entry]) -> list[list[Entry]]:
    """The entries of each person among those with one identity."""
    if len(entries) == 1:
        return [entries]
    groups: list[list[Entry]] = []
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        name = fold(entry.name)
        near = (one for one in groups[:COMPARED_MOST] if _is_same(one[0], entry))
        group = by_name.get(name) or next(near, None)
        if group is None:
            groups.append(group := [])
        by_name.setdefault(name, group).append(entry)
    return groups


def refs_of(guests: Iterable[Entry]) -> dict[int, str]:
    """What identifies each guest in the list they come from, by the row's number: "api_id:gst-1",
    "email:ana@example.org" or "name:ana gil#1".

    Namesakes without address or id are numbered in their order, so that reading a list twice gives
    everybody the same.
    """
    refs: dict[int, str] = {}
    taken: Counter[str] = Counter()
    for one in guests:
        if ref := one.identifier:
            ref = ref if not taken[ref] else f"{ref}/{fold(one.name)}"[:SOURCE_REF_MOST]
        elif one.email:
            ref = f"email:{one.mailbox}"
        else:
            name = f"name:{fold(one.name) or one.name}"
            taken[name] += 1
            ref = f"{name}#{taken[name]}"
        taken[ref] += 1
        refs[one.number] = ref if taken[ref] == 1 else f"{ref}#{taken[ref]}"
    return refs


def _count_orders_once(entries: Iterable[Entry]) -> None:
    """Where each ticket of an order of three says three, that is how many the order has."""
    orders: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for one in entries:
        if one.order and one.along:
            orders[one.order, one.along].append(one)
    for (_, companions), there in orders.items():
        if len(there) == companions + 1:
            for one in there:
                one.along = 0


def _call(entry: Entry) -> None:
    """Gives an entry the name and the address that it has not got of its own."""
    buyers = (entry.buyer_email or "").casefold()
    is_buyer = bool(entry.email) and entry.mailbox == buyers
    if not entry.name and is_buyer:
        entry.name = entry.buyer
    may_be_theirs = not entry.buyer or is_same_person(entry.buyer, entry.name)
    if not entry.email and entry.buyer_email and may_be_theirs:
        entry.email = entry.buyer_email
        if not entry.buyer:
            entry.guesses.append(BuyersAddress(address=entry.email))
    if not entry.name:
        entry.name = (entry.email or "").rpartition("@")[0]
        entry.guesses.append(NameFromAddress())


def _is_same(one: Entry, other: Entry) -> bool:
    has_no_name = any(
        isinstance(guess, NameFromAddress) for each in (one, other) for guess in each.guesses
    )
    return has_no_name or is_same_person(one.name, other.name)


def _latest(group: Sequence[Entry]) -> Entry | None:
    """Of the answers of one person to a form, the last: by their time, or as the list has them."""
    if not any(one.answered for one in group):
        return None
    moments = [one.answered_at for one in group if one.answered_at]
    if len(moments) < len(group):
        return group[-1]
    return next(one for one in group if one.answered_at == max(moments))


def _standing(group: Sequence[Entry]) -> Entry:
    """Of entries that are one guest, the first; or who was cancelled first and then came back."""
    return next((one for one in group if one.standing not in DECLINED), group[0])


def _take_shared_addresses(guests: Iterable[Entry]) -> None:
    """The first person at an address has it; others are on the list without."""
    owners: dict[str, Entry] = {}
    for one in guests:
        owner = owners.setdefault(one.mailbox, one) if one.email else one
        if owner is not one:
            one.guesses.append(SharedAddress(address=one.email, number=owner.number))
            one.email = None


def _flag_namesakes(guests: Iterable[Entry]) -> None:
    """Two with one name, accents or not, may be one person with two addresses."""
    first: dict[str, Entry] = {}
    for one in guests:
        other = first.setdefault(fold(one.name), one) if " " in one.name else one
        if other is not one:
            one.guesses.append(SameName(number=other.number))

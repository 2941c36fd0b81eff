"""The page of whom a guest met: who says so of them, whom they noted, and who else was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, request

from eventapp.attendees.gate import Asked, asked
from eventapp.attendees.queries import crosses_anything, shown_to
from eventapp.core import htmx
from eventapp.core.links import row_id
from eventapp.met import just_now, likely, queries
from eventapp.met.forms import NameForm, NoteForm
from eventapp.met.gate import address_of
from eventapp.met.just_now import Before
from eventapp.met.queries import Attendee, Meeting
from eventapp.model import Listing, NotedName

LIST_OF = {"new": "new", "asked": "asked", "declined": "declined", "noted": "met", "mutual": "met"}
FIRST_ROWS = {"asked": 20, "met": 8, "declined": 20}  # of each list, before one asks for all
NO_ROWS: Mapping[str, list[Meeting]] = {which: [] for which in FIRST_ROWS}
LIST_ROWS = 20  # of a list on a page of its own


@dataclass(frozen=True)
class Noted:
    """What was noted on both sides, as the page counts and shows it."""

    states: Mapping[int, str]
    names: Sequence[NotedName] = ()  # of people on no list

    def ids(self, which: str) -> list[int]:
        """Of the others in a list."""
        return [id_ for id_, state in self.states.items() if LIST_OF[state] == which]

    @property
    def count(self) -> int:
        """How many the guest says they met."""
        return len(self.ids("met")) + len(self.names)


def noted_by(guest: Attendee) -> Noted:
    return Noted(queries.states_of(guest), queries.names_noted_by(guest.rsvp))


def show(
    guest: Attendee, wrong: NoteForm | None = None, wrong_name: NameForm | None = None
) -> Response:
    """The page, or its list; after a refused form, the page or that form's region."""
    refused_form = wrong or wrong_name
    region = "met/_guest.html" if wrong else "met/_somebody.html" if wrong_name else None
    ask, noted = asked(), noted_by(guest)
    which = request.args.get("list")
    lists = _one_list(guest, ask, noted, which) if which in FIRST_ROWS else _all(guest, ask, noted)
    refused = queries.meeting_with(guest, wrong.rsvp_id) if wrong else None
    if refused and refused.them.id not in _shown_in(lists):
        lists["others"] = [refused, *lists["others"]]  # with what was typed, however far down
    return htmx.show(
        "met/met.html",
        fragment=region or "met/_meetings.html",
        status=refused_form.status if refused_form else 200,
        **{**shared(guest, noted, wrong), **({"name_form": wrong_name} if wrong_name else {})},
        rsvp=guest.rsvp,
        ask=ask,
        **lists,
        is_seen=shown_to(guest.rsvp) != Listing.NOBODY,
        meeting=refused,
    )


def _shown_in(lists: Mapping[str, Any]) -> set[int]:
    rows = (lists[name] for name in ("asked", "met", "others", "declined"))
    return {meeting.them.id for some in rows for meeting in some}


def shared(guest: Attendee, noted: Noted, wrong: NoteForm | None = None) -> dict[str, Any]:
    """What each row needs, on the page and alone."""
    gives_card = crosses_anything(guest.person)
    return {
        "guest": guest,
        "event": guest.event,
        "here": partial(address_of, guest),
        "again": {name: request.args.get(name) for name in ("q", "page", "list", "alone")},
        "noted": noted,
        "note_form": partial(note_form, wrong=wrong),
        "wrong": wrong,
        "name_form": NameForm(formdata=None),
        "just_now": just_now.done_just_now(guest),
        "gives_card": gives_card,
        "asks_to_share": len(noted.ids("met")) == 1 and not gives_card,
    }


def _one_list(guest: Attendee, ask: Asked, noted: Noted, which: str) -> dict[str, Any]:
    """All of one list, page by page."""
    ids = noted.ids(which)
    start = (ask.page - 1) * LIST_ROWS
    more = start + LIST_ROWS < len(ids)
    rows = list(queries.meetings_with(guest, ids[start : start + LIST_ROWS]).values())
    lists = {**NO_ROWS, which: rows, "others": []}
    return {**lists, "which": which, "next_page": ask.page + 1 if more else None}


def _all(guest: Attendee, ask: Asked, noted: Noted) -> dict[str, Any]:
    find = {"limit": ask.limit, "offset": ask.offset}
    if ask.typed:
        others = likely.find_meetings(guest, ask.typed, **find)
    else:
        others = likely.others_there(guest, **find)
    is_first = not ask.typed and ask.page == 1
    lists = _first_rows(guest, noted) if is_first else NO_ROWS
    page = {"others": ask.shown(others), "next_page": ask.next_page(others)}
    return {**lists, **page, "which": None}


def _first_rows(guest: Attendee, noted: Noted) -> dict[str, list[Meeting]]:
    """The newest of each list; whoever the address names, as a mail's does, comes first."""
    named = request.args.get("who", type=row_id)
    ids = {
        which: sorted(noted.ids(which), key=lambda id_: id_ != named)[:most]
        for which, most in FIRST_ROWS.items()
    }
    found = queries.meetings_with(guest, [id_ for some in ids.values() for id_ in some])
    return {which: [found[id_] for id_ in some if id_ in found] for which, some in ids.items()}


def note_form(meeting: Meeting, wrong: NoteForm | None = None) -> NoteForm:
    if wrong and wrong.rsvp_id == meeting.them.id:
        return wrong
    return NoteForm(meeting.them.id, meeting.mine, formdata=None)


def answer(guest: Attendee, act: str, before: Before, after: Meeting) -> Response:
    """After an act: what was done, to be undone, the row that changed, and the counts beside it."""
    just_now.remember(act, guest, before, after)
    is_undo = "undo" in request.form
    if is_undo:
        just_now.forget()
    context = shared(guest, noted_by(guest))
    again = context["again"]
    anchor = "just-now" if context["just_now"] else f"guest-{after.them.id}"
    return htmx.done(
        fragment="met/on_guest_changed.html",
        go_to=address_of(guest, "met", **{**again, "alone": None}, _anchor=anchor),
        **context,
        meeting=after,
        list=LIST_OF[after.state],
        has_lists=not any(again.values()),
        is_there=after.state != "new" or bool(queries.meeting_if_seen(guest, after.them.id)),
        asks=act == "ask",
        is_undo=is_undo,
        is_answer=True,
    )

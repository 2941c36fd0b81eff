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
from eventapp.met.gate import address_of, people_here
from eventapp.met.just_now import JustNow
from eventapp.met.queries import Attendee, Meeting
from eventapp.model import Listing, NotedName

LIST_OF = {
    "new": "new",
    "asked": "asked",
    "declined": "declined",
    "noted": "met",
    "unsure": "met",
    "mutual": "met",
}
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
    region = "met/on_refused.html" if wrong else "met/_somebody.html" if wrong_name else None
    ask, noted = asked(), noted_by(guest)
    is_undo = "undo" in request.form
    done = None if is_undo else just_now.kept(guest)
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
        just_now=done,
        can_undo=done and _can_undo(done, is_there=_is_there(guest, done.rsvp_id)),
        asks_about=_named() if "ask" in request.args else None,
        is_undo=is_undo,
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
        "address": partial(address_of, guest),
        "kept_query": _kept_query(),
        "noted": noted,
        "note_form": partial(note_form, wrong=wrong),
        "wrong": wrong,
        "name_form": NameForm(formdata=None),
        "gives_card": gives_card,
        "keeps_scans": guest.key is None or guest.person in people_here(),
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
    named = _named()
    ids = {
        which: sorted(noted.ids(which), key=lambda id_: id_ != named)[:most]
        for which, most in FIRST_ROWS.items()
    }
    found = queries.meetings_with(guest, [id_ for some in ids.values() for id_ in some])
    return {which: [found[id_] for id_ in some if id_ in found] for which, some in ids.items()}


def _named() -> int | None:
    return request.args.get("who", type=row_id)


def note_form(meeting: Meeting, wrong: NoteForm | None = None) -> NoteForm:
    if wrong and wrong.rsvp_id == meeting.them.id:
        return wrong
    return NoteForm(meeting.them.id, meeting.mine, formdata=None)


def answer(guest: Attendee, done: JustNow | None, after: Meeting) -> Response:
    """Answer an act with the row as it is now, the counts, and a line that says what was done and
    offers to undo it: none (`done` is None) where no more than a note was changed.
    """
    context = _changed(guest, after)
    anchor = "just-now" if done else _row_id(after)
    response = htmx.done(
        fragment="met/on_guest_changed.html",
        go_to=_here_again(guest, anchor),
        **context,
        just_now=done,
        can_undo=_can_undo(done, is_there=context["is_there"]),
    )
    return just_now.keep(response, done)


def answer_undo(guest: Attendee, after: Meeting) -> Response:
    """Answer an undo with the row as it is again, and the counts."""
    response = htmx.done(
        fragment="met/on_undone.html",
        go_to=_here_again(guest, _row_id(after)),
        **_changed(guest, after),
        stands_above="above" in request.form,
    )
    return just_now.keep(response, None)


def ask_before_it_is_lost(guest: Attendee, meeting: Meeting) -> Response:
    """Show the row as it is now, with what would be lost, for them to confirm."""
    them = meeting.them.id
    response = htmx.done(
        fragment="met/on_loss.html",
        go_to=address_of(guest, "met.met", who=them, ask=1, _anchor=_row_id(meeting)),
        **_changed(guest, meeting),
        asks_about=them,
        is_undo="undo" in request.form,
    )
    return just_now.keep(response, None)


def _changed(guest: Attendee, meeting: Meeting) -> dict[str, Any]:
    """What an answer needs that shows one row by HTMX."""
    context = shared(guest, noted_by(guest))
    return {
        **context,
        "meeting": meeting,
        "list": LIST_OF[meeting.state],
        "has_lists": not any(context["kept_query"].values()),
        "is_there": _is_there(guest, meeting.them.id),
        "is_answer": True,
    }


def _here_again(guest: Attendee, anchor: str) -> str:
    """The page they came from, or the whole one, where a row stood alone."""
    return address_of(guest, "met.met", **{**_kept_query(), "stands_alone": None}, _anchor=anchor)


def _kept_query() -> dict[str, str | None]:
    """What narrows the page, which the answers to its forms narrow likewise."""
    return {name: request.args.get(name) for name in ("q", "page", "list", "stands_alone")}


def _can_undo(done: JustNow | None, *, is_there: bool) -> bool:
    """A guest who took it back cannot say so again of somebody who is not listed."""
    if done is None or done.sends is None:
        return False
    return is_there or done.undone_by != "say"


def _is_there(guest: Attendee, rsvp_id: int) -> bool:
    return queries.meeting_if_seen(guest, rsvp_id) is not None


def _row_id(meeting: Meeting) -> str:
    return f"guest-{meeting.them.id}"

"""/contacts: the people one met, to look up, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, get_flashed_messages, request, url_for

from eventapp.account import gate
from eventapp.attendees.queries import crosses_anything
from eventapp.contacts import queries
from eventapp.contacts.queries import Known, Wanted
from eventapp.core import clock, htmx, text
from eventapp.core.links import row_id
from eventapp.core.request_limits import search_terms
from eventapp.met.queries import names_of, questions_to
from eventapp.model import Person
from eventapp.model.limits import TAGS_MOST
from eventapp.ui.note_form import NoteForm

bp = Blueprint(
    "contacts", __name__, static_folder="static", static_url_path="/static/contacts", cli_group=None
)

PAGE_ROWS = 20
LAST_PAGE = 10_000
CONFIRMED = "confirmed"  # ?only= of a file


@dataclass(frozen=True)
class Asked:
    """Which of the contacts a request asks for. What is not understood asks for everybody."""

    typed: str
    event: str
    tag: str
    is_due: bool
    page: int
    only_mutual: bool
    note: int | None  # RSVP id of whose note is being written

    @property
    def narrows(self) -> bool:
        return bool(self.typed or self.event or self.tag or self.is_due)

    @property
    def filters(self) -> dict[str, str]:
        return {"event": self.event, "tag": self.tag, "due": "1" if self.is_due else ""}

    def wanted(self, today: date) -> Wanted:
        due_by = today if self.is_due else None
        return Wanted(self.typed, self.event, self.tag, due_by, self.only_mutual)

    def address(self, **changed: Any) -> str:
        """The address of the first page with these filters, but for what is changed."""
        values = {"q": self.typed, **self.filters, **changed}
        return url_for("contacts.contacts", **{name: of for name, of in values.items() if of})

    def file_address(self, file: str, **more: str) -> str:
        """Where to take along whoever is found, however many pages they are."""
        values: dict[str, Any] = {"q": self.typed, **self.filters, **more}
        return url_for(f"contacts.{file}", **{name: of for name, of in values.items() if of})

    def note_address(self, rsvp_id: int) -> str:
        """Where a note of this page is written, so that the answer is the same page."""
        return url_for("contacts.write_note", rsvp_id=rsvp_id, **self._kept)

    def unsure_address(self, answer: str, rsvp_id: int) -> str:
        """Likewise, where it is said whether it was them."""
        return url_for(f"contacts.{answer}", rsvp_id=rsvp_id, **self._kept)

    @property
    def _kept(self) -> dict[str, Any]:
        page = str(self.page) if self.page > 1 else ""
        values = {"q": self.typed, **self.filters, "page": page}
        return {name: of for name, of in values.items() if of}


def asked() -> Asked:
    args = request.args
    return Asked(
        text.clean_line(search_terms()),
        args.get("event", ""),
        text.clean_line(args.get("tag", "")[:TAGS_MOST]),
        is_due=bool(args.get("due")),
        page=min(max(args.get("page", 1, type=int), 1), LAST_PAGE),
        only_mutual=args.get("only") == CONFIRMED,
        note=args.get("note", type=row_id),
    )


@bp.get("/contacts")
def contacts() -> Response:
    return show(gate.require_person(), asked())


def show(person: Person, ask: Asked, wrong: NoteForm | None = None) -> Response:
    """The page, or its list; where a note is written, the page or that note."""
    known = queries.known_to(person)
    page = page_of(person, known, ask, wrong)
    return htmx.show(
        "contacts/contacts.html",
        fragment="contacts/_occasion.html" if "at" in page else "contacts/on_searched.html",
        status=wrong.status if wrong else 200,
        feed=queries.feed_of(person),
        gives_card=crosses_anything(person),
        questions=questions_to(person, clock.now()),
        to_say=[] if page["count"] else queries.rsvps_to_say(person, at=clock.now()),
        **page,
    )


def page_of(
    person: Person, known: list[Known], ask: Asked, wrong: NoteForm | None = None
) -> dict[str, Any]:
    """The contacts of one page, and what to choose others by. Whose note is being written is on
    it.
    """
    today = queries.today_of(person, clock.now())
    found = queries.wanted_among(person, known, ask.wanted(today))
    noted_names = names_of(person)
    names = queries.names_among(noted_names, ask.wanted(today))
    start = (ask.page - 1) * PAGE_ROWS
    shown = found[start : start + PAGE_ROWS]
    written = wrong.rsvp_id if wrong else ask.note
    if written and (whom := queries.contact_with(known, written)) not in shown:
        shown = [whom, *shown]
    return {
        "ask": ask,
        "known": known,
        "count": len(known) + len(noted_names),
        "names": names,
        "due": queries.wanted_among(person, known, Wanted(due_by=today)),
        "rows": list(zip(shown, queries.contacts_of(person, shown, at=clock.now()), strict=True)),
        "inside": queries.inside(person, found, names),
        "has_more": start + PAGE_ROWS < len(found),
        "events": queries.events_of(known, noted_names),
        "tags": queries.tags_of(known),
        "note_form": partial(_note_form, ask, wrong),
        "fold_is_open": partial(_fold_is_open, ask, wrong),
        "note_seen": note_seen,
        **(one_occasion(person, known, written) if written else {}),
    }


def one_occasion(person: Person, known: list[Known], rsvp_id: int) -> dict[str, Any]:
    """What the region of one occasion needs, alone."""
    one = queries.contact_with(known, rsvp_id)
    (contact,) = queries.contacts_of(person, [one], at=clock.now())
    occasions = zip(one.noted, contact.occasions, strict=True)
    at, occasion = next(pair for pair in occasions if pair[0].id == rsvp_id)
    return {"at": at, "occasion": occasion}


def note_seen(noted: Any) -> str:
    """Another one for each note of somebody."""
    return str(NoteForm(noted.id, noted, formdata=None).made_from.data)


def _fold_is_open(ask: Asked, wrong: NoteForm | None, one: Known) -> bool:
    """Whether something is written, asked or said in the fold of a contact."""
    return any(
        noted.unsure_since
        or _note_form(ask, wrong, noted)
        or get_flashed_messages(category_filter=[f"occasion-{noted.id}"])
        for noted in one.noted
    )


def _note_form(ask: Asked, wrong: NoteForm | None, noted: Any) -> NoteForm | None:
    """The form of one note; none where it is not being written: a form for each of PAGE_ROWS people
    costs as much as the rest of the page.
    """
    if wrong and wrong.rsvp_id == noted.id:
        return wrong
    return NoteForm(noted.id, noted, formdata=None) if ask.note == noted.id else None

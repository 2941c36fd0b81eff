"""/contacts: the people one met, to look up, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, request, url_for

from eventapp.account import gate
from eventapp.attendees.queries import crosses_anything
from eventapp.contacts import queries
from eventapp.contacts.queries import Known, Wanted
from eventapp.core import clock, htmx, text
from eventapp.core.request_limits import search_terms
from eventapp.met.queries import names_of, questions_to
from eventapp.model import Event, Person
from eventapp.model.limits import TAGS_MOST
from eventapp.rsvp.queries import rsvps_of

bp = Blueprint("contacts", __name__)

PAGE_ROWS = 30
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Asked:
    """Which of the contacts a request asks for. What is not understood asks for everybody."""

    typed: str
    event: str
    tag: str
    is_due: bool
    page: int

    @property
    def narrows(self) -> bool:
        return bool(self.typed or self.event or self.tag or self.is_due)

    @property
    def filters(self) -> dict[str, str]:
        return {"event": self.event, "tag": self.tag, "due": "1" if self.is_due else ""}

    def wanted(self, today: date) -> Wanted:
        return Wanted(self.typed, self.event, self.tag, today if self.is_due else None)

    def address(self, **changed: Any) -> str:
        """The address of the first page with these filters, but for what is changed."""
        values = {"q": self.typed, **self.filters, **changed}
        return url_for("contacts.contacts", **{name: of for name, of in values.items() if of})


def asked() -> Asked:
    args = request.args
    return Asked(
        text.clean_line(search_terms()),
        args.get("event", ""),
        text.clean_line(args.get("tag", "")[:TAGS_MOST]),
        is_due=bool(args.get("due")),
        page=min(max(args.get("page", 1, type=int), 1), LAST_PAGE),
    )


@bp.get("/contacts")
def contacts() -> Response:
    person = gate.require_person()
    ask, known = asked(), queries.known_to(person)
    return htmx.show(
        "contacts/contacts.html",
        fragment="contacts/_known.html",
        names=names_of(person),
        gives_card=crosses_anything(person),
        questions=questions_to(person, clock.now()),
        open_events=[] if known else _events_to_say(person),
        **_page_of(person, known, ask),
    )


def _page_of(person: Person, known: list[Known], ask: Asked) -> dict[str, Any]:
    """The contacts of one page, and what to choose others by."""
    today = queries.today_of(person, clock.now())
    found = queries.wanted_among(person, known, ask.wanted(today))
    start = (ask.page - 1) * PAGE_ROWS
    shown = found[start : start + PAGE_ROWS]
    return {
        "ask": ask,
        "known": known,
        "due": queries.wanted_among(person, known, Wanted(due_by=today)),
        "rows": list(zip(shown, queries.contacts_of(person, shown, at=clock.now()), strict=True)),
        "has_more": start + PAGE_ROWS < len(found),
        "events": queries.events_of(known),
        "tags": queries.tags_of(known),
    }


def _events_to_say(person: Person) -> list[Event]:
    """Events to which they came, or said so, and for which they may still note whom they met."""
    at = clock.now()
    return [
        rsvp.event
        for rsvp in rsvps_of(person)
        if rsvp.holds_a_seat and rsvp.event.takes_encounters(at)
    ]

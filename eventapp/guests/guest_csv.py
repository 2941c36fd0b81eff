"""The guest list as a CSV file, which the import reads back."""

from __future__ import annotations

from eventapp.attendees.queries import is_unasked, shown_to
from eventapp.core import csv_safe
from eventapp.guests import queries
from eventapp.guests.columns import recognise
from eventapp.guests.queries import Guest
from eventapp.model import Event
from eventapp.rsvp.queries import answer_titles

COLUMNS = (
    "name", "email", "status", "party", "companions", "arrived_at", "door", "listing",
    "ask_me_about", "want_to_learn", "source", "answered_at", "short_code",
)  # fmt: skip


def guest_csv(event: Event, *, bom: bool = True) -> bytes:
    """Everybody on the list, one row an RSVP: COLUMNS, then what they also said.

    `party` counts the guest; times are ISO 8601 with the offset of the event's place;
    `listing` is whom it shows them to by now, empty where nobody asked.
    """
    titles = answer_titles(event)
    header = [*COLUMNS, *(f"{title} (2)" if title in COLUMNS else title for title in titles)]
    rows = (
        [*_values(guest, event), *(guest.rsvp.answers.get(title) for title in titles)]
        for guest in queries.all_guests(event)
    )
    phones = [title for title in titles if "phone" in recognise([title])]
    return csv_safe.write(header, rows, phone_columns=phones, bom=bom)


def _values(guest: Guest, event: Event) -> list[str | int | None]:
    rsvp = guest.rsvp
    return [
        rsvp.name,
        rsvp.person.email if rsvp.person else None,
        rsvp.status,
        rsvp.party,
        rsvp.companions,
        guest.arrived_at.astimezone(event.zone).isoformat() if guest.arrived_at else None,
        guest.door,
        None if is_unasked(rsvp) else shown_to(rsvp),
        rsvp.ask_me_about,
        rsvp.want_to_learn,
        rsvp.source,
        rsvp.created_at.astimezone(event.zone).isoformat(),
        rsvp.short_code,
    ]

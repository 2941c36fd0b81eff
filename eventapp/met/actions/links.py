"""Links in mails to the form of whom one met, good without signing in: see `met/gate.py`."""

from __future__ import annotations

from eventapp.core.links import absolute
from eventapp.model import Encounter, Rsvp


def form_of(rsvp: Rsvp) -> dict[str, str]:
    """Values for a mail to a guest: the address of their form, and the event's title."""
    return {"url": absolute("met.met_by_key", key=rsvp.key), "title": rsvp.event.title}


def row_of(encounter: Encounter) -> dict[str, str]:
    """Values for a mail to the one met: who noted it, where, and their row of the form."""
    row = absolute("met.met_by_key", key=encounter.met.key, who=encounter.noter_id)
    url = f"{row}#guest-{encounter.noter_id}"
    return {"name": encounter.noter.name, "title": encounter.noter.event.title, "url": url}

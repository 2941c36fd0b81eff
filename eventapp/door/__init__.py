"""A guest comes in: found by name, code or scan, let in once, counted, and undone if need be.

Verbs: check_in, scan, undo, leave, walk_in, import_check_ins; each writes to the log. Reads: event,
guests, codes, search, passes, arrival, heard. Both: links, rehearsal. `access` says who stands at
the door, `page` has the door's page and its buttons. The rest answers requests as well.
"""

from eventapp.door import (
    batch,
    commands,
    conflicts,
    history,
    link_pages,
    mode,
    page,
    rehearsal_pages,
    roster,
    service_worker,
    settings,
    ticket,
)
from eventapp.door.blueprint import bp

__all__ = [
    "batch",
    "bp",
    "commands",
    "conflicts",
    "history",
    "link_pages",
    "mode",
    "page",
    "rehearsal_pages",
    "roster",
    "service_worker",
    "settings",
    "ticket",
]

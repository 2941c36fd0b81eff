"""A guest is checked in: found by name, code or scan, let in once, and counted. It can be undone.

Modules that change data, each named after its verb and writing to the log: check_in, scan, undo,
leave, walk_in, import_check_ins. Modules that read: event, guests, codes, search, passes, arrival,
heard, unsettled. Both: links, rehearsal. `access` finds out who is asking, `page` has the door's
page and its buttons. The other modules are views.
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
    "settings",
    "ticket",
]

"""The verbs of a guest list: bring one in, say yes or no to who waits for it, send the tickets."""

from eventapp.guests.actions.approval import approve, decline
from eventapp.guests.actions.importing import Import, ImportReport
from eventapp.guests.actions.tickets import NoTicketNeeded, send_tickets

__all__ = [
    "Import",
    "ImportReport",
    "NoTicketNeeded",
    "approve",
    "decline",
    "send_tickets",
]

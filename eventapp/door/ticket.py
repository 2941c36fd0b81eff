"""The page that a ticket's QR code opens."""

from __future__ import annotations

from flask import Response, render_template, url_for

from eventapp.core import clock
from eventapp.door.access import at_list_for
from eventapp.door.blueprint import bp
from eventapp.door.codes import holder
from eventapp.rsvp.queries import rsvp_by_ticket


@bp.get("/t/<ticket>")
def ticket(ticket: str) -> Response | str:
    """Door keepers see the guest and may check them in. Anybody else gets a page that says nothing
    about the guest.
    """
    rsvp = rsvp_by_ticket(ticket)
    keeper = at_list_for(rsvp.event) if rsvp else None
    guest = holder(keeper.event, ticket) if keeper else None
    if keeper is None or guest is None:
        return render_template("door/ticket_neutral.html")
    return render_template(
        "door/ticket.html",
        keeper=keeper,
        event=keeper.event,
        now=clock.now(),
        guest=guest,
        ticket=ticket,
        back=url_for("door.door", slug=keeper.event.slug),
    )

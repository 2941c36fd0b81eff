"""/o/e/<event>/guests/<act>: acts on who is ticked, or on all whom the list shows, after it is said
who that is and what it comes to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, render_template, request
from sqlalchemy import select

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.links import row_id
from eventapp.core.mail import preview
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests import whom
from eventapp.guests.asked import AskedGuests, asked_guests, whom_sent
from eventapp.guests.guest_list import GuestList
from eventapp.guests.many import ACTS, APPROVE, PROMOTE, PUT_BACK, REMOVE, ManyGuests, Stopped, plan
from eventapp.guests.page import bp
from eventapp.model import Event, Rsvp

ADDRESS = "/o/e/<slug>/guests/<any(approve, promote, remove, 'put-back'):act>"


@bp.get(ADDRESS)
def confirm_act(slug: str, act: str) -> str:
    event = organised_event(slug)
    ask = asked_guests(event)
    return _show(event, ask, act, ids_chosen(ask))


@bp.get("/o/e/<slug>/guests/export")
def confirm_export(slug: str) -> str:
    event = organised_event(slug)
    ask = asked_guests(event)
    ids = ids_chosen(ask)
    return render_template(
        "guests/export.html", event=event, ask=ask, count=len(ids), whom=whom.written(ids)
    )


@bp.post(ADDRESS)
def do_act(slug: str, act: str) -> Response:
    event = organised_event(slug)
    many = ManyGuests(event, ACTS[act], at=clock.now(), record=record)
    try:
        count = many.do(whom_sent())
    except Stopped as no:
        raise interrupted(no) from no
    flash(_what_was_done(act, count))
    return htmx.done(go_to=asked_guests(event).address())


def ids_chosen(ask: AskedGuests) -> Sequence[int]:
    """The ids of the guests of this event who are ticked, or of all whom the list shows."""
    if request.args.get("all"):
        return GuestList(ask.event, ask.choice).ids()
    ticked = request.args.getlist("guest", type=row_id)
    of_event = select(Rsvp.id).where(Rsvp.event_id == ask.event.id, among(Rsvp.id, ticked))
    return db.session.scalars(of_event.order_by(Rsvp.id)).all()


def _show(event: Event, ask: AskedGuests, act: str, ids: Sequence[int]) -> str:
    coming = plan(event, ACTS[act], ids, at=clock.now(), record=record)
    return render_template(
        "guests/act.html",
        event=event,
        ask=ask,
        act=act,
        plan=coming,
        chosen=len(ids),
        whom=whom.written(coming.ids),
        sample=preview(coming.sample) if coming.sample else None,
        in_list=0 if ids else GuestList(event, ask.choice).counts.shown,
        **_words(act, len(coming.ids)),
    )


def _words(act: str, count: int) -> dict[str, Any]:
    """The question and the button."""
    question = {
        APPROVE.name: ngettext("Approve %(num)s guest?", "Approve %(num)s guests?", count),
        PROMOTE.name: ngettext(
            "Give %(num)s guest a place?", "Give %(num)s guests a place?", count
        ),
        REMOVE.name: ngettext(
            "Take %(num)s guest off the list?", "Take %(num)s guests off the list?", count
        ),
        PUT_BACK.name: ngettext(
            "Put %(num)s guest back on the list?", "Put %(num)s guests back on the list?", count
        ),
    }
    yes = {
        APPROVE.name: ngettext("Approve %(num)s guest", "Approve %(num)s guests", count),
        PROMOTE.name: ngettext("Promote %(num)s guest", "Promote %(num)s guests", count),
        REMOVE.name: ngettext("Take %(num)s guest off", "Take %(num)s guests off", count),
        PUT_BACK.name: ngettext("Put %(num)s guest back", "Put %(num)s guests back", count),
    }
    return {"question": question[act], "yes": yes[act]}


def _what_was_done(act: str, count: int) -> str:
    if not count:  # by another organiser, or by a tap that is sent again
        return str(gettext("Nobody was left to do that to."))
    words = {
        APPROVE.name: ngettext("%(num)s guest is approved.", "%(num)s guests are approved.", count),
        PROMOTE.name: ngettext(
            "%(num)s guest has a place now.", "%(num)s guests have a place now.", count
        ),
        REMOVE.name: ngettext(
            "%(num)s guest is off the list. To put them back, look under “Taken off the list”.",
            "%(num)s guests are off the list. To put them back, look under “Taken off the list”.",
            count,
        ),
        PUT_BACK.name: ngettext(
            "%(num)s guest is back on the list.", "%(num)s guests are back on the list.", count
        ),
    }
    return str(words[act])

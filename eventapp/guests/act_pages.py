"""/o/e/<event>/guests/<act>: acts on who is ticked, or on all whom the list shows, after it is said
who that is and what it comes to.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, render_template, request
from sqlalchemy import select

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.core.links import new_secret, row_id
from eventapp.core.mail import preview
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests import whom
from eventapp.guests.act_plan import plan
from eventapp.guests.act_words import question_of, words_of_done, words_of_left_off, yes_of
from eventapp.guests.acts import ACTS, Doing
from eventapp.guests.asked import AskedGuests, asked_guests, whom_sent
from eventapp.guests.guest_list import GuestList
from eventapp.guests.many import ManyGuests, Stopped
from eventapp.guests.page import bp
from eventapp.model import Event, Rsvp

ADDRESS = f"/o/e/<slug>/guests/<any({', '.join(map(repr, ACTS))}):act>"


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
    doing = Doing(clock.now(), record, request.form.get("form_id", ""))
    many = ManyGuests(event, ACTS[act], doing)
    try:
        count = many.do(whom_sent())
    except Stopped as no:
        raise interrupted(no) from no
    if count or not doing.left_off:
        flash(words_of_done(act, count))
    for words in words_of_left_off(doing.left_off.values()):
        flash(words)
    return htmx.done(go_to=asked_guests(event).address())


def ids_chosen(ask: AskedGuests) -> Sequence[int]:
    """The ids of the guests of this event who are ticked, or of all whom the list shows."""
    if request.args.get("all"):
        return GuestList(ask.event, ask.choice).ids()
    ticked = request.args.getlist("guest", type=row_id)
    of_event = select(Rsvp.id).where(Rsvp.event_id == ask.event.id, among(Rsvp.id, ticked))
    return db.session.scalars(of_event.order_by(Rsvp.id)).all()


def _show(event: Event, ask: AskedGuests, act: str, ids: Sequence[int]) -> str:
    form_id = new_secret()
    coming = plan(event, ACTS[act], ids, Doing(clock.now(), record, form_id))
    return render_template(
        "guests/act.html",
        event=event,
        ask=ask,
        act=act,
        plan=coming,
        chosen=len(ids),
        whom=whom.written(coming.ids),
        form_id=form_id,
        sample=preview(coming.sample) if coming.sample else None,
        in_list=0 if ids else GuestList(event, ask.choice).counts.shown,
        question=question_of(act, len(coming.ids)),
        yes=yes_of(act, len(coming.ids)),
    )

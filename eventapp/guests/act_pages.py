"""/o/e/<event>/guests/<act>: acts on who is ticked, or on all whom the list shows, after it is said
who that is and what it comes to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Response, flash, render_template, request, url_for
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
from eventapp.guests.act_plan import Plan, plan, samples
from eventapp.guests.act_words import question_of, words_of_done, words_of_left_off, yes_of
from eventapp.guests.acts import ACTS, NO_LIMIT_OVER, Doing
from eventapp.guests.asked import AskedGuests, asked_guests, ids_sent, whom_sent
from eventapp.guests.guest_list import GuestList
from eventapp.guests.many import ManyGuests, Stopped
from eventapp.guests.page import bp
from eventapp.model import Event, Rsvp
from eventapp.ui.ask_first import SEEN

ADDRESS = f"/o/e/<slug>/guests/<any({', '.join(map(repr, ACTS))}):act>"


@bp.get(ADDRESS)
def confirm_act(slug: str, act: str) -> str:
    event = organised_event(slug)
    ask = asked_guests(event)
    return render_template("guests/act.html", **_shown(event, ask, act, ids_chosen(ask)))


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
    over, ids = request.form.get("over_capacity_by", 0, type=row_id), whom_sent()
    doing = Doing(clock.now(), record, request.form.get("form_id", ""), over)
    coming = plan(event, ACTS[act], ids, doing)
    if changed := _what_changed(coming, over):
        shown = _shown(event, asked_guests(event), act, ids)
        return htmx.ask("guests/act.html", **shown, changed=changed)
    try:
        count = ManyGuests(event, ACTS[act], doing).do(ids)
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


def _what_changed(coming: Plan, over: int) -> str | None:
    """What is more than was said when it was asked; None if nothing is."""
    if coming.people > request.form.get("people", coming.people, type=int):
        return "people_changed"
    if over and coming.without_place:
        return "places_changed"
    if not {*coming.mailed_ids} <= {*_mails_seen(over=bool(over))}:
        return "mails_changed"
    return None


def _mails_seen(*, over: bool) -> list[int]:
    """Who was said to be mailed, when it was asked."""
    return ids_sent("over_mails_seen" if over else SEEN)


def _shown(event: Event, ask: AskedGuests, act: str, ids: Sequence[int]) -> dict[str, Any]:
    doing = Doing(clock.now(), record, new_secret())
    coming = plan(event, ACTS[act], ids, doing)
    over = plan(event, ACTS[act], ids, replace(doing, over_capacity_by=NO_LIMIT_OVER))
    mails = samples(event, ACTS[act], coming, doing)
    return {
        "event": event,
        "ask": ask,
        "act": act,
        "plan": coming,
        "over": over,
        "chosen": len(ids),
        "whom": whom.written(coming.ids),
        "mails_seen": whom.written(coming.mailed_ids),
        "over_mails_seen": whom.written(over.mailed_ids),
        "form_id": doing.form_id,
        "samples": [(mail.values.get("name"), preview(mail)) for mail in mails],
        "all_of_list": url_for("guests.confirm_act", slug=event.slug, act=act, all=1, **ask.values),
        "in_list": 0 if ids else GuestList(event, ask.choice).counts.shown,
        "question": question_of(act, len(coming.ids)),
        "yes": yes_of(act, coming.applied_count),
    }

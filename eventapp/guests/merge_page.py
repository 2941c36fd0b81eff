"""/o/e/<event>/guests/<guest>/merge: make one guest of two who are the same human."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, request, url_for

from eventapp.attendees.queries import ids_by_name
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.forms import Form, HiddenField, required
from eventapp.core.i18n import gettext
from eventapp.core.links import row_id
from eventapp.core.text import clean_line
from eventapp.events.gate import organised_event
from eventapp.guests.guest_form import STATUS_WORDS
from eventapp.guests.guest_list import GuestListEntry, entries, guest_at
from eventapp.guests.guest_page import address_of
from eventapp.guests.merge import Two, joined, merge_guests, two_of
from eventapp.guests.messages import messages_in
from eventapp.guests.own_answer import has_account
from eventapp.guests.page import bp
from eventapp.model import AWAITED, AuditVerb, Event, Rsvp
from eventapp.rsvp.actions import unsent_of
from eventapp.ui.ask_first import asking_first

LIKE_MOST = 12  # guests to choose from


class MergeForm(Form):
    """Whom a guest is one with, and what the two were when somebody decided."""

    other = HiddenField(validators=[required])
    seen = HiddenField()

    @property
    def other_id(self) -> int:
        """Raises NotFound for what is no id."""
        try:
            return row_id(self.other.data or "")
        except ValueError as no:
            raise NotFound from no


@bp.get("/o/e/<slug>/guests/<int:rsvp_id>/merge")
def choose_other(slug: str, rsvp_id: int) -> Response:
    """Choose who is the same human; then see what the two come to."""
    event = organised_event(slug)
    rsvp = guest_at(event, rsvp_id).rsvp
    if other := request.args.get("with", type=row_id):
        return _show_two(event, rsvp, two_of(rsvp, guest_at(event, other).rsvp), MergeForm())
    return _show_like(event, rsvp, MergeForm(formdata=None))


def _show_like(event: Event, rsvp: Rsvp, decision: MergeForm) -> Response:
    typed = clean_line(request.args.get("q", ""))
    return htmx.show(
        "guests/merge.html",
        fragment="guests/_like.html",
        status=decision.status,
        decision=decision,
        event=event,
        rsvp=rsvp,
        q=typed,
        like=_like(event, rsvp, typed or rsvp.name),
    )


def _like(event: Event, rsvp: Rsvp, name: str) -> list[GuestListEntry]:
    ids = [id_ for id_ in ids_by_name(event.id, name, limit=LIKE_MOST) if id_ != rsvp.id]
    return [one for one in entries(event, ids) if not one.rsvp.removed_at]


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/merge")
def merge(slug: str, rsvp_id: int) -> Response:
    event, decision = organised_event(slug), MergeForm()
    rsvp = guest_at(event, rsvp_id).rsvp
    if not decision.validate():
        return _show_like(event, rsvp, decision)
    two = two_of(rsvp, guest_at(event, decision.other_id).rsvp)
    question = gettext("Make one guest of the two?")
    with decision.showing_refusals():
        with transaction(), asking_first(event, question=question, back=address_of(rsvp)):
            _merge(event, two, decision.seen.data or "", at=clock.now())
        flash(gettext("%(name)s is one guest now.", name=two.kept.name))
    if decision.refusal:
        return _show_two(event, rsvp, two, decision)
    return htmx.done(go_to=address_of(two.kept))


def _merge(event: Event, two: Two, seen: str, *, at: datetime) -> None:
    merge_guests(two, seen=seen, at=at)
    record(AuditVerb.GUESTS_MERGED, event, rsvp_id=two.kept.id)


def _show_two(event: Event, rsvp: Rsvp, two: Two, decision: MergeForm) -> Response:
    arrivals = [one.arrived_at for one in entries(event, [two.kept.id, two.gone.id])]
    outcome, waiting = joined(two), unsent_of(two.gone)
    going_on = messages_in(waiting) if outcome.status in AWAITED else {}
    return htmx.show(
        "guests/merge_two.html",
        fragment="guests/_merge_two.html",
        status=decision.status if decision.refusal else 200,
        event=event,
        rsvp=rsvp,
        two=two,
        joined=outcome,
        going_on=len(going_on),
        not_sent=len(waiting) - len(going_on),
        other_account=has_account(two.gone),
        arrived_at=min(filter(None, arrivals), default=None),
        decision=decision,
        status_words=STATUS_WORDS,
        other=two.gone if two.kept is rsvp else two.kept,
        back=url_for("guests.choose_other", slug=event.slug, rsvp_id=rsvp.id),
    )

"""/e/<event>/met: note whom you met; and /m/<badge>: note that you met this badge's wearer."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for

from eventapp.attendees.gate import asked
from eventapp.attendees.queries import crosses_anything, shown_to
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.edits import EditedMeanwhile
from eventapp.met import actions, queries
from eventapp.met.forms import NoteForm
from eventapp.met.gate import NotAGuest, guest_at, guest_before
from eventapp.met.queries import Attendee, Meeting
from eventapp.model import Listing

bp = Blueprint("met", __name__, cli_group=None)


@bp.app_errorhandler(NotAGuest)
def not_a_guest(no: NotAGuest) -> Response:
    return htmx.refuse(
        "met/not_a_guest.html", notice="ui/_error.html", status=403, event=no.event, error=no
    )


@bp.get("/e/<slug>/met")
def met(slug: str) -> Response:
    guest = guest_at(slug)
    if not guest.event.takes_encounters(clock.now()):
        return htmx.show(
            "met/closed.html", fragment="met/_closed.html", event=guest.event, now=clock.now()
        )
    return _show(guest)


@bp.get("/m/<badge>")
def badge(badge: str) -> str:
    """The page behind the code on a badge. It shows the name only to those who may see it."""
    found = guest_before(badge)
    if found is None:
        return render_template("met/badge_neutral.html")
    guest, wearer = found
    return render_template(
        "met/badge.html",
        event=guest.event,
        is_own=guest.viewer.is_own(wearer),
        meeting=queries.meeting_if_seen(guest, wearer.id),
        note_form=_note_form,
        wrong=None,
    )


@bp.post("/e/<slug>/met/<int:rsvp_id>")
def say(slug: str, rsvp_id: int) -> Response:
    guest = guest_at(slug)
    meeting = queries.meeting_with(guest, rsvp_id)
    form = NoteForm(rsvp_id, meeting.mine)
    if not form.validate():
        return _show(guest, wrong=form)
    try:
        with transaction():
            actions.lock_both(guest.rsvp, meeting.them)
            saved = queries.meeting_as_it_is(guest, meeting.them).mine
            form.refuse_if_edited(NoteForm(rsvp_id, saved, formdata=None))
            actions.say_we_met(guest, meeting.them, at=clock.now(), note=form.typed())
            meeting = queries.meeting_as_it_is(guest, meeting.them)
    except EditedMeanwhile as no:
        form.refusal = no
        return _show(guest, wrong=form)
    return _answer(guest, meeting)


@bp.post("/e/<slug>/met/<int:rsvp_id>/decline")
def decline(slug: str, rsvp_id: int) -> Response:
    guest = guest_at(slug)
    meeting = queries.meeting_with(guest, rsvp_id)
    with transaction():
        actions.decline(guest, meeting.them, at=clock.now())
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return _answer(guest, meeting)


@bp.post("/e/<slug>/met/<int:rsvp_id>/forget")
def forget(slug: str, rsvp_id: int) -> Response:
    guest = guest_at(slug)
    meeting = queries.meeting_with(guest, rsvp_id)
    with transaction():
        actions.forget(guest, meeting.them, at=clock.now())
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return _answer(guest, meeting)


def _answer(guest: Attendee, meeting: Meeting) -> Response:
    page = url_for("met.met", slug=guest.event.slug, _anchor=f"guest-{meeting.them.id}")
    return htmx.done(
        fragment="met/_guest.html",
        go_to=page,
        event=guest.event,
        meeting=meeting,
        note_form=_note_form,
        wrong=None,
    )


def _show(guest: Attendee, wrong: NoteForm | None = None) -> Response:
    """The page, or its list; after a refused note, the page or that guest's row."""
    ask, meetings = asked(), queries.meetings_of(guest)
    find = {"limit": ask.limit, "offset": ask.offset}
    if ask.typed:
        others = queries.find_meetings(guest, ask.typed, meetings, **find)
    else:
        others = queries.others_there(guest, meetings, **find)
    shown = ask.shown(others)
    refused = queries.meeting_with(guest, wrong.rsvp_id) if wrong else None
    if refused and refused.them.id not in {*meetings, *(other.them.id for other in shown)}:
        shown = [refused, *shown]  # with what was typed, however far down they are
    return htmx.show(
        "met/met.html",
        fragment="met/_guest.html" if wrong else "met/_meetings.html",
        status=wrong.status if wrong else 200,
        event=guest.event,
        rsvp=guest.rsvp,
        ask=ask,
        meetings=meetings.values(),
        others=shown,
        next_page=ask.next_page(others),
        is_seen=shown_to(guest.rsvp) != Listing.NOBODY,
        gives_card=crosses_anything(guest.person),
        meeting=refused,
        note_form=lambda meeting: _note_form(meeting, wrong),
        wrong=wrong,
    )


def _note_form(meeting: Meeting, wrong: NoteForm | None = None) -> NoteForm:
    if wrong and wrong.rsvp_id == meeting.them.id:
        return wrong
    return NoteForm(meeting.them.id, meeting.mine, formdata=None)

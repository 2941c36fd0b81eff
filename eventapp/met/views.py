"""/e/<event>/met: note whom you met, signed in; and /r/<key>/met, the same from the mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request, url_for

from eventapp.attendees.gate import asked
from eventapp.attendees.queries import crosses_anything, shown_to
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.edits import EditedMeanwhile
from eventapp.met import actions, queries
from eventapp.met.forms import NoteForm
from eventapp.met.gate import KeyUnknown, NotAGuest, NotConfirmed, address_of, attendee_asking
from eventapp.met.queries import Attendee, Meeting
from eventapp.model import Listing

bp = Blueprint("met", __name__, cli_group=None)

View = Callable[..., Response]


def both(method: str, rule: str = "") -> Callable[[View], View]:
    """Serve a view below /e/<event>/met, to whoever is signed in, and below /r/<key>/met, to
    whoever has the key of an RSVP.
    """

    def serve(view: View) -> View:
        name = view.__name__
        bp.add_url_rule(f"/e/<slug>/met{rule}", name, view, methods=[method])
        bp.add_url_rule(f"/r/<key>/met{rule}", f"{name}_by_key", view, methods=[method])
        return view

    return serve


@bp.app_errorhandler(NotAGuest)
def not_a_guest(no: NotAGuest) -> Response:
    return htmx.refuse(
        "met/not_a_guest.html",
        notice="ui/_error.html",
        status=403,
        event=no.event,
        rsvp=no.rsvp,
        error=no,
    )


@bp.app_errorhandler(KeyUnknown)
def key_unknown(no: KeyUnknown) -> Response:
    return htmx.refuse("met/key_unknown.html", notice="ui/_error.html", status=404, error=no)


@bp.app_errorhandler(NotConfirmed)
def not_confirmed(no: NotConfirmed) -> Response:
    """Ask whether this is their own answer, before anybody is shown."""
    if request.method != "GET":
        return htmx.go(url_for("met.met_by_key", key=no.rsvp.key))
    return htmx.show(
        "met/confirm.html", fragment="met/_confirm.html", rsvp=no.rsvp, event=no.rsvp.event
    )


@both("GET")
def met(**place: str) -> Response:
    guest = attendee_asking(**place)
    if not guest.event.takes_encounters(clock.now()):
        return htmx.show(
            "met/closed.html", fragment="met/_closed.html", event=guest.event, now=clock.now()
        )
    return _show(guest)


@both("POST", "/<int:rsvp_id>")
def say(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
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


@both("POST", "/<int:rsvp_id>/decline")
def decline(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    with transaction():
        actions.decline(guest, meeting.them, at=clock.now())
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return _answer(guest, meeting)


@both("POST", "/<int:rsvp_id>/forget")
def forget(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    with transaction():
        actions.forget(guest, meeting.them, at=clock.now())
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return _answer(guest, meeting)


def _answer(guest: Attendee, meeting: Meeting) -> Response:
    page = address_of(guest, "met", _anchor=f"guest-{meeting.them.id}")
    return htmx.done(
        fragment="met/_guest.html",
        go_to=page,
        guest=guest,
        here=partial(address_of, guest),
        meeting=meeting,
        note_form=note_form,
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
        guest=guest,
        here=partial(address_of, guest),
        event=guest.event,
        rsvp=guest.rsvp,
        ask=ask,
        meetings=meetings.values(),
        others=shown,
        next_page=ask.next_page(others),
        is_seen=shown_to(guest.rsvp) != Listing.NOBODY,
        gives_card=crosses_anything(guest.person),
        meeting=refused,
        note_form=partial(note_form, wrong=wrong),
        wrong=wrong,
    )


def note_form(meeting: Meeting, wrong: NoteForm | None = None) -> NoteForm:
    if wrong and wrong.rsvp_id == meeting.them.id:
        return wrong
    return NoteForm(meeting.them.id, meeting.mine, formdata=None)

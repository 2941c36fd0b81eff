"""/e/<event>/met: note whom you met, signed in; and /r/<key>/met, the same from the mail."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from eventapp.core import clock, htmx, json_api
from eventapp.core.db import transaction
from eventapp.core.edits import EditedMeanwhile
from eventapp.met import actions, page, queries
from eventapp.met.forms import NoteForm
from eventapp.met.gate import NotAGuest, NotConfirmed, attendee_asking
from eventapp.met.just_now import Before
from eventapp.met.queries import Meeting

bp = Blueprint(
    "met", __name__, static_folder="static", static_url_path="/static/met", cli_group=None
)

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
    if json_api.wants_json():
        return json_api.refuse("not_a_guest", status=403)
    return htmx.refuse(
        "met/not_a_guest.html",
        notice="ui/_error.html",
        status=403,
        event=no.event,
        rsvp=no.rsvp,
        error=no,
    )


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
    return page.show(guest)


@both("POST", "/<int:rsvp_id>")
def say(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    form = NoteForm(rsvp_id, meeting.mine)
    if not form.validate():
        return page.show(guest, wrong=form)
    try:
        with transaction():
            actions.lock_both(guest.rsvp, meeting.them)
            meeting = queries.meeting_as_it_is(guest, meeting.them)
            before = Before.of(meeting)
            form.refuse_if_edited(NoteForm(rsvp_id, meeting.mine, formdata=None))
            actions.say_we_met(guest, meeting.them, at=clock.now(), note=form.typed())
            meeting = queries.meeting_as_it_is(guest, meeting.them)
    except EditedMeanwhile as no:
        form.refusal = no
        return page.show(guest, wrong=form)
    return page.answer(guest, "say", before, meeting)


@both("POST", "/<int:rsvp_id>/decline")
def decline(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    before = Before.of(meeting)
    with transaction():
        actions.decline(guest, meeting.them, at=clock.now())
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return page.answer(guest, "decline", before, meeting)


@both("POST", "/<int:rsvp_id>/decline/undo")
def undo_decline(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    before = Before.of(meeting)
    with transaction():
        actions.undo_decline(guest, meeting.them)
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return page.answer(guest, "undo_decline", before, meeting)


@both("POST", "/<int:rsvp_id>/forget")
def forget(rsvp_id: int, **place: str) -> Response:
    """Take it back at once; with `ask`, show what would be lost instead, if anything would."""
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    with transaction():
        actions.lock_both(guest.rsvp, meeting.them)
        meeting = queries.meeting_as_it_is(guest, meeting.them)
        before = Before.of(meeting)
        if "ask" in request.form and _loses_more(meeting):
            return page.answer(guest, "ask", before, meeting)
        actions.forget(guest, meeting.them, at=clock.now())
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return page.answer(guest, "forget", before, meeting)


def _loses_more(meeting: Meeting) -> bool:
    """Whether to forget it would lose more than a tap: a note, or that both said so. Either may be
    newer than the page that was tapped.
    """
    mine = meeting.mine
    return meeting.state == "mutual" or bool(mine and (mine.note or mine.tags or mine.follow_up_on))

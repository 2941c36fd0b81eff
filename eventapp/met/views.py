"""/e/<event>/met: note whom you met, signed in; and /r/<key>/met, the same from the mail."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, Response, request, url_for

from eventapp.core import clock, htmx, json_api
from eventapp.core.db import transaction
from eventapp.core.edits import EditedMeanwhile
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.met import actions, page, queries
from eventapp.met.forms import NoteForm
from eventapp.met.gate import NotAGuest, NotConfirmed, address_of, attendee_asking, both
from eventapp.met.just_now import Before, what_was_done
from eventapp.met.queries import Attendee, Meeting

bp = Blueprint(
    "met", __name__, static_folder="static", static_url_path="/static/met", cli_group=None
)


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


@both(
    bp,
    "GET",
    "/met",
    signed_out=(
        _l("Who did you meet?"),
        _l("Here guests note whom they met, and keep in touch where both want to."),
    ),
)
def met(**place: str) -> Response:
    guest = attendee_asking(**place)
    if not guest.event.takes_encounters(clock.now()):
        return htmx.show(
            "met/closed.html",
            fragment="met/_closed.html",
            event=guest.event,
            now=clock.now(),
            address=partial(address_of, guest),
        )
    return page.show(guest)


@both(bp, "POST", "/met/<int:rsvp_id>")
def say(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    today = clock.now().astimezone(guest.event.zone).date()
    form = NoteForm(rsvp_id, meeting.mine, today=None if "undo" in request.form else today)
    if not form.validate():
        return page.show(guest, wrong=form)
    try:
        with transaction():
            meeting = _locked(guest, meeting)
            before = Before.of(meeting)
            form.refuse_if_edited(NoteForm(rsvp_id, meeting.mine, formdata=None))
            actions.say_we_met(guest, meeting.them, at=clock.now(), note=form.typed())
            meeting = queries.meeting_as_it_is(guest, meeting.them)
    except EditedMeanwhile as no:
        form.refusal = no
        return page.show(guest, wrong=form)
    return _answer(guest, "say", before, meeting)


@both(bp, "POST", "/met/<int:rsvp_id>/decline")
def decline(rsvp_id: int, **place: str) -> Response:
    return _take_back(rsvp_id, "decline", place)


@both(bp, "POST", "/met/<int:rsvp_id>/decline/undo")
def undo_decline(rsvp_id: int, **place: str) -> Response:
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    with transaction():
        actions.undo_decline(guest, meeting.them)
        meeting = queries.meeting_as_it_is(guest, meeting.them)
    return page.answer_undo(guest, meeting)


@both(bp, "POST", "/met/<int:rsvp_id>/forget")
def forget(rsvp_id: int, **place: str) -> Response:
    return _take_back(rsvp_id, "forget", place)


def _take_back(rsvp_id: int, act: str, place: Mapping[str, str]) -> Response:
    """Decline or forget, unless more would be lost than the page showed that asks: then show it."""
    guest = attendee_asking(**place)
    meeting = queries.meeting_with(guest, rsvp_id)
    with transaction():
        meeting = _locked(guest, meeting)
        before = Before.of(meeting)
        is_seen = request.form.get("seen") in (None, meeting.fingerprint)
        may_go = is_seen or not meeting.holds_more_than_a_tap
        if may_go:
            _TAKE_BACK[act](guest, meeting.them, at=clock.now())
            meeting = queries.meeting_as_it_is(guest, meeting.them)
    if not may_go:
        return page.ask_before_it_is_lost(guest, meeting)
    return _answer(guest, act, before, meeting)


_TAKE_BACK = {"decline": actions.decline, "forget": actions.forget}


def _locked(guest: Attendee, meeting: Meeting) -> Meeting:
    """The same, read anew once both are locked."""
    actions.lock_both(guest.rsvp, meeting.them)
    return queries.meeting_as_it_is(guest, meeting.them)


def _answer(guest: Attendee, act: str, before: Before, after: Meeting) -> Response:
    if "undo" in request.form:
        return page.answer_undo(guest, after)
    return page.answer(guest, what_was_done(act, guest, before, after), after)

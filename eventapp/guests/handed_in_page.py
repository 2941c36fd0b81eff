"""/o/e/<event>/guests/import/<id>: a list that was handed in. What its import would do, with what
can be corrected of it; how far the import is; what it did.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from flask import Response, flash, request, url_for

from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.unavailable import interrupted
from eventapp.events.gate import organised_event
from eventapp.guests import handed_in
from eventapp.guests.correction_form import CorrectionForm, correction_form
from eventapp.guests.imported import (
    count_imported,
    count_taken_back,
    count_waiting,
    who_acted,
    who_stayed,
)
from eventapp.guests.imported_calendars import count_in_calendars, take_out_of_calendars
from eventapp.guests.importer import import_guests
from eventapp.guests.list_words import STAYS, WHY
from eventapp.guests.notes import notes_of, refusal_of
from eventapp.guests.page import bp
from eventapp.guests.preview import Corrections
from eventapp.guests.refusals import ImportStopped
from eventapp.guests.take_back import ask_back, take_back_at_once
from eventapp.guests.take_back_mails import mails_of_take_back
from eventapp.model import AuditVerb, Event, GuestImport
from eventapp.rsvp.actions import change_capacity
from eventapp.rsvp.queries import who_would_fit
from eventapp.ui.ask_first import asking_first

NOTES_SHOWN = 300  # of each kind, before somebody asks for all of them


@bp.get("/o/e/<slug>/guests/import/<int:import_id>")
def list_handed_in(slug: str, import_id: int) -> Response:
    event = organised_event(slug)
    kept = handed_in.import_of(event, import_id)
    if request.args.get("seen") == seen(kept):
        return htmx.unchanged()
    return show_list(event, kept)


def seen(kept: GuestImport) -> str:
    """Which state of a list a page shows that polls for the next."""
    if kept.is_being_read:
        return "reading"
    if kept.is_being_taken_back:
        return f"back-{count_imported(kept)}"
    return f"row-{kept.done}" if kept.is_being_written else "done"


@bp.post("/o/e/<slug>/guests/import/<int:import_id>")
def confirm_list(slug: str, import_id: int) -> Response:
    """Correct how a list is read or, where nothing is corrected, import it."""
    event = organised_event(slug)
    kept = handed_in.import_of(event, import_id)
    if kept.confirmed_at or kept.shown is None:
        return show_list(event, kept)
    form = correction_form(kept.shown)
    if form.validate():
        said = form.corrections(handed_in.corrections_of(kept))
        if said != handed_in.corrections_of(kept):
            with form.showing_refusals():
                return _correct(event, kept, said, form)
        elif form.wants_import and form.is_answered():
            with form.showing_refusals():
                return _import(event, kept, form)
    return show_list(event, kept, form)


def _correct(event: Event, kept: GuestImport, said: Corrections, form: CorrectionForm) -> Response:
    now = clock.now()
    shown = handed_in.preview_at_once(event, handed_in.file_of(kept), said, at=now)
    with transaction():
        handed_in.correct(kept, said, shown, at=now)
    chosen = {"places": form.places.data} if form.places else {}
    again = correction_form(shown, formdata=None, data=chosen) if shown else None
    return show_list(event, kept, again, was_corrected=True)


def _import(event: Event, kept: GuestImport, form: CorrectionForm) -> Response:
    now, shown = clock.now(), kept.shown or {}
    here = url_for("guests.list_handed_in", slug=event.slug, import_id=kept.id)
    question = gettext("Import the list, and change the places?")
    with transaction(), asking_first(event, question=question, back=here):
        handed_in.confirm(kept, at=now)
        capacity = max(shown["capacity_for_all"], event.capacity or 0)
        if form.raises_capacity and event.capacity and change_capacity(event, capacity, at=now):
            record(AuditVerb.CAPACITY_CHANGED, event)
    if not kept.is_long:
        _write_at_once(event, kept, at=now)
    return htmx.done(go_to=here)


def _write_at_once(event: Event, kept: GuestImport, *, at: datetime) -> None:
    file = handed_in.read_as_shown(kept)
    if file is None:
        with transaction():
            handed_in.cut_short(kept, at=at)
        return
    note = partial(record, AuditVerb.GUESTS_IMPORTED, event)
    try:
        import_guests(event, file, at=at, record=note, kept=kept)
    except ImportStopped as no:
        raise interrupted(no) from no


@bp.post("/o/e/<slug>/guests/import/<int:import_id>/give-up")
def give_up_list(slug: str, import_id: int) -> Response:
    event = organised_event(slug)
    kept = handed_in.import_of(event, import_id)
    with transaction():
        handed_in.give_up(kept)
    flash(gettext("The list is deleted. Nothing was imported."))
    return htmx.done(go_to=url_for("guests.choose_list", slug=slug))


@bp.post("/o/e/<slug>/guests/import/<int:import_id>/take-back")
def take_back_list(slug: str, import_id: int) -> Response:
    event, now = organised_event(slug), clock.now()
    kept = handed_in.import_of(event, import_id)
    here = url_for("guests.list_handed_in", slug=slug, import_id=import_id)
    question = gettext("Take this import back?")
    mails = mails_of_take_back(kept, at=now)
    count = count_imported(kept) - len(who_acted(kept))
    with transaction(), asking_first(event, question=question, back=here) as asked:
        if ask_back(kept, at=now):
            asked += mails
            record(AuditVerb.IMPORT_TAKEN_BACK, event, count=count)
    if not kept.is_long:
        take_back_at_once(kept, at=now)
    return htmx.done(go_to=here)


@bp.post("/o/e/<slug>/guests/import/<int:import_id>/calendars")
def clear_calendars(slug: str, import_id: int) -> Response:
    """Mail those whom a list has not coming any more what takes the event out of their calendar."""
    event, now = organised_event(slug), clock.now()
    kept = handed_in.import_of(event, import_id)
    here = url_for("guests.list_handed_in", slug=slug, import_id=import_id)
    question = gettext("Take the event out of their calendars?")
    with transaction(), asking_first(event, question=question, back=here):
        if count := take_out_of_calendars(kept, at=now):
            record(AuditVerb.GUESTS_MAILED, event, count=count)
    if count:
        flash(ngettext("%(num)s email is on its way.", "%(num)s emails are on their way.", count))
    return htmx.done(go_to=here)


def show_list(
    event: Event,
    kept: GuestImport,
    form: CorrectionForm | None = None,
    *,
    was_corrected: bool = False,
) -> Response:
    shown = kept.shown
    is_draft = shown is not None and kept.confirmed_at is None
    if form is None and shown is not None and is_draft:
        form = correction_form(shown, formdata=None)
    return htmx.show(
        "guests/handed_in.html",
        fragment="guests/_handed_in.html",
        status=form.status if form else 200,
        event=event,
        kept=kept,
        shown=shown or {},
        form=form if is_draft else None,
        was_corrected=was_corrected,
        seen=seen(kept),
        **_notes(shown or {}),
        **_outcome(event, kept),
    )


def _notes(shown: dict[str, Any]) -> dict[str, Any]:
    """What there is to say of rows, in the reader's language."""
    most = None if "all" in request.args else NOTES_SHOWN
    refused = shown.get("refused")
    return {
        "refused": refusal_of(refused) if refused else None,
        "skipped": notes_of(shown.get("skipped", [])[:most]),
        "flagged": notes_of(shown.get("flagged", [])[:most]),
        "why": WHY,
    }


def _outcome(event: Event, kept: GuestImport) -> dict[str, Any]:
    if not kept.finished_at:
        return {}
    is_open = not kept.taken_back_at and event.takes_rsvps(clock.now())
    return {
        "fit": len(who_would_fit(event)) if is_open else 0,
        "taken_back": count_taken_back(kept) if kept.taken_back_at else None,
        "still_waiting": count_waiting(kept) if is_open else 0,
        "in_calendars": count_in_calendars(kept, at=clock.now()),
        "has_mailed": handed_in.has_mailed(kept),
        "imported": count_imported(kept),
        "staying": who_stayed(kept) if kept.taken_back_at else who_acted(kept),
        "why_stays": STAYS,
    }

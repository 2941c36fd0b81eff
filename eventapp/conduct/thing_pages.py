"""/e/<event>/conduct/impressions/<id>, …/pictures/<id>, …/questions/<id>: tell the hosts of what
somebody wrote or asked, or of a picture. Nobody learns here whose it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response, flash

from eventapp.attendees.queries import impression_shown, picture_shown, question_shown
from eventapp.conduct import actions
from eventapp.conduct.forms import ReportForm
from eventapp.conduct.report_pages import who_reads
from eventapp.conduct.views import bp
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.met.gate import address_of, anybody_asking, both
from eventapp.met.queries import Attendee
from eventapp.model import EventPicture, FloorQuestion, Impression, Subject

Thing = Impression | EventPicture | FloorQuestion
PAGES = {  # where guests see it
    Subject.IMPRESSION: "impressions.impressions",
    Subject.PICTURE: "impressions.pictures_page",
    Subject.QUESTION: "floor.questions",
}


@both(bp, "GET", "/conduct/impressions/<int:impression_id>")
def impression(impression_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    return _show(guest, _impression(guest, impression_id), ReportForm(formdata=None))


@both(bp, "POST", "/conduct/impressions/<int:impression_id>/report")
def report_impression(impression_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    there = _impression(guest, impression_id)
    return _send(guest, there, partial(actions.report_words, there))


@both(bp, "GET", "/conduct/pictures/<int:picture_id>")
def picture(picture_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    there = picture_shown(guest.event, picture_id)
    return _show(guest, there, ReportForm(formdata=None))


@both(bp, "POST", "/conduct/pictures/<int:picture_id>/report")
def report_picture(picture_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    there = picture_shown(guest.event, picture_id)
    return _send(guest, there, partial(actions.report_picture, there))


@both(bp, "GET", "/conduct/questions/<int:question_id>")
def question(question_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    return _show(guest, _question(guest, question_id), ReportForm(formdata=None))


@both(bp, "POST", "/conduct/questions/<int:question_id>/report")
def report_question(question_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    there = _question(guest, question_id)
    return _send(guest, there, partial(actions.report_question, there))


def _impression(guest: Attendee, impression_id: int) -> Impression:
    there = impression_shown(guest.event, guest.viewer, impression_id)
    if there is None:
        raise NotFound
    return there


def _question(guest: Attendee, question_id: int) -> FloorQuestion:
    there = question_shown(guest.event, guest.viewer, question_id)
    if there is None:
        raise NotFound
    return there


def _send(guest: Attendee, thing: Thing, report: Callable[..., object]) -> Response:
    form = ReportForm()
    if form.validate():
        with form.showing_refusals():
            sent = {"by": guest.person, "at": clock.now(), "form_id": form.form_id.data}
            with transaction():
                report(form.said(), **sent)
            flash(gettext("The hosts have it. Their answer comes by email, and is on your page."))
            return htmx.done(go_to=address_of(guest, "conduct.conduct"))
    return _show(guest, thing, form)


def _show(guest: Attendee, thing: Thing, form: ReportForm) -> Response:
    subject = _subject(thing)
    return htmx.show(
        "conduct/thing.html",
        fragment="conduct/_report.html",
        status=form.status,
        event=guest.event,
        subject=subject,
        words=thing.alt if isinstance(thing, EventPicture) else thing.words,
        back=address_of(guest, PAGES[subject]),
        form=form,
        send_to=address_of(guest, f"conduct.report_{subject}", **{f"{subject}_id": thing.id}),
        **who_reads(guest, None),
    )


def _subject(thing: Thing) -> Subject:
    if isinstance(thing, Impression):
        return Subject.IMPRESSION
    return Subject.PICTURE if isinstance(thing, EventPicture) else Subject.QUESTION

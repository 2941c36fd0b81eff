"""/e/<event>/pictures: the pictures of an event, and where who was there adds theirs; /r/<key>/,
the same from a mail. Anybody has one taken down, without an account and without a reason.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response, flash, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from eventapp.account import gate
from eventapp.account.gate import SignInNeeded
from eventapp.attendees.gate import asked
from eventapp.attendees.queries import (
    picture_files_seen,
    picture_shown,
    pictures_shown,
    was_there,
)
from eventapp.communities.gate import record, record_of_anybody
from eventapp.core import clock, htmx, pictures, security
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.core.links import row_id
from eventapp.core.picture_answer import PER_VENUE, fleeting_picture
from eventapp.core.picture_files import Files
from eventapp.core.request_limits import takes_files
from eventapp.events.queries import published_event
from eventapp.impressions import actions
from eventapp.impressions.forms import PictureForm
from eventapp.impressions.queries import pictures as queries
from eventapp.impressions.views import Reader, bp, reader_asking
from eventapp.met.gate import NotAGuest, both
from eventapp.model import AuditVerb, Event, EventPicture
from eventapp.ui.views import http_error

RECAP_PICTURES_MOST = 12
TAKE_DOWNS = "30 per hour"  # of one network: enough for an album, not for a bot


@both(bp, "GET", "/pictures")
def pictures_page(**place: str) -> Response:
    return _show(reader_asking(**place))


@both(bp, "POST", "/pictures")
@takes_files
def add_picture(**place: str) -> Response:
    reader, form = _uploader(**place), PictureForm()
    if form.validate():
        with form.showing_refusals():
            actions.refuse_any_picture(reader.event, reader.viewer, at=clock.now())
            if files := form.read():
                flash(_words_of_added(_add(reader, files, form.alt.data)))
                return htmx.done(go_to=reader.address("impressions.pictures_page"))
    return _show(reader, form)


def _add(reader: Reader, files: Files, alt: str) -> EventPicture:
    with transaction():
        added = actions.add_picture(reader.event, reader.viewer, files, alt=alt, at=clock.now())
        if added.shown_at and reader.viewer.is_organiser:
            record(AuditVerb.PICTURE_SHOWN, reader.event)
    return added


def _uploader(**place: str) -> Reader:
    """Raises NotFound; SignInNeeded and NotAGuest by a session; NotConfirmed by a key."""
    if "slug" in place:
        gate.require_person()
    reader = reader_asking(**place)
    if reader.guest is None and not reader.viewer.is_organiser:
        raise NotAGuest(reader.event)
    return reader


def _words_of_added(picture: EventPicture) -> str:
    if picture.shown_at:
        return str(gettext("It's there, for everyone to see."))
    return str(gettext("Thank you! Everyone sees it once a host says yes."))


@both(bp, "POST", "/pictures/<int:picture_id>/remove")
def remove_picture(picture_id: int, **place: str) -> Response:
    """Whoever uploaded it deletes it, at any time."""
    reader = _uploader(**place)
    assert reader.viewer.person is not None  # noqa: S101  see `_uploader`
    picture = queries.picture_by(reader.viewer.person, picture_id)
    if picture.event_id != reader.event.id:
        raise NotFound
    with transaction():
        actions.delete_picture(picture)
    flash(gettext("It's deleted."))
    return htmx.done(go_to=reader.address("impressions.pictures_page"))


@bp.post("/me/pictures/<int:picture_id>/remove")
def remove_own_picture(picture_id: int) -> Response:
    """Also of an event whose guest they aren't any more."""
    picture = queries.picture_by(gate.require_person(), picture_id)
    with transaction():
        actions.delete_picture(picture)
    return htmx.done(go_to=url_for("me.me", _anchor="my-pictures"))


@bp.get("/e/<slug>/pictures/<int:picture_id>/take-down")
def ask_to_take_down(slug: str, picture_id: int) -> str:
    event = published_event(slug)
    picture = picture_shown(event, picture_id)
    return render_template("impressions/take_down.html", event=event, picture=picture)


@bp.post("/e/<slug>/pictures/<int:picture_id>/take-down")
@security.limiter.limit(TAKE_DOWNS)
def take_down(slug: str, picture_id: int) -> Response:
    event = published_event(slug)
    picture = picture_shown(event, picture_id)
    with transaction():
        if actions.take_down(picture, at=clock.now()):
            record_of_anybody(AuditVerb.PICTURE_TAKEN_DOWN, event)
    flash(gettext("It's gone, and it can't come back. Nobody asks you why."))
    return htmx.done(go_to=url_for("impressions.pictures_page", slug=slug))


@both(bp, "GET", "/pictures/<int:picture_id>/<digest>.<format>")
@security.limiter.limit(PER_VENUE)
def picture_file(picture_id: int, digest: str, format: str, **place: str) -> Response:
    reader, width = reader_asking(**place), request.args.get("w", type=row_id)
    of_picture = picture_files_seen(reader.event, reader.viewer, picture_id, digest)
    return fleeting_picture(queries.bytes_of(of_picture, format, width), format)


@bp.app_template_global()
def pictures_of_recap(event: Event) -> list[EventPicture]:
    return list(pictures_shown(event, limit=RECAP_PICTURES_MOST))


@bp.app_template_global()
def shows_pictures_of(event: Event) -> bool:
    """For the event's page, which stands further up the list of features: whether there are any, or
    whoever is asking may add one.
    """
    return bool(pictures_shown(event, limit=1)) or _may_add(reader_asking(event.slug))


@bp.app_template_global()
def url_on_event(event: Event) -> Callable[..., str]:
    """Addresses of this event's pages, for who asks by a session or nobody's."""
    return partial(url_for, slug=event.slug)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> Response:
    """A request that is refused by its length, before anybody reads it: the form once more."""
    try:
        if request.endpoint not in ("impressions.add_picture", "impressions.add_picture_by_key"):
            raise NotFound
        reader = _uploader(**(request.view_args or {}))
    except (NotFound, SignInNeeded, NotAGuest):
        return http_error(error)
    form = PictureForm(formdata=None)
    form.picture.refuse(pictures.TooManyBytes())
    return _show(reader, form, status=413)


def _may_add(reader: Reader) -> bool:
    is_open = reader.event.takes_encounters(clock.now())
    return is_open and (reader.viewer.is_organiser or was_there(reader.viewer))


def _show(
    reader: Reader, form: PictureForm | None = None, *, status: int | None = None
) -> Response:
    ask, event, person = asked(), reader.event, reader.viewer.person
    shown = pictures_shown(event, limit=ask.limit, offset=ask.offset)
    own = queries.pictures_by(person, event) if person and ask.page == 1 else ()
    empty = PictureForm(formdata=None) if _may_add(reader) else None
    return htmx.show(
        "impressions/pictures.html",
        fragment="impressions/_add_picture.html" if form else "impressions/_pictures.html",
        status=status or (form.status if form else 200),
        event=event,
        reader=reader,
        address=reader.address,
        form=form or empty,
        own=own,
        shown=ask.shown(shown),
        next_page=ask.next_page(shown),
    )

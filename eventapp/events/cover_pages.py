"""/o/e/<event>/cover: upload, describe and remove a cover. /e/<event>/cover/…: its files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from flask import Response, flash, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms.fields.choices import SelectChoice

from eventapp.account.gate import SignInNeeded
from eventapp.communities.gate import record
from eventapp.core import clock, htmx, pictures, security
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.edits import Difference, EditedMeanwhile, EditForm, Fact
from eventapp.core.errors import NotFound
from eventapp.core.fields import RadioField
from eventapp.core.forms import LineField
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import row_id
from eventapp.core.picture_answer import PER_VENUE, public_picture, unpublished_picture
from eventapp.core.picture_field import PictureField
from eventapp.core.picture_files import Files
from eventapp.core.public import public
from eventapp.core.request_limits import takes_files
from eventapp.events import queries
from eventapp.events.cover import (
    cover_bytes,
    describe_cover,
    files_of,
    remove_cover,
    set_cover,
)
from eventapp.events.gate import organised_event
from eventapp.events.views import bp
from eventapp.model import AuditVerb, Cover, Event, Focus
from eventapp.model.limits import ALT_MOST
from eventapp.ui.views import http_error

FOCUS_WORDS = {
    Focus.TOP_LEFT: _l("Top left"),
    Focus.TOP: _l("Top"),
    Focus.TOP_RIGHT: _l("Top right"),
    Focus.LEFT: _l("Left"),
    Focus.CENTRE: _l("Middle"),
    Focus.RIGHT: _l("Right"),
    Focus.BOTTOM_LEFT: _l("Bottom left"),
    Focus.BOTTOM: _l("Bottom"),
    Focus.BOTTOM_RIGHT: _l("Bottom right"),
}


class CoverForm(EditForm):
    picture = PictureField(_l("The picture"))
    alt = LineField(_l("What it shows, in words"), most=ALT_MOST, needed=True)
    focus = RadioField(
        _l("What matters most in it"),
        choices=[SelectChoice(*point) for point in FOCUS_WORDS.items()],
        default=Focus.CENTRE,
    )

    def __init__(self, cover: Cover | None, **more: Any) -> None:
        self.digest = cover.digest if cover else None  # of the picture that the words are about
        super().__init__(obj=cover, **more)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "picture": self.digest}

    def facts(self) -> dict[str, Fact]:
        picture = Fact(str(self.picture.label.text), self.digest or "")
        return {**super().facts(), "picture": picture}

    @property
    def differences(self) -> Iterator[Difference]:
        """Without the picture: the page shows the saved one."""
        return (each for each in super().differences if each.name != "picture")

    def refuse_if_edited(self, saved: Self) -> None:
        try:
            super().refuse_if_edited(saved)
        except EditedMeanwhile:
            if self.picture.data:
                words = gettext("Choose it again: a browser sends a picture only once.")
                self.picture.say("choose_again", words)
            raise

    def read(self, *, needed: bool) -> Files | None:
        """The uploaded picture. None if there is none, or if it is refused; the field then has the
        error.
        """
        if files := self.picture.read(files_of, needed=needed):
            self.digest = files.digest
        return files


@bp.get("/o/e/<slug>/cover")
def edit_cover(slug: str) -> Response:
    event = organised_event(slug)
    return _show_cover(event, CoverForm(event.cover, formdata=None))


@bp.post("/o/e/<slug>/cover")
@takes_files
def keep_cover(slug: str) -> Response:
    event = organised_event(slug)
    form = CoverForm(event.cover)
    if form.validate():
        files = form.read(needed=event.cover is None)
        if not form.errors and _saved(event, form, files):
            flash(gettext("Saved."))
            return htmx.done(go_to=url_for("events.edit_cover", slug=slug))
    return _show_cover(event, form)


def _saved(event: Event, form: CoverForm, files: Files | None) -> bool:
    with form.showing_refusals(), transaction():
        lock_and_reread(event)
        form.refuse_if_edited(CoverForm(event.cover, formdata=None))
        _keep(event, files, {"alt": form.alt.data, "focus": form.focus.data})
    return form.refusal is None


def _keep(event: Event, files: Files | None, said: dict[str, Any]) -> None:
    if files:
        set_cover(event, files, **said, at=clock.now())
        record(AuditVerb.COVER_UPLOADED, event)
    elif changed := describe_cover(event, **said):
        record(AuditVerb.COVER_CHANGED, event, fields=changed)


@bp.post("/o/e/<slug>/cover/remove")
def take_cover_away(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        lock_and_reread(event)
        if remove_cover(event):
            record(AuditVerb.COVER_REMOVED, event)
    flash(gettext("The cover is gone."))
    return htmx.done(go_to=url_for("events.edit_cover", slug=slug))


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> Response:
    """A request that is refused by its length, before anybody reads it: the form once more."""
    try:
        if request.endpoint != "events.keep_cover":
            raise NotFound
        event = organised_event(request.view_args["slug"])  # type: ignore[index]
    except (NotFound, SignInNeeded):
        return http_error(error)
    form = CoverForm(event.cover, formdata=None)
    form.picture.refuse(pictures.TooManyBytes())
    return _show_cover(event, form, status=413)


def _show_cover(event: Event, form: CoverForm, *, status: int | None = None) -> Response:
    return htmx.show(
        "events/cover.html",
        fragment="events/_cover_form.html",
        status=status or form.status,
        event=event,
        form=form,
    )


@bp.get("/e/<slug>/cover/<digest>.<format>")
@public
@security.limiter.limit(PER_VENUE)
def cover_file(slug: str, digest: str, format: str) -> Response:
    """A file of the cover: of a published event for everybody, of a draft for its organisers."""
    event = queries.event_at(slug)
    if event.published_at is None:
        event = organised_event(slug)
    data = cover_bytes(event, digest, format, request.args.get("w", type=row_id))
    return (public_picture if event.published_at else unpublished_picture)(data, format)


@bp.app_template_global()
def cover_address(event: Event, format: str, width: int) -> str:
    assert event.cover  # noqa: S101
    digest = event.cover.digest
    return url_for("events.cover_file", slug=event.slug, digest=digest, format=format, w=width)

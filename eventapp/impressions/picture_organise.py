"""/o/e/<event>/pictures: organisers let everybody see a picture, hide it, delete it; and see which
were taken down.
"""

from __future__ import annotations

from flask import Response, flash, render_template, url_for

from eventapp.account import gate
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.events.gate import organised_event
from eventapp.impressions import actions
from eventapp.impressions.queries import pictures as queries
from eventapp.impressions.views import bp
from eventapp.model import AuditVerb


@bp.get("/o/e/<slug>/pictures")
def all_pictures(slug: str) -> str:
    event = organised_event(slug)
    pictures = queries.pictures_to_hosts(event, gate.require_person())
    taken_down = sorted(one.taken_down_at for one, _ in pictures if one.taken_down_at)
    return render_template(
        "impressions/all_pictures.html", event=event, pictures=pictures, taken_down=taken_down
    )


@bp.post("/o/e/<slug>/pictures/<int:picture_id>/show")
def show_picture(slug: str, picture_id: int) -> Response:
    event = organised_event(slug)
    picture = queries.picture_at(event, picture_id)
    with transaction():
        if actions.show_picture(picture, at=clock.now()):
            record(AuditVerb.PICTURE_SHOWN, event)
    return _done(slug, picture_id)


@bp.post("/o/e/<slug>/pictures/<int:picture_id>/hide")
def hide_picture(slug: str, picture_id: int) -> Response:
    event = organised_event(slug)
    picture = queries.picture_at(event, picture_id)
    with transaction():
        if actions.hide_picture(picture):
            record(AuditVerb.PICTURE_HIDDEN, event)
    return _done(slug, picture_id)


@bp.post("/o/e/<slug>/pictures/<int:picture_id>/delete")
def delete_picture(slug: str, picture_id: int) -> Response:
    event = organised_event(slug)
    picture = queries.picture_at(event, picture_id)
    with transaction():
        if actions.delete_picture(picture):
            record(AuditVerb.PICTURE_REMOVED, event)
    flash(gettext("It's deleted."))
    return htmx.done(go_to=url_for("impressions.all_pictures", slug=slug))


def _done(slug: str, picture_id: int) -> Response:
    anchor = f"picture-{picture_id}"
    return htmx.done(go_to=url_for("impressions.all_pictures", slug=slug, _anchor=anchor))

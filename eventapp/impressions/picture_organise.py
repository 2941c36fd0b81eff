"""/o/e/<event>/pictures: organisers let everybody see a picture, hide it, delete it; and see which
were taken down.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response, flash, render_template, url_for

from eventapp.account import gate
from eventapp.attendees.queries import pictures_to_hosts
from eventapp.communities.gate import act_and_record
from eventapp.core import clock, htmx
from eventapp.core.i18n import gettext
from eventapp.events.gate import organised_event
from eventapp.impressions import actions
from eventapp.impressions.queries import pictures as queries
from eventapp.impressions.views import bp
from eventapp.model import AuditVerb, EventPicture


@bp.get("/o/e/<slug>/pictures")
def all_pictures(slug: str) -> str:
    event = organised_event(slug)
    pictures = pictures_to_hosts(event, gate.require_person())
    taken_down = sorted(one.taken_down_at for one, _ in pictures if one.taken_down_at)
    return render_template(
        "impressions/all_pictures.html", event=event, pictures=pictures, taken_down=taken_down
    )


@bp.post("/o/e/<slug>/pictures/<int:picture_id>/show")
def show_picture(slug: str, picture_id: int) -> Response:
    act = partial(actions.show_picture, at=clock.now())
    _do(slug, picture_id, act, AuditVerb.PICTURE_SHOWN)
    return _done(slug, f"picture-{picture_id}")


@bp.post("/o/e/<slug>/pictures/<int:picture_id>/hide")
def hide_picture(slug: str, picture_id: int) -> Response:
    _do(slug, picture_id, actions.hide_picture, AuditVerb.PICTURE_HIDDEN)
    return _done(slug, f"picture-{picture_id}")


@bp.post("/o/e/<slug>/pictures/<int:picture_id>/delete")
def delete_picture(slug: str, picture_id: int) -> Response:
    _do(slug, picture_id, actions.delete_picture, AuditVerb.PICTURE_REMOVED)
    flash(gettext("It's deleted."))
    return _done(slug)


def _do(slug: str, picture_id: int, act: Callable[[EventPicture], bool], verb: AuditVerb) -> None:
    event = organised_event(slug)
    picture = queries.picture_at(event, picture_id)
    act_and_record(partial(act, picture), verb, event)


def _done(slug: str, anchor: str | None = None) -> Response:
    return htmx.done(go_to=url_for("impressions.all_pictures", slug=slug, _anchor=anchor))

"""/o/<community>/logo, /o/<community>/organisers/picture: upload and remove the logo, and one's own
picture as a host. /c/<community>/logo/…, /c/<community>/hosts/…: their files.
"""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from eventapp.account.gate import SignInNeeded, require_person
from eventapp.communities import pictures, queries
from eventapp.communities.gate import organised_community, record
from eventapp.communities.views import bp
from eventapp.core import clock, htmx, security
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.errors import NotFound
from eventapp.core.forms import Form
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import row_id
from eventapp.core.picture_answer import PER_VENUE, private_picture, public_picture
from eventapp.core.picture_field import PictureField
from eventapp.core.pictures import TooManyBytes
from eventapp.core.public import public
from eventapp.core.request_limits import takes_files
from eventapp.model import LARGE_SIDE, SMALL_SIDE, AuditVerb, Community, Organiser
from eventapp.ui.views import http_error


class PictureForm(Form):
    picture = PictureField(_l("The picture"))


@bp.get("/o/<slug>/logo")
def edit_logo(slug: str) -> Response:
    return _show("logo", organised_community(slug), PictureForm(formdata=None))


@bp.post("/o/<slug>/logo")
@takes_files
def keep_logo(slug: str) -> Response:
    community, form = organised_community(slug), PictureForm()
    if files := form.picture.read(pictures.logo_files):
        with transaction():
            lock_and_reread(community)
            if pictures.set_logo(community, files, at=clock.now()):
                record(AuditVerb.LOGO_UPLOADED, community)
        flash(gettext("Saved."))
        return htmx.done(go_to=url_for("communities.edit_logo", slug=slug))
    return _show("logo", community, form)


@bp.post("/o/<slug>/logo/remove")
def take_logo_away(slug: str) -> Response:
    community = organised_community(slug)
    with transaction():
        lock_and_reread(community)
        if pictures.remove_logo(community):
            record(AuditVerb.LOGO_REMOVED, community)
    flash(gettext("The logo is gone."))
    return htmx.done(go_to=url_for("communities.edit_logo", slug=slug))


@bp.get("/o/<slug>/organisers/picture")
def edit_portrait(slug: str) -> Response:
    return _show("portrait", organised_community(slug), PictureForm(formdata=None))


@bp.post("/o/<slug>/organisers/picture")
@takes_files
def keep_portrait(slug: str) -> Response:
    """Only of whoever asks: nobody else's picture can be given."""
    community, form = organised_community(slug), PictureForm()
    own = _own(community)
    if files := form.picture.read(pictures.portrait_files):
        with form.showing_refusals():
            with transaction():
                lock_and_reread(own)
                if pictures.set_portrait(own, files, at=clock.now()):
                    record(AuditVerb.PORTRAIT_UPLOADED, community)
            flash(gettext("Saved."))
            return htmx.done(go_to=url_for("communities.edit_portrait", slug=slug))
    return _show("portrait", community, form)


@bp.post("/o/<slug>/organisers/picture/remove")
def take_portrait_away(slug: str) -> Response:
    community = organised_community(slug)
    own = _own(community)
    with transaction():
        lock_and_reread(own)
        if pictures.remove_portrait(own):
            record(AuditVerb.PORTRAIT_REMOVED, community)
    flash(gettext("Your picture is gone."))
    return htmx.done(go_to=url_for("communities.edit_portrait", slug=slug))


def _own(community: Community) -> Organiser:
    return queries.organiser_for(require_person(), community)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> Response:
    """A request that is refused by its length, before anybody reads it: the form once more."""
    pages = {"communities.keep_logo": "logo", "communities.keep_portrait": "portrait"}
    page = pages.get(str(request.endpoint))
    try:
        if page is None:
            raise NotFound
        community = organised_community(request.view_args["slug"])  # type: ignore[index]
    except (NotFound, SignInNeeded):
        return http_error(error)
    form = PictureForm(formdata=None)
    form.picture.refuse(TooManyBytes())
    return _show(page, community, form, status=413)


def _show(page: str, community: Community, form: Any, *, status: int | None = None) -> Response:
    return htmx.show(
        f"communities/{page}.html",
        fragment=f"communities/_{page}_form.html",
        status=status or form.status,
        community=community,
        own=_own(community),
        form=form,
    )


@bp.get("/c/<slug>/logo/<digest>.<format>")
@public
@security.limiter.limit(PER_VENUE)
def logo_file(slug: str, digest: str, format: str) -> Response:
    community = queries.community_at(slug)
    data = pictures.logo_bytes(community, digest, format, _side())
    return public_picture(data, format)


@bp.get("/c/<slug>/hosts/<digest>.<format>")
@security.limiter.limit(PER_VENUE)
def portrait_file(slug: str, digest: str, format: str) -> Response:
    """Of an organiser who is named now. No shared cache and no search engine keeps it, so that it
    is gone once it is removed.
    """
    community = queries.community_at(slug)
    data = pictures.portrait_bytes(community, digest, format, _side())
    return private_picture(data, format)


def _side() -> int:
    return request.args.get("w", LARGE_SIDE, type=row_id) or LARGE_SIDE


@bp.app_template_global()
def logo_address(community: Community, format: str = "webp", side: int = SMALL_SIDE) -> str:
    assert community.logo  # noqa: S101
    slug, digest = community.slug, community.logo.digest
    return url_for("communities.logo_file", slug=slug, digest=digest, format=format, w=side)


@bp.app_template_global()
def portrait_address(organiser: Organiser, side: int = SMALL_SIDE) -> str:
    assert organiser.portrait  # noqa: S101
    slug, digest = organiser.community.slug, organiser.portrait.digest
    return url_for("communities.portrait_file", slug=slug, digest=digest, format="webp", w=side)


bp.add_app_template_global(LARGE_SIDE, "LARGE_SIDE")  # type: ignore[arg-type]

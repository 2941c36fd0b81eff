"""/c/<community>/follow, confirmed by the link of a mail; /follow/<key>, to stop."""

from __future__ import annotations

from flask import Blueprint, Response, flash, render_template, request, url_for

from eventapp.account import gate
from eventapp.communities.queries import community_at
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.core.links import ONE_CLICK
from eventapp.core.security import csrf, limiter
from eventapp.follow import actions, queries
from eventapp.follow.forms import FollowForm
from eventapp.follow.gate import follow_values
from eventapp.model import Community

bp = Blueprint("follow", __name__, cli_group=None)
PER_VENUE = "120 per hour"


@bp.get("/c/<slug>/follow")
def follow_page(slug: str) -> Response:
    return _show(community_at(slug), FollowForm(formdata=None))


@bp.post("/c/<slug>/follow")
@limiter.limit(PER_VENUE)
def follow(slug: str) -> Response:
    """Whoever is signed in follows at once; anybody else is mailed a link first."""
    community = community_at(slug)
    if person := gate.person():
        with transaction():
            actions.start_following(community, person, at=clock.now())
        return _follows_now(community)
    form = FollowForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                actions.mail_confirmation(
                    community,
                    form.email.data,
                    by=gate.visitor(),
                    at=clock.now(),
                    form_id=form.form_id.data,
                )
            return htmx.done(go_to=url_for("follow.mailed", slug=slug))
    return _show(community, form)


def _show(community: Community, form: FollowForm) -> Response:
    return htmx.show(
        "follow/follow.html",
        fragment="follow/_follow.html",
        status=form.status,
        **follow_values(community, form),
    )


def _follows_now(community: Community) -> Response:
    flash(gettext("You now follow %(name)s.", name=community.name))
    return htmx.done(go_to=url_for("events.community", slug=community.slug))


@bp.get("/c/<slug>/follow/mailed")
def mailed(slug: str) -> str:
    """Looks the same whether or not the address was known."""
    return render_template("follow/mailed.html", community=community_at(slug))


@bp.get("/c/<slug>/follow/<token>")
def confirm_page(slug: str, token: str) -> Response:
    community = community_at(slug)
    try:
        wish = actions.wish_of(community, token)
    except actions.LinkTooOld as refusal:
        return _ask_again(community, refusal)
    return htmx.show(
        "follow/confirm.html",
        fragment="follow/_confirm.html",
        community=community,
        email=wish.email,
        token=token,
    )


@bp.post("/c/<slug>/follow/<token>")
@limiter.limit(PER_VENUE)
def confirm(slug: str, token: str) -> Response:
    community = community_at(slug)
    try:
        wish = actions.wish_of(community, token)
    except actions.LinkTooOld as refusal:
        return _ask_again(community, refusal)
    with transaction():
        actions.confirm_following(community, wish, at=clock.now())
    return _follows_now(community)


def _ask_again(community: Community, refusal: actions.LinkTooOld) -> Response:
    form = FollowForm(formdata=None)
    form.refusal = refusal
    return _show(community, form)


@bp.get("/follow/<key>")
def end_page(key: str) -> str:
    return render_template("follow/end.html", follow=queries.follow_by_key(key), key=key)


@bp.post("/follow/<key>")
@limiter.limit(PER_VENUE)
def end(key: str) -> Response | str:
    """Stop following. A mail program presses the button by itself: it has no page with a form's
    token, and follows no redirect, so it is answered with the page.
    """
    by_mail_program = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if not by_mail_program:
        csrf.protect()
    found = queries.follow_by_key(key)
    with transaction():
        actions.stop_following(key)
    if by_mail_program or found is None:
        return render_template("follow/end.html", follow=None, key=key)
    flash(gettext("You no longer follow %(name)s.", name=found.community.name))
    return htmx.done(go_to=url_for("events.community", slug=found.community.slug))


csrf.exempt(end)  # it asks for the token itself

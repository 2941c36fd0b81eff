"""Door links: a helper opens one; organisers make, show and withdraw them."""

from __future__ import annotations

from datetime import timedelta

import segno
from flask import Response, redirect, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from eventapp.account.gate import set_cookie
from eventapp.core import clock, htmx, machines
from eventapp.core.db import transaction
from eventapp.core.links import new_secret
from eventapp.door import actions, gate, queries
from eventapp.door.actions.links import link_address
from eventapp.door.forms import DoorLinkForm
from eventapp.door.views.blueprint import bp
from eventapp.events.gate import organised_event

PHONE_VALID = timedelta(days=30)


@bp.get("/door/<secret>")
def link(secret: str) -> Response:
    """What a helper sees on opening a door link: one button, nothing to type."""
    try:
        found = queries.link_by_secret(secret)
    except NotFound:
        if machines.wants_json():
            raise
        return htmx.refuse("door/no_door.html", notice="door/_no_door.html", status=404)
    return htmx.show("door/link.html", fragment="door/_link.html", link=found, event=found.event)


@bp.post("/door/<secret>")
def open_door(secret: str) -> Response:
    found = queries.link_by_secret(secret)
    phone = gate.phone_secret() or new_secret()
    with transaction():
        actions.open_door(found, phone_secret=phone, at=clock.now())
    response = redirect(url_for("door.door", slug=found.event.slug), 303)
    set_cookie(response, gate.PHONE_COOKIE, phone, valid=PHONE_VALID)  # type: ignore[arg-type]
    return response  # type: ignore[return-value]


@bp.get("/o/e/<slug>/doors")
def links(slug: str) -> Response:
    return _show_links(slug, DoorLinkForm(formdata=None))


@bp.post("/o/e/<slug>/doors")
def add_link(slug: str) -> Response:
    event, form = organised_event(slug), DoorLinkForm()
    if not form.validate():
        return _show_links(slug, form)
    with transaction():
        actions.add_link(event, form.name.data, at=clock.now())
    return htmx.done(go_to=url_for("door.links", slug=slug))


@bp.post("/o/e/<slug>/doors/<int:link_id>/withdraw")
def withdraw_link(slug: str, link_id: int) -> Response:
    found = queries.link_of(organised_event(slug), link_id)
    with transaction():
        actions.withdraw_link(found, at=clock.now())
    return htmx.done(go_to=url_for("door.links", slug=slug))


def _show_links(slug: str, form: DoorLinkForm) -> Response:
    event = organised_event(slug)
    shown = [(one, link_address(one), _qr(link_address(one))) for one in queries.links_of(event)]
    return htmx.show(
        "door/links.html",
        fragment="door/_links.html",
        status=form.status,
        event=event,
        form=form,
        links=shown,
    )


def _qr(address: str) -> Markup:
    return Markup(segno.make(address, error="m").svg_inline(omitsize=True, border=4))  # noqa: S704

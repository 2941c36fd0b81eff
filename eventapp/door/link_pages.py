"""Door links: a helper opens one; organisers make, show and withdraw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, redirect, render_template, request, url_for

from eventapp.account import gate as account
from eventapp.account.actions import end_session
from eventapp.account.gate import set_cookie
from eventapp.communities.gate import record
from eventapp.core import clock, htmx, json_api
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.links import new_secret
from eventapp.core.sent_forms import add_once
from eventapp.core.user_agents import device_of
from eventapp.door import links as door_links
from eventapp.door.access import PHONE_COOKIE, LinkShut, NoDoor, phone_secret, require_open
from eventapp.door.blueprint import bp
from eventapp.door.forms import DoorLinkForm
from eventapp.door.passes import LinkHours
from eventapp.door.rehearsal import rehearsal_of, rehearsed_by
from eventapp.events.gate import organised_door
from eventapp.model import AuditVerb, DoorLink, DoorPass, DoorRole

PHONE_VALID = timedelta(days=30)
bp.add_app_template_filter(device_of)


@bp.app_errorhandler(NoDoor)
def no_door(_: NoDoor) -> Response:
    if json_api.wants_json():
        return json_api.refuse("door", status=401)
    return htmx.refuse("door/no_door.html", notice="door/_no_door.html", status=403)


@bp.app_errorhandler(LinkShut)
def link_shut(shut: LinkShut) -> Response:
    """Says when the door link opens, or when it ended."""
    if json_api.wants_json():
        return json_api.refuse("door", status=401)
    return htmx.refuse("door/shut.html", notice="door/_shut.html", status=403, shut=shut)


@bp.get("/door/<secret>")
def link(secret: str) -> Response:
    """What a helper sees on opening a door link: one button, nothing to type."""
    try:
        found = door_links.link_by_secret(secret)
    except NotFound:
        if json_api.wants_json():
            raise
        return htmx.refuse("door/no_door.html", notice="door/_no_door.html", status=404)
    hours = door_links.hours_of(found)
    require_open(found.name, hours, found.event)
    return htmx.show(
        "door/link.html", fragment="door/_link.html", link=found, event=found.event, hours=hours
    )


@bp.post("/door/<secret>")
def open_door(secret: str) -> Response:
    found = door_links.link_by_secret(secret)
    require_open(found.name, door_links.hours_of(found), found.event)
    is_kiosk = found.role == DoorRole.KIOSK
    phone = new_secret() if is_kiosk else phone_secret() or new_secret()
    with transaction():
        if is_kiosk:
            _end_other_access()
        door_links.open_door(
            found, phone_secret=phone, at=clock.now(), user_agent=request.user_agent.string
        )
    go_to = url_for("kiosk.kiosk" if is_kiosk else "door.door", slug=found.event.slug)
    response: Response = redirect(go_to, 303)  # type: ignore[assignment]
    if is_kiosk:
        account.sign_out(response)
    set_cookie(response, PHONE_COOKIE, phone, valid=PHONE_VALID)
    return response


def _end_other_access() -> None:
    """Sign this tablet out, also of doors: guests use a kiosk, and must not get at either."""
    if session := account.session_secret():
        end_session(session)
    if phone := phone_secret():
        door_links.forget_phone(phone)


@bp.get("/o/e/<slug>/doors")
def links(slug: str) -> Response:
    return _show_links(slug, DoorLinkForm(formdata=None))


@bp.post("/o/e/<slug>/doors")
def add_link(slug: str) -> Response:
    event, form = organised_door(slug), DoorLinkForm()
    if not form.validate():
        return _show_links(slug, form)
    name, terms, at = form.name.data, form.typed(), clock.now()

    def add() -> DoorLink:
        link = door_links.add_link(event, name, at=at, terms=terms)
        record(AuditVerb.DOOR_LINK_MADE, event, door_link_id=link.id)
        return link

    there = door_links.select_links(event)
    with transaction():
        add_once(form.form_id.data, (event.id, name, terms), there, add, at=at)
    return htmx.done(go_to=url_for("door.links", slug=slug))


@bp.post("/o/e/<slug>/doors/<int:link_id>/withdraw")
def withdraw_link(slug: str, link_id: int) -> Response:
    event = organised_door(slug)
    found = door_links.link_of(event, link_id)
    with transaction():
        if door_links.withdraw_link(found, at=clock.now()):
            record(AuditVerb.DOOR_LINK_WITHDRAWN, event, door_link_id=link_id)
    return htmx.done(go_to=url_for("door.links", slug=slug))


@bp.post("/o/e/<slug>/doors/<int:link_id>/phones/<int:pass_id>/withdraw")
def withdraw_phone(slug: str, link_id: int, pass_id: int) -> Response:
    event = organised_door(slug)
    found = door_links.phone_of(event, link_id, pass_id)
    with transaction():
        door_links.withdraw_phone(found)
        record(AuditVerb.PHONE_WITHDRAWN, event, door_link_id=link_id)
    return htmx.done(go_to=url_for("door.links", slug=slug))


@bp.get("/o/e/<slug>/doors/<int:link_id>/print")
def print_link(slug: str, link_id: int) -> str:
    """One sheet of paper for a helper: the QR code, the hours, and what to do."""
    event = organised_door(slug)
    card = LinkCard.of(door_links.link_of(event, link_id))
    return render_template("door/print.html", event=event, card=card)


@dataclass(frozen=True)
class LinkCard:
    """A door link as organisers see it."""

    link: DoorLink
    address: str
    hours: LinkHours
    phones: Sequence[DoorPass] = ()

    @classmethod
    def of(cls, link: DoorLink, phones: Sequence[DoorPass] = ()) -> LinkCard:
        address = door_links.link_address(link)
        return cls(link, address, door_links.hours_of(link), phones)


def _show_links(slug: str, form: DoorLinkForm) -> Response:
    event = organised_door(slug)
    phones = door_links.phones_of(event)
    return htmx.show(
        "door/links.html",
        fragment="door/_links.html",
        status=form.status,
        event=event,
        form=form,
        rehearsal=rehearsal_of(event),
        rehearsed=rehearsed_by(event) if event.is_rehearsal else event,
        cards=[LinkCard.of(link, phones.get(link.id, ())) for link in door_links.links_of(event)],
        now=clock.now(),
    )

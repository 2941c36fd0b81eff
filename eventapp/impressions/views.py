"""/e/<event>/impressions: what guests take with them, for whoever may read it; and /r/<key>/, the
same from a mail. /me lists what one wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

from flask import Blueprint, Response, flash, request, url_for

from eventapp.account import gate
from eventapp.attendees import queries as attendees
from eventapp.attendees.gate import asked
from eventapp.attendees.queries import Viewer
from eventapp.core import clock, htmx
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.i18n import gettext
from eventapp.events.queries import published_event
from eventapp.impressions import actions, queries
from eventapp.impressions.forms import ChangeForm, ImpressionForm
from eventapp.impressions.queries import AUDIENCES
from eventapp.impressions.queries.recap import quotes_of
from eventapp.met.gate import address_of, anybody_asking, anybody_with, both
from eventapp.met.queries import Attendee
from eventapp.model import Event, Impression

bp = Blueprint(
    "impressions",
    __name__,
    static_folder="static",
    static_url_path="/static/impressions",
    cli_group=None,
)


@dataclass(frozen=True)
class Reader:
    """Whoever is asking, guest or not."""

    event: Event
    viewer: Viewer
    key: str | None = None

    @cached_property
    def guest(self) -> Attendee | None:
        person, rsvp = self.viewer.person, self.viewer.rsvp
        if person is None or rsvp is None:
            return None
        return Attendee(self.event, person, rsvp, self.viewer, self.key)

    @cached_property
    def may_write(self) -> bool:
        is_open = self.event.takes_encounters(clock.now())
        return bool(is_open and self.guest and attendees.was_there(self.viewer))

    def address(self, page: str, **values: int | str | None) -> str:
        if self.guest:
            return address_of(self.guest, page, **values)
        return url_for(page, slug=self.event.slug, **values)  # type: ignore[arg-type]


def reader_asking(slug: str | None = None, key: str | None = None) -> Reader:
    """Raises NotFound; NotConfirmed by a key."""
    if slug is None:
        guest = anybody_with(key or "")
        return Reader(guest.event, guest.viewer, key)
    event = published_event(slug)
    return Reader(event, attendees.viewer_of(event, gate.person()))


@both(bp, "GET", "/impressions")
def impressions(**place: str) -> Response:
    return _show(reader_asking(**place))


@both(bp, "POST", "/impressions")
def write(**place: str) -> Response:
    guest = anybody_asking(**place)
    form = ImpressionForm(guest.event)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                actions.write_impression(
                    guest, form.said(), at=clock.now(), form_id=form.form_id.data
                )
            flash(gettext("Thank you! You can change or withdraw it at any time."))
            return _done(guest)
    return _show(reader_asking(**place), form)


@both(bp, "POST", "/impressions/<int:impression_id>")
def change(impression_id: int, **place: str) -> Response:
    guest = anybody_asking(**place)
    impression = queries.own_impression(guest, impression_id)
    form = ChangeForm(impression)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(impression)
                form.refuse_if_edited(ChangeForm(impression, formdata=None))
                actions.change_impression(impression, form.said(), at=clock.now())
            flash(gettext("Saved."))
            return _done(guest)
    return _show(reader_asking(**place), wrong=form)


@both(bp, "POST", "/impressions/<int:impression_id>/withdraw")
def withdraw(impression_id: int, **place: str) -> Response:
    """Answers alike whether there was one: ids tell nothing of what others wrote."""
    guest = anybody_asking(**place)
    with transaction():
        actions.withdraw_impression(guest.person, impression_id)
    flash(gettext("It's withdrawn, everywhere."))
    return _done(guest)


@both(bp, "POST", "/impressions/<int:impression_id>/quote")
def answer_quote(impression_id: int, **place: str) -> Response:
    """Whether the recap may quote it: `answer` is `yes` or `no`."""
    guest = anybody_asking(**place)
    impression = queries.own_impression(guest, impression_id)
    act = actions.allow_quote if request.form.get("answer") == "yes" else actions.decline_quote
    with transaction():
        act(impression, at=clock.now())
    return htmx.done(
        go_to=address_of(guest, "impressions.impressions", _anchor=f"impression-{impression_id}")
    )


@bp.post("/me/impressions/<int:impression_id>/withdraw")
def withdraw_own(impression_id: int) -> Response:
    """Also of an event whose guest they aren't any more. Answers alike whether there was one."""
    who = gate.require_person()
    with transaction():
        actions.withdraw_impression(who, impression_id)
    return htmx.done(
        fragment="impressions/_own.html",
        go_to=url_for("me.me", _anchor="impressions"),
        impressions=queries.impressions_of(who),
        audiences=AUDIENCES,
    )


@bp.app_template_global()
def shows_impressions_of(event: Event) -> bool:
    """For the event's page, which stands further up the list of features."""
    viewer = attendees.viewer_of(event, gate.person())
    return attendees.has_impressions(event, viewer) or attendees.was_there(viewer)


def _done(guest: Attendee) -> Response:
    return htmx.done(go_to=address_of(guest, "impressions.impressions"))


def _region(form: ImpressionForm | None, wrong: ChangeForm | None) -> str:
    changed = "mine" if wrong else "write" if form else "shown"
    return f"impressions/_{changed}.html"


def _show(
    reader: Reader, form: ImpressionForm | None = None, *, wrong: ChangeForm | None = None
) -> Response:
    def form_of(impression: Impression) -> ChangeForm:
        if wrong and wrong.impression_id == impression.id:
            return wrong
        return ChangeForm(impression, formdata=None)

    ask, event, guest = asked(), reader.event, reader.guest
    shown = attendees.impressions_shown(event, reader.viewer, limit=ask.limit, offset=ask.offset)
    own = queries.own_impressions(guest) if guest else ()
    refused = wrong or form
    return htmx.show(
        "impressions/impressions.html",
        fragment=_region(form, wrong),
        status=refused.status if refused else 200,
        event=event,
        reader=reader,
        address=partial(reader.address),
        own=own if ask.page == 1 else (),
        impression=next((one for one in own if wrong and one.id == wrong.impression_id), None),
        form=form or (ImpressionForm(event, formdata=None) if reader.may_write else None),
        form_of=form_of,
        audiences=AUDIENCES,
        quotes=quotes_of(own),
        listing=attendees.shown_to(guest.rsvp) if guest else None,
        shown=ask.shown(shown),
        next_page=ask.next_page(shown),
    )

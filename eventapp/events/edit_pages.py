"""/o/<community>/events/new, /o/e/<event>/edit: organisers write an event down, and change it."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, request, url_for

from eventapp.communities.gate import organised_community, record
from eventapp.core import clock, htmx
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.i18n import gettext
from eventapp.core.sent_forms import add_once
from eventapp.events import actions, queries
from eventapp.events.forms import EventForm, NewEventForm
from eventapp.events.gate import organised_event
from eventapp.events.views import bp
from eventapp.follow.actions import mails_of_news
from eventapp.model import AuditVerb, Community, Event


@bp.get("/o/<slug>/events/new")
def new(slug: str) -> Response:
    community = organised_community(slug)
    return _show_new(community, NewEventForm(formdata=None, tz=community.tz))


@bp.post("/o/<slug>/events/new")
def schedule(slug: str) -> Response:
    community, form = organised_community(slug), NewEventForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                event = _schedule_once(community, form, at=clock.now())
                _publish_if_asked(event)
            words = gettext("Saved as a draft. Publish it when it is ready.")
            return htmx.done(go_to=_say_saved(event, words))
    return _show_new(community, form)


def _schedule_once(community: Community, form: NewEventForm, *, at: datetime) -> Event:
    plan, slug = form.typed(), form.slug.data or ""
    more = {"capacity": form.capacity.data, "needs_approval": form.needs_approval.data}

    def schedule() -> Event:
        event = actions.schedule_event(community, plan, at=at, slug=slug, **more)
        record(AuditVerb.EVENT_SCHEDULED, event)
        return event

    typed = (community.id, plan, slug, *more.values())
    there = queries.select_events(community)
    return add_once(form.form_id.data, typed, there, schedule, at=at)


def _is_to_be_public() -> bool:
    """Whether the form was sent by “Save and publish”."""
    return request.form.get("then") == "publish"


def _publish_if_asked(event: Event) -> None:
    """Publish it, unless that would mail followers: then it is asked about on a page of its own."""
    at = clock.now()
    if not _is_to_be_public() or mails_of_news(event, at=at):
        return
    if actions.publish_event(event, at=at):
        record(AuditVerb.EVENT_PUBLISHED, event)


def _say_saved(event: Event, words: str) -> str:
    """Returns the page that comes next."""
    if _is_to_be_public() and event.published_at is None:
        flash(words)
        return url_for("events.confirm_publish", slug=event.slug)
    flash(gettext("It's public now. Share the link.") if _is_to_be_public() else words)
    return url_for("overview.overview", slug=event.slug)


def _show_new(community: Community, form: NewEventForm) -> Response:
    form.offer_talks()
    return htmx.show(
        "events/new.html",
        fragment="events/_form.html",
        status=form.status,
        community=community,
        form=form,
        event=None,
    )


@bp.get("/o/e/<slug>/edit")
def edit(slug: str) -> Response:
    event = organised_event(slug)
    return _show(event, EventForm.of(event, formdata=None))


@bp.post("/o/e/<slug>")  # where the form was
@bp.post("/o/e/<slug>/edit")
def change(slug: str) -> Response:
    event = organised_event(slug)
    form = EventForm.of(event)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(event)
                form.refuse_if_edited(EventForm.of(event, formdata=None))
                changed = actions.change_event(
                    event, form.typed(), at=clock.now(), slug=form.slug.data
                )
                if changed:
                    record(AuditVerb.EVENT_CHANGED, event, fields=changed)
                _publish_if_asked(event)
            moved = gettext("Saved. The talks moved along with the start.")
            words = moved if form.moves_talks else gettext("Saved.")
            return htmx.done(go_to=_say_saved(event, words))
    return _show(event, form)


def _show(event: Event, form: EventForm) -> Response:
    form.offer_talks()
    return htmx.show(
        "events/edit.html",
        fragment="events/_form.html",
        status=form.status,
        event=event,
        form=form,
    )

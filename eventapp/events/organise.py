"""/o/<community>, /o/e/<event>: what organisers do with events."""

from __future__ import annotations

from flask import Response, current_app, flash, render_template, url_for

from eventapp.communities.gate import organised_community, record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.events import actions, queries
from eventapp.events.agenda import agenda_of
from eventapp.events.gate import organised_event, organises_event
from eventapp.events.views import bp
from eventapp.follow.actions import mails_of_news
from eventapp.follow.queries import count_followers
from eventapp.model import AuditVerb
from eventapp.ui.ask_first import AskFirst, Mailing, ask, asking_first

TABS = (
    ("overview.overview", _l("Event"), "calendar"),
    ("guests.guest_list", _l("Guests"), "users"),
    ("mails.mails", _l("Emails"), "mail"),
    ("door.links", _l("Doors"), "door-open"),
    ("badges.choose", _l("Badges"), "printer"),
    ("kiosk.poster", _l("Poster"), "qr-code"),
)


bp.add_app_template_global(organises_event, "organises_event")


@bp.app_template_global()
def organise_tabs() -> list[tuple[str, str, str]]:
    """The organisers' pages of an event: endpoint, label, icon."""
    return [tab for tab in TABS if tab[0] in current_app.view_functions]


@bp.get("/o/<slug>")
def agenda(slug: str) -> str:
    community = organised_community(slug)
    now = clock.now()
    found = agenda_of(community, now)
    return render_template(
        "events/agenda.html",
        community=community,
        agenda=found,
        now=now,
        waiting=queries.answers_to(found.events),
        followers=count_followers(community.id),
    )


@bp.get("/o/e/<slug>/publish")
def confirm_publish(slug: str) -> Response:
    """Where “Save and publish” leads, if followers would be mailed."""
    event = organised_event(slug)
    back = url_for("overview.overview", slug=slug)
    mails = [] if event.published_at else mails_of_news(event, at=clock.now())
    if not mails:
        return htmx.go(back)
    mailing, question = Mailing.of(mails), gettext("Publish it?")
    return ask(AskFirst(mailing, event=event, question=question, back=back))


@bp.post("/o/e/<slug>/publish")
def publish(slug: str) -> Response:
    event, at = organised_event(slug), clock.now()
    back, question = url_for("overview.overview", slug=slug), gettext("Publish it?")
    mails = mails_of_news(event, at=at)
    with transaction(), asking_first(event, question=question, back=back) as asked:
        if actions.publish_event(event, at=at):
            record(AuditVerb.EVENT_PUBLISHED, event)
            asked += mails
    flash(gettext("It's public now. Share the link."))
    return htmx.done(go_to=back)


@bp.post("/o/e/<slug>/unpublish")
def unpublish(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        if actions.unpublish_event(event, at=clock.now()):
            record(AuditVerb.EVENT_UNPUBLISHED, event)
    flash(gettext("It's a draft again. Only organisers can see it."))
    return htmx.done(go_to=url_for("overview.overview", slug=slug))


@bp.get("/o/e/<slug>/discard")
def confirm_discard(slug: str) -> str:
    return render_template("events/discard.html", event=organised_event(slug))


@bp.post("/o/e/<slug>/discard")
def discard(slug: str) -> Response:
    event = organised_event(slug)
    community = event.community
    with transaction():
        actions.discard_event(event)
        record(AuditVerb.EVENT_DISCARDED, community)
    flash(gettext("The draft is gone."))
    return htmx.done(go_to=url_for("events.agenda", slug=community.slug))

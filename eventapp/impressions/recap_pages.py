"""/o/e/<event>/recap: organisers write the recap, order its quotes, publish and mail it.
/e/<event>/recap: what they published.
"""

from __future__ import annotations

from typing import Any

from flask import Response, flash, render_template, request, url_for
from markupsafe import Markup

from eventapp.account import gate
from eventapp.attendees.queries import quotes_shown, quotes_to_hosts, viewer_of
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.events.gate import organised_event
from eventapp.events.queries import published_event
from eventapp.impressions import actions
from eventapp.impressions.forms import RecapForm
from eventapp.impressions.queries.recap import (
    numbers_of,
    published_recap,
    quotes_of,
    recap_of,
    state_of_quote,
)
from eventapp.impressions.views import bp
from eventapp.model import AuditVerb, Event, Recap
from eventapp.ui.ask_first import asking_first

BY = {"up": -1, "down": 1}
ON_EVENT = {"paragraphs": 2, "quotes": 3, "pictures": 6}  # the rest is behind a link


@bp.get("/e/<slug>/recap")
def recap(slug: str) -> str:
    event = published_event(slug)
    there = published_recap(event, clock.now())
    return render_template("impressions/recap.html", **_shown(event, there))


@bp.app_template_global()
def recap_on_event(event: Event) -> Markup:
    """The beginning of the recap, for the event's page, which stands further up the list of
    features; empty if none is published.
    """
    try:
        shown = _shown(event, published_recap(event, clock.now()))
    except NotFound:
        return Markup()
    page = render_template("impressions/_recap_on_event.html", **shown, most=ON_EVENT)
    return Markup(page)  # noqa: S704


@bp.get("/o/e/<slug>/recap")
def edit_recap(slug: str) -> Response:
    return _show(organised_event(slug))


@bp.post("/o/e/<slug>/recap")
def keep_recap(slug: str) -> Response:
    """Save it, and publish what is saved if that button was pressed: `then` is `publish`."""
    event = organised_event(slug)
    form = RecapForm(obj=recap_of(event) or _new(event))
    publishes = request.form.get("then") == "publish"
    if form.validate():
        with form.showing_refusals():
            with transaction():
                there = actions.recap_for(event)
                form.refuse_if_edited(RecapForm(obj=there, formdata=None))
                _keep(there, form)
                if publishes and actions.publish_recap(there, at=clock.now()):
                    record(AuditVerb.RECAP_PUBLISHED, event)
            flash(_words_of_saving(publishes=publishes))
            return _done(slug)
    return _show(event, form)


def _keep(there: Recap, form: RecapForm) -> None:
    shows_numbers = form.shows_numbers.data
    if changed := actions.change_recap(there, words=form.words.data, shows_numbers=shows_numbers):
        record(AuditVerb.RECAP_CHANGED, there.event, fields=changed)


def _words_of_saving(*, publishes: bool) -> str:
    if publishes:
        return str(gettext("It's published, and the event's page shows it."))
    return str(gettext("Saved."))


@bp.post("/o/e/<slug>/recap/quotes/<int:impression_id>/<any(up, down):way>")
def move(slug: str, impression_id: int, way: str) -> Response:
    event = organised_event(slug)
    chosen = [one.impression for one in quotes_to_hosts(event, gate.require_person())]
    one = next((each for each in chosen if each.id == impression_id), None)
    if one is None:
        raise NotFound
    with transaction():
        if actions.move_quote(one, chosen, by=BY[way]):
            record(AuditVerb.QUOTE_MOVED, event)
    return _done(slug, anchor="quotes")


@bp.post("/o/e/<slug>/recap/take-back")
def take_back_recap(slug: str) -> Response:
    event = organised_event(slug)
    with transaction():
        if actions.take_back_recap(actions.recap_for(event)):
            record(AuditVerb.RECAP_TAKEN_BACK, event)
    flash(gettext("Only you organisers see it now. Emails that are out stay out."))
    return _done(slug)


@bp.post("/o/e/<slug>/recap/mail")
def mail_recap(slug: str) -> Response:
    event, back = organised_event(slug), url_for("impressions.edit_recap", slug=slug)
    mails = actions.mails_of_recap(event, viewer_of(event, gate.require_person()))
    question = gettext("Email the recap to who was there?")
    note = gettext("This is how you would read it. Nobody gets the words of somebody they blocked.")
    with transaction(), asking_first(event, question=question, back=back, note=note) as asked:
        actions.mail_recap(actions.recap_for(event), at=clock.now())
        if mails:
            record(AuditVerb.RECAP_MAILED, event, count=len(mails))
            asked += mails
    flash(_words_of_mailing(len(mails)))
    return htmx.done(go_to=back)


def _words_of_mailing(count: int) -> str:
    if not count:
        return str(gettext("Everybody who was there has it already, and nobody gets it twice."))
    return str(gettext("The emails are on their way."))


def _new(event: Event) -> Recap:
    return Recap(event_id=event.id, words="", shows_numbers=True)


def _done(slug: str, anchor: str | None = None) -> Response:
    return htmx.done(go_to=url_for("impressions.edit_recap", slug=slug, _anchor=anchor))


def _shown(event: Event, there: Recap) -> dict[str, Any]:
    viewer = viewer_of(event, gate.person())
    return {
        "event": event,
        "recap": there,
        "quotes": quotes_shown(event, viewer),
        "numbers": numbers_of(event) if there.shows_numbers else {},
    }


def _show(event: Event, form: RecapForm | None = None) -> Response:
    there = recap_of(event) or _new(event)
    chosen = quotes_to_hosts(event, gate.require_person())
    quotes = quotes_of([one.impression for one in chosen])
    return htmx.show(
        "impressions/edit_recap.html",
        fragment="impressions/_recap_form.html",
        status=form.status if form else 200,
        form=form or RecapForm(obj=there, formdata=None),
        chosen=chosen,
        quote_state_of=lambda one: state_of_quote(one, quotes.get(one.id)),
        may_publish=there.published_at is None and actions.can_be_published(event, clock.now()),
        **_shown(event, there),
    )

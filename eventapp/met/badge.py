"""/m/<badge>: note that you met the wearer of this badge. Whoever is not signed in says their
address, and finishes it from the mail.
"""

from __future__ import annotations

from flask import Response, render_template, url_for

from eventapp.account import gate
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.links import new_secret
from eventapp.core.security import limiter
from eventapp.met import actions, page, queries
from eventapp.met.forms import ScanForm
from eventapp.met.gate import guest_before, guest_with
from eventapp.met.queries import Attendee
from eventapp.met.views import bp
from eventapp.model import Rsvp
from eventapp.rsvp.gate import address_typed_here


@bp.get("/m/<badge>")
def badge(badge: str) -> Response | str:
    """The page behind the code on a badge. It shows the name only to those who may see it."""
    if found := guest_before(badge):
        return _show(*found)
    typed = None if gate.person() else address_typed_here()
    return _ask(badge, ScanForm(formdata=None, form_id=new_secret(), email=typed))


@bp.post("/m/<badge>")
@limiter.limit("600 per hour")  # all guests of a venue share one address
def scan(badge: str) -> Response:
    """Answers alike for any address, and for any badge."""
    form = ScanForm()
    if not form.validate():
        return _ask(badge, form)
    with transaction():
        code = actions.mail_scan(
            badge,
            form.email.data,
            by=gate.visitor(),
            at=clock.now(),
            go_to=url_for("met.badge", badge=badge),
            form_id=form.form_id.data,
        )
    return gate.remember_browser(htmx.go(url_for("account.mailed", page=code.page)))


@bp.get("/r/<key>/m/<badge>")
def badge_by_key(key: str, badge: str) -> Response | str:
    """Where the link of that mail leads: the same page, for whoever read it."""
    guest, wearer = guest_with(key), queries.wearer_of(badge, at=clock.now())
    if wearer is None or wearer.event_id != guest.event.id:
        return _ask(badge, ScanForm(formdata=None, form_id=new_secret()))
    return _show(guest, wearer)


def _show(guest: Attendee, wearer: Rsvp) -> str:
    return render_template(
        "met/badge.html",
        **{**page.shared(guest, page.noted_by(guest)), "kept_query": {"stands_alone": 1}},
        is_own=guest.viewer.is_own(wearer),
        meeting=queries.meeting_if_seen(guest, wearer.id),
    )


def _ask(badge: str, form: ScanForm) -> Response:
    return htmx.show(
        "met/badge_neutral.html",
        fragment="met/_scan.html",
        status=form.status,
        badge=badge,
        form=form,
    )

"""/m/<badge>: note that you met the wearer of this badge."""

from __future__ import annotations

from flask import render_template

from eventapp.met import page, queries
from eventapp.met.gate import guest_before
from eventapp.met.views import bp


@bp.get("/m/<badge>")
def badge(badge: str) -> str:
    """The page behind the code on a badge. It shows the name only to those who may see it."""
    found = guest_before(badge)
    if found is None:
        return render_template("met/badge_neutral.html")
    guest, wearer = found
    return render_template(
        "met/badge.html",
        **page.shared(guest, page.noted_by(guest)),
        is_own=guest.viewer.is_own(wearer),
        meeting=queries.meeting_if_seen(guest, wearer.id),
    )

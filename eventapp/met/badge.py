"""/m/<badge>: note that you met the wearer of this badge."""

from __future__ import annotations

from functools import partial

from flask import render_template

from eventapp.met import queries
from eventapp.met.gate import address_of, guest_before
from eventapp.met.views import bp, note_form


@bp.get("/m/<badge>")
def badge(badge: str) -> str:
    """The page behind the code on a badge. It shows the name only to those who may see it."""
    found = guest_before(badge)
    if found is None:
        return render_template("met/badge_neutral.html")
    guest, wearer = found
    return render_template(
        "met/badge.html",
        event=guest.event,
        guest=guest,
        here=partial(address_of, guest),
        is_own=guest.viewer.is_own(wearer),
        meeting=queries.meeting_if_seen(guest, wearer.id),
        note_form=note_form,
        wrong=None,
    )

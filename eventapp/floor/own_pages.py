"""/me: a person takes back what they voted for, also where they have no place any more, or hosts
take no more questions.
"""

from __future__ import annotations

from flask import Response, url_for

from eventapp.account import gate
from eventapp.core import htmx
from eventapp.core.db import transaction
from eventapp.floor import actions, queries
from eventapp.floor.views import bp


@bp.post("/me/questions/<int:question_id>/take-back")
def take_back_own(question_id: int) -> Response:
    """Answers alike whether there was a vote."""
    who = gate.require_person()
    with transaction():
        actions.take_own_vote_back(who, question_id)
    return htmx.done(
        fragment="floor/_own.html",
        go_to=url_for("me.me", _anchor="my-questions"),
        on_floor=queries.own_on_floor(who),
    )

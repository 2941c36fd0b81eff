"""What the pages of who is signed in, and those of a mail's key, share: an answer, what came of it,
and the wish to be asked or not.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.introductions import actions, queries
from eventapp.introductions.queries import IntroductionGot
from eventapp.model import CameOfIt, Person

ANSWERS = {"accept": actions.accept, "decline": actions.decline}
ANSWER = f"<any({', '.join(map(repr, ANSWERS))}):answer>"
WORDS = {
    CameOfIt.USEFUL: _l("It was useful"),
    CameOfIt.NOT_YET: _l("Not yet"),
    CameOfIt.NO: _l("No"),
}


def keep_answer(got: IntroductionGot, answer: str) -> None:
    side = queries.side_of(got)
    with transaction():
        ANSWERS[answer](side, at=clock.now())


def keep_what_came(got: IntroductionGot) -> None:
    """What one of the two tells whoever introduced them."""
    try:
        said = CameOfIt(request.form.get("came_of_it", ""))
    except ValueError as error:
        raise BadRequest from error
    side = queries.side_of(got)
    with transaction():
        actions.say_what_came(side, said, at=clock.now())


def saying_what_came() -> dict[str, Any]:
    """For the buttons of what came of it: who may say so, and in which words."""
    takes = partial(actions.takes_what_came, at=clock.now())
    tapped = request.args.get("came_of_it", "")
    return {"takes_what_came": takes, "what_came": WORDS, "tapped": tapped}


def switch_wish(person: Person) -> None:
    with transaction():
        if request.form.get("wanted"):
            actions.resume_introductions(person)
        else:
            actions.end_introductions(person, at=clock.now())

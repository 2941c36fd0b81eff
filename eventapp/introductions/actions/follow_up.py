"""Two weeks after two people were joined, each is asked what came of it. Whoever introduced them
hears what each says, and of silence nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from eventapp.communities.queries import letterhead
from eventapp.core.db import db, lock
from eventapp.core.due import Once
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.introductions.actions.tell import about, mail_side, side_and_got
from eventapp.introductions.queries import IntroductionGot, State, got_with, made_by
from eventapp.model import CameOfIt, Introduction, IntroductionSide, OutboxMail, Person

WHAT_CAME = "introductions/mail/what_came"
CAME = "introductions/mail/came"  # to whoever introduced them
ASKED_AFTER = timedelta(days=14)

_TO_ASK = Once(
    done_at=Introduction.followed_up_at,
    since=Introduction.joined_at,
    index="ix_introduction_to_follow_up",
    after=ASKED_AFTER,
)


def _ask_both(introduction: Introduction, at: datetime) -> None:
    for side in introduction.sides:
        if values := _what_came(side, at):
            mail_side(WHAT_CAME, side, values, at)


def _what_came(side: IntroductionSide, at: datetime) -> dict[str, Any] | None:
    """The values of that mail; None if there is nobody to hear it, or they have said it already."""
    try:
        got = got_with(side.key, at=at)
    except NotFound:
        return None
    if side.person.introductions_ended_at or not takes_what_came(got, at) or got.came_of_it:
        return None
    page = absolute("introductions.asked", key=side.key)
    return {
        **about(side, got),
        **{f"{word}_url": f"{page}?came_of_it={word}#came-of-it" for word in CameOfIt},
        "unsubscribe_url": absolute("introductions.mail_page", key=side.key),
    }


def takes_what_came(got: IntroductionGot, at: datetime) -> bool:
    """Whether one of the two may say what came of it: to whoever introduced them."""
    joined_at = got.joined_at
    return joined_at is not None and at >= joined_at + ASKED_AFTER and bool(got.introducer)


def what_came_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if there is nothing to ask."""
    found = side_and_got(mail, at)
    return _what_came(found[0], at) if found else None


def say_what_came(side: IntroductionSide, came_of_it: CameOfIt, *, at: datetime) -> None:
    """Tell whoever introduced them what came of it: by a mail, once, and on their page, which has
    what was said last. Idempotent. Raises NotFound before they are asked, and if it is not theirs
    to say.
    """
    if not takes_what_came(got_with(side.key, at=at), at):
        raise NotFound
    lock(side)
    is_new = side.came_of_it is None
    side.came_of_it, side.came_of_it_at = came_of_it, at
    db.session.flush()
    maker = side.introduction.introducer
    if is_new and maker and (values := _came(side, maker, at)):
        queue(CAME, to=maker.email, language=maker.language, at=at, values=values)


def _came(side: IntroductionSide, maker: Person, at: datetime) -> dict[str, Any] | None:
    introduction_id = side.introduction_id
    made = next((one for one in made_by(maker, at=at) if one.id == introduction_id), None)
    if made is None or made.state != State.JOINED or side.came_of_it is None:
        return None
    is_first = side.id == side.introduction.sides[0].id
    name, other = made.names if is_first else made.names[::-1]
    return {
        **{"introduction_id": introduction_id, "side_id": side.id},
        **{"name": name, "other": other, "came_of_it": side.came_of_it},
        "url": absolute("introductions.introductions", _anchor="made"),
        **letterhead(side.event),
    }


def came_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """What they say now. Returns None if one of the two is apart from its reader, or gone."""
    side = db.session.get(IntroductionSide, mail.values["side_id"])
    maker = side.introduction.introducer if side else None
    if side is None or maker is None or maker.email != mail.to_email:
        return None
    return _came(side, maker, at)


ask_what_came_of_it = _TO_ASK.due("mails of what came of introductions", _ask_both)

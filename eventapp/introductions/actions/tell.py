"""The mails of introductions: one that asks each of the two, and one that joins the three. Each
reader gets a copy of their own, with what they may see of the others and no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from eventapp.attendees.queries import card_fields_for
from eventapp.communities.queries import letterhead
from eventapp.core.db import db
from eventapp.core.due import Once
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.introductions.queries import IntroductionGot, State, got_with, made_by
from eventapp.model import LAPSES_AFTER, Introduction, IntroductionSide, OutboxMail, Person

ASKED = "introductions/mail/asked"
JOINED = "introductions/mail/joined"
JOINED_YOURS = "introductions/mail/joined_yours"  # to whoever made it
PLACE = "introductions/mail/"

# Also those of which nobody is asked: whoever makes one waits as long either way.
_TO_MAIL = Once(Introduction.mailed_at, Introduction.created_at, "ix_introduction_to_mail")


def _ask_both(introduction: Introduction, at: datetime) -> None:
    for side in introduction.sides:
        if values := _asks(side, at):
            mail_side(ASKED, side, values, at)


def _asks(side: IntroductionSide, at: datetime) -> dict[str, Any] | None:
    """The values of the mail that asks one of the two. None once it is answered, withdrawn or too
    late, if they want no introductions any more, or if it is not theirs to see.
    """
    try:
        got = got_with(side.key, at=at)
    except NotFound:
        return None
    is_wanted = side.person.introductions_ended_at is None and got.state == State.ASKED
    return _asked(side, got) if is_wanted else None


ask_by_mail = _TO_MAIL.due("mails that ask whether to be introduced", _ask_both)


def mail_side(template: str, side: IntroductionSide, values: dict[str, Any], at: datetime) -> None:
    """Without `about_id`: organisers see mails about RSVPs."""
    to = side.person
    queue(template, to=to.email, language=to.language, at=at, values=values)


def _asked(side: IntroductionSide, got: IntroductionGot) -> dict[str, Any]:
    return {
        **about(side, got),
        "line": got.line,
        "own_line": got.own_line,
        "days": LAPSES_AFTER.days,
        "url": absolute("introductions.asked", key=side.key),
        "unsubscribe_url": absolute("introductions.mail_page", key=side.key),
    }


def about(side: IntroductionSide, got: IntroductionGot) -> dict[str, Any]:
    """What each of these mails to one of the two says."""
    return {
        **{"introduction_id": got.id, "side_id": got.side_id},
        **{"introducer": got.introducer, "other": got.other, "reason": got.reason.split("\n")},
        **letterhead(side.event),
    }


def asked_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if there is nothing to ask."""
    found = side_and_got(mail, at)
    return _asks(found[0], at) if found else None


def side_and_got(mail: OutboxMail, at: datetime) -> tuple[IntroductionSide, IntroductionGot] | None:
    """What one of the two sees of it, if the mail is to their address."""
    side = db.session.get(IntroductionSide, mail.values["side_id"])
    if side is None or side.person.email != mail.to_email:
        return None
    try:
        return side, got_with(side.key, at=at)
    except NotFound:
        return None


def mail_joined(introduction: Introduction, *, at: datetime) -> None:
    """Join the three: each of the two gets what the other shares, and who made it hears of it."""
    db.session.flush()
    for side in introduction.sides:
        mail_side(JOINED, side, _joined(side, got_with(side.key, at=at)), at)
    maker = introduction.introducer
    if maker and (values := _joined_yours(introduction, maker, at)):
        queue(JOINED_YOURS, to=maker.email, language=maker.language, at=at, values=values)


def _joined(side: IntroductionSide, got: IntroductionGot) -> dict[str, Any]:
    card = card_fields_for(side.person, [got.other_id]).get(got.other_id, {})
    return {
        **about(side, got),
        "card": card,
        "url": absolute("contacts.contacts", _anchor=f"contact-{got.other_rsvp_id}"),
    }


def joined_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The same, with what the other shares now. Returns None if they are apart or one is gone."""
    found = side_and_got(mail, at)
    return _joined(*found) if found and found[1].state == State.JOINED else None


def _joined_yours(introduction: Introduction, maker: Person, at: datetime) -> dict[str, Any] | None:
    made = (one for one in made_by(maker, at=at) if one.id == introduction.id)
    one = next(made, None)
    if one is None or one.state != State.JOINED:
        return None
    names = {"one": one.names[0], "other": one.names[1]}
    url = absolute("introductions.introductions", _anchor="made")
    of_events = letterhead(*(side.event for side in introduction.sides))
    return {"introduction_id": introduction.id, **names, "url": url, **of_events}


def joined_yours_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The same. Returns None if one of the two is apart from its reader, or gone."""
    introduction = db.session.get(Introduction, mail.values["introduction_id"])
    maker = introduction.introducer if introduction else None
    if introduction is None or maker is None or maker.email != mail.to_email:
        return None
    return _joined_yours(introduction, maker, at)


def delete_mails_of_passed(passed_ids: list[int]) -> None:
    """The same about contacts that were passed on."""
    about_them = OutboxMail.values["passed_id"].as_integer().in_(passed_ids)
    db.session.execute(delete(OutboxMail).where(OutboxMail.template.startswith(PLACE), about_them))


def delete_mails_of(introduction_ids: list[int]) -> None:
    """Delete the mails about these introductions, which name all three."""
    about_them = OutboxMail.values["introduction_id"].as_integer().in_(introduction_ids)
    db.session.execute(delete(OutboxMail).where(OutboxMail.template.startswith(PLACE), about_them))

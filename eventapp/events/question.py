"""A question to the hosts of an event, mailed to the community's address for questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventapp.communities.queries import letterhead
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import absolute
from eventapp.core.mail_budgets import shared_then_own
from eventapp.core.outbox import OutboxMail, queue_capped
from eventapp.core.sent_forms import key_of_form
from eventapp.model import Event

QUESTION = "events/mail/question"


class TooManyQuestions(Refusal):
    code = "too_many_questions"
    message = _l("The hosts have had many questions in the past hour. Please ask again later.")


@dataclass(frozen=True)
class Question:
    """What somebody asks. The address is as they typed it: nobody has checked it."""

    name: str
    email: str
    words: str


def ask_hosts(
    event: Event, question: Question, *, network: str, at: datetime, form_id: str | None = None
) -> None:
    """Mail a question to the hosts, who answer it by mail. It is not kept once it is sent.

    Idempotent by `form_id`. Raises TooManyQuestions.
    """
    community = event.community
    free_again_at = queue_capped(
        QUESTION,
        budgets=shared_then_own("question", network),
        to=community.contact_email,
        language=community.language,
        at=at,
        values={
            "event_id": event.id,
            "name": question.name,
            "reply_to": question.email,
            "words": question.words.split("\n"),
        },
        network=network,
        form_key=key_of_form(form_id, (event.id, question)) if form_id else None,
    )
    if free_again_at:
        raise TooManyQuestions


def question_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a question. Returns None if its event is gone."""
    event = db.session.get(Event, mail.values["event_id"])
    if event is None:
        return None
    url = absolute("rsvp.event", slug=event.slug)
    about = {"title": event.title, "event_url": url, **letterhead(event)}
    return {**mail.values, **about}

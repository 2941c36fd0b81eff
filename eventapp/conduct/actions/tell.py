"""Mail the organisers that something was reported: that it was, and where to read it. What comes
within an hour is gathered. And mail who reported it the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.orm import joinedload

from eventapp.communities.queries import letterhead, letterhead_of, organisers_of
from eventapp.conduct.queries import count_open
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.model import (
    Community,
    ConductAnswer,
    ConductReport,
    Event,
    Organiser,
    OutboxMail,
    Person,
)

REPORTED = "conduct/mail/reported"
ANSWER = "conduct/mail/answer"
BETWEEN_MAILS = timedelta(hours=1)  # of a community

# Built once: the worker asks each minute, and building them costs more than running them.
_UNTOLD = (
    by_index(select(ConductReport.event_id), ConductReport, "ix_conduct_report_to_tell")
    .where(ConductReport.told_at.is_(None), ConductReport.created_at <= bindparam("at"))
    .order_by(ConductReport.created_at)
    .limit(AT_ONCE)
)


def _was_told_lately() -> ColumnElement[bool]:
    reported = select(ConductReport.id).join(Event, Event.id == ConductReport.event_id)
    lately = ConductReport.told_at > bindparam("told_before")
    return exists(reported.where(Event.community_id == Community.id, lately))


_COMMUNITIES = (
    select(Community.id)
    .join(Event, Event.community_id == Community.id)
    .where(any_of(Event.id, "event_ids"), ~_was_told_lately())
    .distinct()
)
_LOCKED = (
    select(Community)
    .where(any_of(Community.id, "community_ids"), ~_was_told_lately())
    .order_by(Community.id)
    .with_for_update(of=Community, skip_locked=True, key_share=True)
)


def _find(at: datetime) -> Sequence[int]:
    """Communities of which something was reported that no organiser was told of."""
    untold = execute(_UNTOLD, {"at": at}).scalars().all()
    if not untold:
        return []
    which = {"event_ids": list(set(untold)), "told_before": at - BETWEEN_MAILS}
    return execute(_COMMUNITIES, which).scalars().all()


def _tell_all(community_ids: Sequence[int], at: datetime) -> int:
    which = {"community_ids": community_ids, "told_before": at - BETWEEN_MAILS}
    return sum(_tell(community, at=at) for community in db.session.scalars(_LOCKED, which).all())


def _tell(community: Community, *, at: datetime) -> bool:
    """Mail each organiser who may read any of what is new, but who reported it themselves."""
    untold = db.session.scalars(
        select(ConductReport)
        .join(ConductReport.event)
        .where(Event.community_id == community.id, ConductReport.told_at.is_(None))
    ).all()
    for report in untold:
        report.told_at = at
    for organiser in organisers_of(community):
        to = organiser.person
        if any(to.id not in (report.about_id, report.reporter_id) for report in untold):
            values = _values(community, to)
            queue(REPORTED, to=to.email, language=to.language, at=at, values=values)
    return bool(untold)


def _values(community: Community, reader: Person) -> dict[str, Any]:
    return {
        "community_id": community.id,
        "community": community.name,
        "waiting": count_open(community.id, reader),
        "url": absolute("conduct.reports", slug=community.slug),
        "head": letterhead_of(community),
    }


def reported_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if its reader organises no longer,
    or nothing is open any more that they may read.
    """
    in_community = Organiser.community_id == mail.values["community_id"]
    organiser = db.session.scalar(
        select(Organiser)
        .join(Organiser.person)
        .where(in_community, Person.email == mail.to_email)
        .options(joinedload(Organiser.community), joinedload(Organiser.person))
    )
    if organiser is None:
        return None
    values = _values(organiser.community, organiser.person)
    return values if values["waiting"] else None


def mail_answer(report: ConductReport, answer: ConductAnswer, *, at: datetime) -> None:
    """Without `about_id`: organisers see mails about RSVPs, and must not see who reported."""
    to, values = report.reporter, {"answer_id": answer.id, **_answered(report, answer)}
    queue(ANSWER, to=to.email, language=to.language, at=at, values=values)


def _answered(report: ConductReport, answer: ConductAnswer) -> dict[str, Any]:
    return {
        "title": report.event.title,
        "words": answer.words.split("\n"),
        "url": absolute("me.me", _anchor="reports"),
        **letterhead(report.event),
    }


def answer_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of an answer. Returns None if it is deleted, or its reader is another by now."""
    answer = db.session.get(ConductAnswer, mail.values["answer_id"])
    if answer is None or answer.report.reporter.email != mail.to_email:
        return None
    return {**mail.values, **_answered(answer.report, answer)}


tell_of_reports = Due("mails about reports", _find, _tell_all)

"""A guest reports something to the organisers; they answer, and close it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from eventapp.conduct.actions.tell import mail_answer
from eventapp.conduct.queries import readers_of
from eventapp.core.db import db, lock
from eventapp.core.due import deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.sent_forms import add_once
from eventapp.events.queries import is_outlived
from eventapp.model import (
    ConductAnswer,
    ConductReport,
    Event,
    EventPicture,
    FloorQuestion,
    Impression,
    Person,
    Rsvp,
    Subject,
)
from eventapp.model.limits import REPORTS_A_DAY_MOST

A_DAY = timedelta(days=1)


class TooManyReports(Refusal):
    code = "too_many_reports"
    message = _l("You've sent %(most)s reports within a day. The hosts have them; go on tomorrow.")


class NobodyElseReads(Refusal):
    code = "nobody_else_reads"
    message = _l("Only the one it's about would read it. Write to somebody else instead.")


@dataclass(frozen=True)
class Said:
    """What somebody reports, and whether the organisers may see who does."""

    words: str
    names_reporter: bool


def report(
    event: Event,
    said: Said,
    *,
    by: Person,
    about: Person | None,
    at: datetime,
    form_id: str | None = None,
) -> ConductReport:
    """Report something of an event to the organisers, who are told by a mail that gathers such
    news; or somebody there, and the others of them are. Who it is about is told nothing.

    Idempotent by `form_id`. Raises TooManyReports, and NobodyElseReads if it is about the only
    organiser.
    """
    return _report(event, said, _About.person(about), by=by, at=at, form_id=form_id)


def report_words(
    impression: Impression, said: Said, *, by: Person, at: datetime, form_id: str | None = None
) -> ConductReport:
    """The same of what somebody wrote. A host who wrote it doesn't read the report, if there is
    another who does: nobody is told whether a host did.
    """
    who = _unless_only_host(impression.person, impression.event)
    about = _About(Subject.IMPRESSION, who, impression=impression)
    return _report(impression.event, said, about, by=by, at=at, form_id=form_id)


def report_picture(
    picture: EventPicture, said: Said, *, by: Person, at: datetime, form_id: str | None = None
) -> ConductReport:
    """The same of a picture, and who added it."""
    who = _unless_only_host(picture.person, picture.event)
    about = _About(Subject.PICTURE, who, picture=picture)
    return _report(picture.event, said, about, by=by, at=at, form_id=form_id)


def report_question(
    question: FloorQuestion, said: Said, *, by: Person, at: datetime, form_id: str | None = None
) -> ConductReport:
    """The same of a question on a talk. By whom an anonymous one is, isn't written down here
    either: so a host who asked it reads the report, as all of them do.
    """
    who = None if question.is_anonymous else _asker(question)
    about = _About(Subject.QUESTION, who, question=question)
    return _report(question.event, said, about, by=by, at=at, form_id=form_id)


def _asker(question: FloorQuestion) -> Person | None:
    rsvp = db.session.get(Rsvp, question.rsvp_id)
    return _unless_only_host(rsvp.person if rsvp else None, question.event)


def _unless_only_host(person: Person | None, event: Event) -> Person | None:
    return person if readers_of(event.community, person) else None


@dataclass(frozen=True)
class _About:
    subject: Subject
    who: Person | None = None
    impression: Impression | None = None
    picture: EventPicture | None = None
    question: FloorQuestion | None = None

    @classmethod
    def person(cls, person: Person | None) -> _About:
        return cls(Subject.PERSON if person else Subject.EVENT, person)

    def columns(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "about_id": self.who and self.who.id,
            "impression_id": self.impression and self.impression.id,
            "picture_id": self.picture and self.picture.id,
            "question_id": self.question and self.question.id,
        }


def _report(
    event: Event, said: Said, about: _About, *, by: Person, at: datetime, form_id: str | None
) -> ConductReport:
    columns = about.columns()

    def add() -> ConductReport:
        if not readers_of(event.community, about.who):
            raise NobodyElseReads
        _refuse_too_many(by, at)
        row = ConductReport(
            event_id=event.id, reporter_id=by.id, **columns,
            words=said.words, names_reporter=said.names_reporter, created_at=at,
        )  # fmt: skip
        db.session.add(row)
        return row

    lock(by)
    own = select(ConductReport).where(ConductReport.reporter_id == by.id)
    return add_once(form_id, (event.id, *columns.values(), said), own, add, at=at)


def _refuse_too_many(by: Person, at: datetime) -> None:
    lately = ConductReport.reporter_id == by.id, ConductReport.created_at > at - A_DAY
    made = db.session.scalar(select(func.count()).select_from(ConductReport).where(*lately)) or 0
    if made >= REPORTS_A_DAY_MOST:
        raise TooManyReports(most=REPORTS_A_DAY_MOST)


def answer_report(
    reported: ConductReport, words: str, *, at: datetime, form_id: str | None = None
) -> bool:
    """Answer a report, by a mail to who made it and on their own page; nobody else is told. Also
    one that is closed. Idempotent by `form_id`. Returns whether it is a new answer.
    """
    lock(reported)
    new: list[ConductAnswer] = []

    def add() -> ConductAnswer:
        row = ConductAnswer(report_id=reported.id, words=words, created_at=at)
        db.session.add(row)
        db.session.flush()
        mail_answer(reported, row, at=at)
        new.append(row)
        return row

    there = select(ConductAnswer).where(ConductAnswer.report_id == reported.id)
    add_once(form_id, (reported.id, words), there, add, at=at)
    return bool(new)


def close_report(reported: ConductReport, *, at: datetime) -> bool:
    """Close a report: there is nothing more to do. Idempotent. Returns whether that is new."""
    lock(reported)
    was_open = reported.closed_at is None
    reported.closed_at = reported.closed_at or at
    return was_open


def _is_kept_no_longer(at: datetime) -> ColumnElement[bool]:
    """As long as everything of its event, and as long after it was made."""
    since = Event.ends_at, ConductReport.created_at
    both = (is_outlived(time, at, attrgetter("keep_months")) for time in since)
    return exists().where(Event.id == ConductReport.event_id, *both)


forget_old_reports = deletion(ConductReport.id, _is_kept_no_longer)

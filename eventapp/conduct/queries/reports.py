"""What guests reported. An organiser whom a report is about sees nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.communities.queries import organisers_of
from eventapp.core.db import db, found
from eventapp.model import (
    Community,
    ConductReport,
    Event,
    Organiser,
    Person,
    Rsvp,
    Subject,
)

CLOSED_MOST = 50  # that are shown, the newest


@dataclass(frozen=True)
class About:
    """Whom a report is about, by the name of their answer to the event, if there is one."""

    name: str
    rsvp_id: int | None


def readers_of(community: Community, about: Person | None) -> Sequence[Organiser]:
    """The organisers who see a report about this person, or about nobody in particular."""
    organisers = organisers_of(community)
    return [each for each in organisers if about is None or each.person_id != about.id]


def reports_to(community: Community, reader: Person) -> Sequence[ConductReport]:
    """What this organiser may read: all that is open, the oldest first, then what is closed."""
    reports = _read_by(reader).where(Event.community_id == community.id)
    still = reports.where(ConductReport.closed_at.is_(None)).order_by(ConductReport.id)
    over = reports.where(ConductReport.closed_at.is_not(None))
    newest = over.order_by(ConductReport.closed_at.desc(), ConductReport.id.desc())
    return [*db.session.scalars(still), *db.session.scalars(newest.limit(CLOSED_MOST))]


def report_to(community: Community, reader: Person, report_id: int) -> ConductReport:
    """A report that this organiser may read. Raises NotFound."""
    of_community = Event.community_id == community.id
    return found(_read_by(reader).where(ConductReport.id == report_id, of_community))


def count_open(community_id: int, reader: Person, *, event: Event | None = None) -> int:
    """How many reports this organiser may read are not closed: of one event, or of all."""
    counted = (
        select(func.count())
        .select_from(ConductReport)
        .join(Event, Event.id == ConductReport.event_id)
        .where(Event.community_id == community_id, is_open_to(reader))
    )
    if event:
        counted = counted.where(ConductReport.event_id == event.id)
    return db.session.scalar(counted) or 0


def is_open_to(reader: Person) -> ColumnElement[bool]:
    return and_(ConductReport.closed_at.is_(None), _may_be_read_by(reader))


def reports_by(person: Person) -> Sequence[ConductReport]:
    """What this person reported, the newest first, with the answers."""
    return db.session.scalars(
        select(ConductReport)
        .where(ConductReport.reporter_id == person.id)
        .options(joinedload(ConductReport.event), selectinload(ConductReport.answers))
        .order_by(ConductReport.id.desc())
    ).all()


def abouts_of(reports: Iterable[ConductReport]) -> dict[int, About]:
    """Whom these reports are about: report id → who it is. Without who is deleted, and who asked a
    question: who of the hosts may know that, their page of questions says.
    """
    shown = [report.id for report in reports if report.subject != Subject.QUESTION]
    rows = db.session.execute(
        select(ConductReport.id, Rsvp.id, func.coalesce(Rsvp.name, Person.name))
        .join(Person, Person.id == ConductReport.about_id)
        .outerjoin(Rsvp, and_(Rsvp.event_id == ConductReport.event_id, Rsvp.person_id == Person.id))
        .where(ConductReport.id.in_(shown))
    )
    return {report_id: About(name, rsvp_id) for report_id, rsvp_id, name in rows}


def _read_by(reader: Person) -> Select[ConductReport]:
    return (
        select(ConductReport)
        .join(ConductReport.event)
        .where(_may_be_read_by(reader))
        .options(
            joinedload(ConductReport.event).joinedload(Event.community),
            joinedload(ConductReport.reporter),
            joinedload(ConductReport.question),
            selectinload(ConductReport.answers),
        )
        .execution_options(populate_existing=True)
    )


def _may_be_read_by(reader: Person) -> ColumnElement[bool]:
    return or_(ConductReport.about_id.is_(None), ConductReport.about_id != reader.id)

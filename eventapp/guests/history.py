"""What happened to a guest's answer: who did what, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.i18n import gettext
from eventapp.guests.by_hand import content_of
from eventapp.guests.messages import messages_to
from eventapp.guests.undo import changes_of, is_undoable
from eventapp.model import (
    AuditEntry,
    AuditVerb,
    DoorLog,
    GuestChange,
    OrganiserMessage,
    OutboxMail,
    Rsvp,
    Source,
)


class Detail(NamedTuple):
    """What an act changed, by the column."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Happened:
    """A line of the history: in `words`, by an `entry` of the audit log, or a `mail`; of a message
    of the hosts, its mail as long as that is kept.
    """

    at: datetime
    words: str = ""
    entry: AuditEntry | None = None
    mail: OutboxMail | None = None
    message: OrganiserMessage | None = None
    change: GuestChange | None = None
    is_undoable: bool = False

    @property
    def details(self) -> list[Detail]:
        if self.change is None:
            return []
        before, after = self.change.before, self.change.after
        return [Detail(name, before[name], after[name]) for name in SHOWN if name in after]


SHOWN = ("name", "status", "companions", "companion_names", "answers")


def history_of(rsvp: Rsvp) -> list[Happened]:
    """The newest first."""
    entries = _entries_of(rsvp)
    changes = {change.entry_id: change for change in changes_of(rsvp)}
    lines = [
        *_of_entries(rsvp, entries, changes),
        *_of_the_guest(rsvp, entries),
        *_of_mails(rsvp),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def door_lines_of(rsvp: Rsvp) -> Sequence[DoorLog]:
    """What happened to them at the doors, the newest first."""
    lines = select(DoorLog).where(DoorLog.rsvp_id == rsvp.id)
    return db.session.scalars(lines.order_by(DoorLog.happened_at.desc(), DoorLog.id.desc())).all()


def _entries_of(rsvp: Rsvp) -> Sequence[AuditEntry]:
    about = select(AuditEntry).where(AuditEntry.rsvp_id == rsvp.id).order_by(AuditEntry.id)
    return db.session.scalars(about.options(joinedload(AuditEntry.by))).all()


def _of_entries(
    rsvp: Rsvp, entries: Sequence[AuditEntry], changes: Mapping[int, GuestChange]
) -> Iterator[Happened]:
    now = content_of(rsvp)
    for entry in entries:
        change = changes.get(entry.id)
        yield Happened(
            entry.at,
            entry=entry,
            change=change,
            is_undoable=change is not None and is_undoable(change, now),
        )


def _of_mails(rsvp: Rsvp) -> Iterator[Happened]:
    """The mails about them, as long as they are kept: each when it left or failed, if it did; and
    what hosts wrote, without its mail too.
    """
    messages = {notice.id: (notice.at, message) for notice, message in messages_to(rsvp)}
    mails = select(OutboxMail).where(OutboxMail.about_id == rsvp.id).order_by(OutboxMail.id)
    for mail in db.session.scalars(mails):
        _, message = messages.pop(mail.notice_id or 0, (None, None))
        at = mail.sent_at or mail.failed_at or mail.created_at
        yield Happened(at, mail=mail, message=message)
    for at, message in messages.values():
        yield Happened(at, message=message)


def _of_the_guest(rsvp: Rsvp, entries: Sequence[AuditEntry]) -> Iterator[Happened]:
    """What the guest did, as far as the RSVP itself tells."""
    if not any(entry.verb == AuditVerb.GUEST_ADDED for entry in entries):
        yield Happened(rsvp.created_at, _beginning(rsvp))
    if rsvp.confirmed_at:
        yield Happened(rsvp.confirmed_at, gettext("They showed that the address is theirs."))
    if rsvp.changed_at:
        yield Happened(rsvp.changed_at, gettext("They last said whether they come."))


def _beginning(rsvp: Rsvp) -> str:
    if rsvp.source == Source.IMPORT:
        return str(gettext("They came onto the list with an imported one."))
    if rsvp.source == Source.WALK_IN:
        return str(gettext("They walked in, and were put on the list at the door."))
    return str(gettext("They answered on the event's page."))

"""Make one guest of two who are the same human."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import digest
from eventapp.door.join_arrivals import join_arrivals, people_in
from eventapp.door.rehearsal import copies_of, source_ref_of
from eventapp.guests.aliases import keep_aliases
from eventapp.guests.by_hand import content_of
from eventapp.guests.imported import note_merged
from eventapp.guests.joined_encounters import join_encounters
from eventapp.guests.messages import mail_unread, messages_not_sent
from eventapp.guests.own_answer import has_account, keep_own_answer
from eventapp.model import (
    NOBODY,
    AuditEntry,
    GuestChange,
    Listing,
    Notice,
    NoticeKind,
    OutboxMail,
    Rsvp,
    Status,
    TicketCode,
)
from eventapp.rsvp.actions import (
    MOST_FIRST,
    drop_unsent_mails,
    give_questions,
    join,
    lock_list,
    lock_rsvps,
    lock_seats,
    promote,
    rename,
)
from eventapp.rsvp.actions.name_index import unindex_name

OF_WHO_MET = (NoticeKind.DID_YOU_MEET, NoticeKind.MET_CONFIRMED, NoticeKind.FOLLOW_UP)
STRICTEST_FIRST = (Listing.NOBODY, Listing.ATTENDEES, Listing.EVERYONE)


class NotAsSeen(Refusal):
    code = "not_as_seen"
    message = _l("One of the two was changed since you looked. This is how it is now.")


@dataclass(frozen=True)
class Two:
    """Two guests of one event: who is kept, and who goes."""

    kept: Rsvp
    gone: Rsvp

    @property
    def seen(self) -> str:
        """Another one once either changes."""
        two = [(one.id, one.person_id, one.listing, content_of(one)) for one in self]
        return digest(repr(two))

    def __iter__(self) -> Any:
        return iter((self.kept, self.gone))


@dataclass(frozen=True)
class Joined:
    """What two guests come to."""

    status: str
    party: int
    companion_names: tuple[str, ...]
    listing: str | None
    answers: dict[str, str]


def two_of(one: Rsvp, other: Rsvp) -> Two:
    """Whose address is proven is kept; else who has one, who came by the hosts, who came first.
    Raises NotFound unless they are two guests on the list of one event.
    """
    is_pair = one.id != other.id and one.event_id == other.event_id
    if not is_pair or one.removed_at or other.removed_at:
        raise NotFound
    kept, gone = sorted((one, other), key=_rank)
    return Two(kept, gone)


def _rank(rsvp: Rsvp) -> tuple[Any, ...]:
    known = rsvp.person_id is not None
    return (not (known and rsvp.is_confirmed), not known, rsvp.is_unproven, rsvp.id)


def joined(two: Two) -> Joined:
    """What they come to: the better answer, and the stricter consent. Whoever is in the room is of
    the party.
    """
    kept, gone = two.kept, two.gone
    said = [one for one in two if one.status == min((kept.status, gone.status), key=_place)]
    names = {text.fold(name): name for one in said for name in one.companion_names}
    least = max(1 + len(names), *(one.party for one in said))
    return Joined(
        status=said[0].status,
        party=max(least, *(people_in(one) for one in two)),
        companion_names=tuple(names.values()),
        listing=_stricter(kept.listing, gone.listing),
        answers=_both_answers(kept.answers, gone.answers),
    )


def _place(status: str) -> int:
    return MOST_FIRST.index(Status(status))


def _stricter(kept: str | None, gone: str | None) -> str | None:
    """Who was not asked yet is asked still; the other, if not asked, said nothing."""
    if kept is None or gone is None:
        return kept
    return min((kept, gone), key=lambda one: STRICTEST_FIRST.index(Listing(one)))


def _both_answers(kept: dict[str, str], gone: dict[str, str]) -> dict[str, str]:
    """Where the two differ, the other's stands beside."""
    answers = dict(kept)
    for title, words in gone.items():
        if not answers.get(title):
            answers[title] = words
        elif words and answers[title] != words:
            answers.setdefault(f"{title} (2)", words)
    return answers


def merge_guests(two: Two, *, seen: str, at: datetime) -> None:
    """Make one guest of two, who keeps the seats, the earliest arrival, the tickets and the history
    of both, and whom others met who met either. Of two accounts each keeps its own contacts: see
    `joined_encounters`. What hosts wrote to the other that has not left goes to who is kept. Seats
    that become free go to the waitlist, by mail. It cannot be undone.
    `seen` is what the two were when somebody decided, "" for whatever they are. Raises NotAsSeen.
    """
    kept, gone = two.kept, two.gone
    lock_seats(kept.event)
    lock_rsvps([kept.id, gone.id])
    if two_of(kept, gone) != two or seen not in ("", two.seen):
        raise NotAsSeen
    lock_list(kept.event_id)
    outcome = joined(two)
    _write(two, outcome)
    join(kept, gone, outcome.party)
    join_arrivals(kept, gone)
    unread = messages_not_sent(gone)
    _move_the_rest(two)
    keep_aliases(kept, gone, at=at)
    own = keep_own_answer(gone, at=at) if has_account(gone) else None
    give_questions(gone, own or kept)
    _move_notices(two, own, join_encounters(kept, gone, own, at=at))
    _delete(gone)
    mail_unread(unread, kept, at=at)
    promote(kept.event, at=at)


def _write(two: Two, outcome: Joined) -> None:
    kept, gone = two.kept, two.gone
    kept.companion_names = list(outcome.companion_names)
    kept.answers, kept.listing = outcome.answers, outcome.listing
    kept.note = kept.note or gone.note
    if kept.listing is None and not gone.is_unproven:  # a stranger's words go on no badge
        kept.ask_me_about = kept.ask_me_about or gone.ask_me_about
        kept.want_to_learn = kept.want_to_learn or gone.want_to_learn
        kept.looking_for = kept.looking_for or gone.looking_for
    kept.created_at = min(kept.created_at, gone.created_at)
    kept.changed_at = max(filter(None, (kept.changed_at, gone.changed_at)), default=None)
    kept.morning_after_at = kept.morning_after_at or gone.morning_after_at
    kept.called_off_mailed_at = kept.called_off_mailed_at or gone.called_off_mailed_at


def _move_the_rest(two: Two) -> None:
    """What refers to who goes: mails, tickets, the history, the copy at a rehearsal."""
    kept, gone = two.kept, two.gone
    db.session.flush()
    drop_unsent_mails(gone)
    for column in (OutboxMail.about_id, AuditEntry.rsvp_id, TicketCode.rsvp_id):
        moved = update(column.class_).where(column == gone.id).values({column: kept.id})
        db.session.execute(moved, execution_options={"synchronize_session": False})
    db.session.execute(delete(GuestChange).where(GuestChange.rsvp_id.in_([kept.id, gone.id])))
    note_merged(kept)
    for copy in copies_of(gone):
        if copies_of(kept):
            rename(copy, NOBODY)
            copy.answers = {}
        else:
            copy.source_ref = source_ref_of(kept.id)
            db.session.flush()


def _move_notices(two: Two, own: Rsvp | None, with_own: Collection[int]) -> None:
    """What was told once is not told again. What was told of an encounter that stays with the own
    answer of an account stays so, too; `with_own` are the others of these.
    """
    if own:
        others = select(Rsvp.person_id).where(Rsvp.id.in_(with_own))
        of_own = Notice.rsvp_id == two.gone.id, Notice.kind.in_(OF_WHO_MET)
        told_them = update(Notice).where(*of_own, Notice.person_id.in_(others))
        db.session.execute(told_them.values(rsvp_id=own.id))
    there = select(Notice.kind, Notice.person_id, Notice.which)
    told = {tuple(row) for row in db.session.execute(there.where(Notice.rsvp_id == two.kept.id))}
    for notice in db.session.scalars(select(Notice).where(Notice.rsvp_id == two.gone.id)):
        if (notice.kind, notice.person_id, notice.which) not in told:
            notice.rsvp_id = two.kept.id
    db.session.flush()


def _delete(gone: Rsvp) -> None:
    """With its key, its name in the search index, and the digits that were mailed for it."""
    unindex_name(gone)
    db.session.flush()
    row = delete(Rsvp).where(Rsvp.id == gone.id)
    db.session.expunge(gone)
    db.session.execute(row, execution_options={"synchronize_session": False})

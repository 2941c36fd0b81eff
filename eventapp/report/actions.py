"""Keep the figures that come from guests' answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db, transaction
from eventapp.core.due import Due
from eventapp.core.links import keyed_digest
from eventapp.model import Event, KeptFigures
from eventapp.report.figures import Answers, Figures, figures_of, may_replace
from eventapp.report.network import network_of, to_keep
from eventapp.report.queries import (
    answers_at,
    answers_kept_until,
    events_to_keep,
    guests_of,
    kept_figures,
    last_answer_at,
)
from eventapp.rsvp.actions import lock_seats


def met_figures(event: Event, *, at: datetime) -> Figures:
    """The figures of who met whom: those kept, or new ones if these may be shown by now. Writes
    only then.
    """
    if _may_renew(event, at=at):
        with transaction():
            lock_seats(event)  # another organiser may open the report at the same time
            if _may_renew(event, at=at):
                _renew(event, at=at)
    kept = kept_figures(event)
    return kept.figures if kept else {}


def _keep_all(event_ids: Sequence[int], at: datetime) -> int:
    """Keep the figures of these events, where they may be shown by now."""
    renewed = 0
    for event in db.session.scalars(select(Event).where(Event.id.in_(event_ids))):
        lock_seats(event)
        if _may_renew(event, at=at):
            _renew(event, at=at)
            renewed += 1
        elif kept_figures(event) is None:  # looked at: the worker need not find it again
            none = KeptFigures(event_id=event.id, figures={}, network=[], answers=[], kept_at=at)
            db.session.add(none)
    return renewed


keep_figures = Due("figures of reports", events_to_keep, _keep_all)


def _may_renew(event: Event, *, at: datetime) -> bool:
    """Not once nobody can answer any more: then answers only go, as people delete theirs or their
    community keeps them no longer, and the counts stay.
    """
    kept = kept_figures(event)
    if at >= (answers_kept_until(event) if kept is None else last_answer_at(event)):
        return False
    return may_replace(kept.answers if kept else [], _marks(answers_at(event)))


def _renew(event: Event, *, at: datetime) -> None:
    answers, guests = answers_at(event), guests_of(event)
    kept = kept_figures(event) or KeptFigures(event_id=event.id)
    kept.figures = dict(figures_of(answers, guests))
    kept.network = to_keep(network_of(answers.met, guests.newcomers))
    kept.answers, kept.kept_at = _marks(answers), at
    db.session.add(kept)


def _marks(answers: Answers) -> list[str]:
    """For each who answered, a mark of who they are and what they say, which tells neither."""
    return sorted(
        keyed_digest("kept figures", f"{person}: {answer}")
        for person, answer in answers.by_person.items()
    )

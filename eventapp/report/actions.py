"""Keep the figures that come from guests' answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db, transaction
from eventapp.core.due import Due
from eventapp.core.links import keyed_digest
from eventapp.model import Event, KeptFigures
from eventapp.report.figures import (
    Figures,
    by_guest,
    figures_of,
    introduction_figures,
    may_replace,
)
from eventapp.report.network import network_of, to_keep
from eventapp.report.queries import (
    answers_at,
    answers_kept_until,
    events_to_keep,
    guests_of,
    introduced_at,
    kept_figures,
    last_answer_at,
    last_introduction_at,
)
from eventapp.rsvp.actions import lock_seats


def figures_of_answers(event: Event, *, at: datetime) -> Figures:
    """The figures of who met whom and of introductions: those kept, or new ones if these may be
    shown by now. Writes only then.
    """
    if _may_renew_answers(event, at=at) or _may_renew_introductions(event, at=at):
        with transaction():
            lock_seats(event)  # another organiser may open the report at the same time
            _renew(event, at=at)
    kept = kept_figures(event)
    return kept.told if kept else {}


def _keep_all(event_ids: Sequence[int], at: datetime) -> int:
    """Keep the figures of these events, where they may be shown by now."""
    renewed = 0
    for event in db.session.scalars(select(Event).where(Event.id.in_(event_ids))):
        lock_seats(event)
        if _renew(event, at=at):
            renewed += 1
        elif kept_figures(event) is None:  # looked at: the worker need not find it again
            db.session.add(KeptFigures.none_of(event, at=at))
    return renewed


keep_figures = Due("figures of reports", events_to_keep, _keep_all)


def _renew(event: Event, *, at: datetime) -> bool:
    """Make those anew that may be shown by now. Returns whether any may."""
    answers, introductions = (
        _may_renew_answers(event, at=at),
        _may_renew_introductions(event, at=at),
    )
    kept = kept_figures(event) or KeptFigures.none_of(event, at=at)
    if answers:
        _renew_answers(kept, event)
    if introductions:
        _renew_introductions(kept, event)
    if answers or introductions:
        kept.kept_at = at
        db.session.add(kept)
    return answers or introductions


def _may_renew_answers(event: Event, *, at: datetime) -> bool:
    """Not once nobody can answer any more: then answers only go, as people delete theirs or their
    community keeps them no longer, and the counts stay.
    """
    kept = kept_figures(event)
    if at >= (answers_kept_until(event) if kept is None else last_answer_at(event)):
        return False
    return may_replace(kept.answers if kept else [], _marks(answers_at(event).by_person))


def _may_renew_introductions(event: Event, *, at: datetime) -> bool:
    """The same, of what became of introductions."""
    if at >= last_introduction_at(event):
        return False
    kept = kept_figures(event)
    return may_replace(kept.introduced if kept else [], _marks(by_guest(introduced_at(event))))


def _renew_answers(kept: KeptFigures, event: Event) -> None:
    answers, guests = answers_at(event), guests_of(event)
    kept.figures = dict(figures_of(answers, guests))
    kept.network = to_keep(network_of(answers.met, guests.newcomers))
    kept.answers = _marks(answers.by_person)


def _renew_introductions(kept: KeptFigures, event: Event) -> None:
    introduced = introduced_at(event)
    kept.introductions = dict(introduction_figures(introduced))
    kept.introduced = _marks(by_guest(introduced))


def _marks(said: Mapping[int, object]) -> list[str]:
    """For each person, a mark of who they are and what they say, which tells neither."""
    return sorted(
        keyed_digest("kept figures", f"{person}: {answer}") for person, answer in said.items()
    )

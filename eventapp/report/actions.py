"""Keep the figures that come from guests' answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db, transaction
from eventapp.core.due import Due
from eventapp.core.links import keyed_digest
from eventapp.model import Event, KeptFigures
from eventapp.report.figures import (
    Answers,
    Figures,
    Introduced,
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
    shown by now.

    Opening a report may write them, as figures are kept before they are shown. Otherwise a host
    could look before and after one answer: each look would differ by five people or more from what
    the worker kept an hour ago, and the two looks by one person from each other. The lock, and
    looking again behind it, prevent the same of two looks at once.
    """
    if _to_show(event, at=at):
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


@dataclass(frozen=True)
class _ToShow:
    """What is said by now, read once: what is judged is what is counted. None: it has to wait."""

    answers: Answers | None
    introduced: list[Introduced] | None

    def __bool__(self) -> bool:
        return self.answers is not None or self.introduced is not None


def _to_show(event: Event, *, at: datetime) -> _ToShow:
    kept = kept_figures(event)
    return _ToShow(_answers_to_show(kept, event, at), _introduced_to_show(kept, event, at))


def _renew(event: Event, *, at: datetime) -> bool:
    """Make those anew that may be shown by now. Returns whether any may."""
    now = _to_show(event, at=at)
    if not now:
        return False
    kept = kept_figures(event) or KeptFigures.none_of(event, at=at)
    if now.answers is not None:
        guests = guests_of(event)
        kept.figures = dict(figures_of(now.answers, guests))
        kept.network = to_keep(network_of(now.answers.met, guests.newcomers))
        kept.answers = _marks(now.answers.by_person)
    if now.introduced is not None:
        kept.introductions = dict(introduction_figures(now.introduced))
        kept.introduced = _marks(by_guest(now.introduced))
    kept.kept_at = at
    db.session.add(kept)
    return True


def _answers_to_show(kept: KeptFigures | None, event: Event, at: datetime) -> Answers | None:
    """None once nobody can answer any more: then answers only go, as people delete theirs or their
    community keeps them no longer, and the counts stay.
    """
    if at >= (answers_kept_until(event) if kept is None else last_answer_at(event)):
        return None
    answers = answers_at(event)
    may = may_replace(kept.answers if kept else [], _marks(answers.by_person))
    return answers if may else None


def _introduced_to_show(
    kept: KeptFigures | None, event: Event, at: datetime
) -> list[Introduced] | None:
    """The same, of what became of introductions."""
    if at >= last_introduction_at(event):
        return None
    introduced = introduced_at(event)
    may = may_replace(kept.introduced if kept else [], _marks(by_guest(introduced)))
    return introduced if may else None


def _marks(said: Mapping[int, object]) -> list[str]:
    """For each person, a mark of who they are and what they say, which tells neither."""
    return sorted(
        keyed_digest("kept figures", f"{person}: {answer}") for person, answer in said.items()
    )

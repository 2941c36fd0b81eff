"""Keep the figures that come from guests' answers."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.db import db, transaction
from eventapp.core.links import keyed_digest
from eventapp.model import Event, KeptFigures
from eventapp.report.figures import Answers, Figures, figures_of, may_replace
from eventapp.report.queries import answers_at, guests_of, kept_figures
from eventapp.rsvp.actions import lock_seats


def met_figures(event: Event, *, at: datetime) -> Figures:
    """The figures of who met whom: those kept, or new ones if these may be shown by now. Writes
    only then.
    """
    if _may_renew(event):
        with transaction():
            lock_seats(event)  # another organiser may open the report at the same time
            if _may_renew(event):
                _renew(event, at=at)
    kept = kept_figures(event)
    return kept.figures if kept else {}


def _may_renew(event: Event) -> bool:
    kept = kept_figures(event)
    return may_replace(kept.answers if kept else [], _marks(answers_at(event)))


def _renew(event: Event, *, at: datetime) -> None:
    answers = answers_at(event)
    kept = kept_figures(event) or KeptFigures(event_id=event.id)
    kept.figures = dict(figures_of(answers, guests_of(event)))
    kept.answers, kept.kept_at = _marks(answers), at
    db.session.add(kept)


def _marks(answers: Answers) -> list[str]:
    """For each who answered, a mark of who they are and what they say, which tells neither."""
    return sorted(
        keyed_digest("kept figures", f"{person}: {answer}")
        for person, answer in answers.by_person.items()
    )

"""/rounds/<wall>: the big page for a wall: tables, the time left, a bell. Whoever has its link sees
it, so it names only guests who agreed to be seen by attendees.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import Response, request

from eventapp.core import clock, htmx
from eventapp.core.links import digest
from eventapp.core.polling import PER_WALL, refreshed, this_wall
from eventapp.core.security import limiter
from eventapp.rounds import queries
from eventapp.rounds.queries import Standing, WallTable
from eventapp.rounds.views import bp

POLL_SECONDS = 5
FEW_TABLES = 12  # which are shown larger


class OnWall(NamedTuple):
    standing: Standing
    tables: list[WallTable]

    @property
    def revision(self) -> str:
        last, rounds = self.standing.last, self.standing.rounds
        times = (last.number, last.ends_at) if last else None
        count = rounds.count, rounds.minutes
        return digest(repr((self.standing.phase, times, rounds.next_at, count, self.tables)))


@bp.get("/rounds/<wall>")
def wall(wall: str) -> Response:
    return refreshed(_show(_on_wall(wall)))


@bp.get("/rounds/<wall>/now")
@limiter.limit(PER_WALL, key_func=this_wall)
def wall_now(wall: str) -> Response:
    """The same as it is now; 204 if the page that asks shows it (`rev`) already."""
    shown = _on_wall(wall)
    if request.args.get("rev") == shown.revision:
        return htmx.unchanged()
    return _show(shown)


def _on_wall(wall: str) -> OnWall:
    rounds = queries.rounds_on_wall(wall)
    standing = queries.standing_of(rounds, clock.now())
    runs = standing.running
    return OnWall(standing, queries.wall_tables(rounds.event, runs) if runs else [])


def _show(shown: OnWall) -> Response:
    return htmx.show(
        "rounds/wall.html",
        fragment="rounds/_wall.html",
        shown=shown,
        standing=shown.standing,
        rounds=shown.standing.rounds,
        event=shown.standing.rounds.event,
        now=shown.standing.at,
        poll_seconds=POLL_SECONDS,
        few_tables=FEW_TABLES,
    )

"""/rounds/<wall>: the big page for a wall: tables, the time left, a bell. Whoever has its link sees
it, so it names only guests who agreed to be seen by attendees, and counts nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
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
PAGE_SECONDS = 10  # until the next tables are shown, where there are too many to be read at once
TABLES_MOST = 24  # on a page
COLUMNS = {1: 1, 2: 2, 4: 2, 6: 3, 9: 3, 12: 4, 16: 4, 20: 5, TABLES_MOST: 6}  # up to so many


class OnWall(NamedTuple):
    standing: Standing
    tables: list[WallTable]

    @property
    def pages(self) -> Sequence[Sequence[WallTable]]:
        """All tables, on pages that are alike."""
        count = ceil(len(self.tables) / TABLES_MOST)
        size = ceil(len(self.tables) / count) if count else 1
        return [self.tables[at : at + size] for at in range(0, len(self.tables), size)]

    @property
    def page(self) -> int:
        """Which page is shown now. wall.js turns them by the same rule."""
        return int(self.standing.at.timestamp()) // PAGE_SECONDS % len(self.pages)

    @property
    def columns(self) -> int:
        return next(columns for most, columns in COLUMNS.items() if len(self.pages[0]) <= most)

    @property
    def rows(self) -> int:
        return ceil(len(self.pages[0]) / self.columns)

    @property
    def lines(self) -> int:
        """Of a table, with a name each."""
        return max(1, *(len(table.names) for table in self.tables))

    @property
    def revision(self) -> str:
        last, rounds = self.standing.last, self.standing.rounds
        times = (last.number, last.ends_at) if last else None
        count = rounds.count, rounds.minutes
        return digest(repr((self.standing.phase, times, rounds.next_at, count, self.tables)))


@bp.get("/rounds/<wall>")
def wall(wall: str) -> Response:
    return refreshed(_show(_on_wall(wall)), seconds=PAGE_SECONDS)


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
        page_seconds=PAGE_SECONDS,
    )

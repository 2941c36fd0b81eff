"""The worker draws the sheets that wait, a little in each of its rounds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from eventapp.badges.choice import choice_of, drawing_of
from eventapp.badges.layout import Badge
from eventapp.badges.pdf import Drawing
from eventapp.core.database_errors import trouble
from eventapp.core.db import db, lock
from eventapp.core.due import Due
from eventapp.model import BadgeSheet

SECONDS = 0.5  # of drawing in a round, so that mails and others' work go on


class _Work:
    """A sheet that is being drawn; in memory, as it begins anew in a second."""

    def __init__(self, sheet: BadgeSheet) -> None:
        self.sheet = (sheet.id, sheet.created_at)  # ids return
        self.done, self.has_failed = 0, False
        self.file: bytes | None = None
        self._badges: list[Badge] = []
        self._drawing: Drawing | None = None

    def draw_some(self, sheet: BadgeSheet) -> None:
        """Draw for SECONDS. What a database does that is away is not the sheet's fault."""
        try:
            self._draw_until(time.monotonic() + SECONDS, self._drawing or self._begun(sheet))
        except Exception as error:
            if trouble(error):
                raise
            current_app.logger.exception("badges cannot be drawn")
            self.has_failed = True

    def _begun(self, sheet: BadgeSheet) -> Drawing:
        choice = choice_of(sheet.choice)
        self._badges = choice.badges(sheet.event)
        self._drawing = drawing_of(sheet.event, choice)
        return self._drawing

    def _draw_until(self, ends: float, drawing: Drawing) -> None:
        for badge in self._badges[self.done :]:
            drawing.add(badge)
            self.done += 1
            if time.monotonic() > ends:
                break
        if self.done == len(self._badges):
            self.file = drawing.file()


class _Drawer:
    """Draws in `find`, which holds no lock meanwhile."""

    def __init__(self) -> None:
        self._work: _Work | None = None

    def find(self, at: datetime) -> Sequence[int]:
        sheet = db.session.scalar(
            select(BadgeSheet)
            .where(BadgeSheet.finished_at.is_(None))
            .order_by(BadgeSheet.created_at)
            .limit(1)
        )
        if sheet is None:
            self._work = None
            return []
        if self._work is None or self._work.sheet != (sheet.id, sheet.created_at):
            self._work = _Work(sheet)
        self._work.draw_some(sheet)
        return [sheet.id]

    def do(self, ids: Sequence[int], at: datetime) -> int:
        """Note what is drawn. Without a file, a sheet that is finished has failed."""
        sheet, work = db.session.get(BadgeSheet, ids[0]), self._work
        if sheet is None or work is None:
            return 0
        lock(sheet)
        if sheet.finished_at:  # by another worker
            return 0
        sheet.done = work.done
        if work.file or work.has_failed:
            sheet.finished_at, sheet.file = at, work.file
        return 1


_drawer = _Drawer()
draw_sheets = Due("badges to be drawn", _drawer.find, _drawer.do)

"""/floor/<wall>: the big page for a wall: what is asked about the talk that is on. Whoever has its
link sees it, so beside a question stands only a name that attendees may see, if its asker wants it.
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from flask import Response, request

from eventapp.core import clock, htmx
from eventapp.core.links import absolute, digest
from eventapp.core.polling import PER_WALL, refreshed, this_wall
from eventapp.core.security import limiter
from eventapp.floor import queries
from eventapp.floor.queries import Questions, ShownQuestion
from eventapp.floor.views import bp
from eventapp.model import Floor, Talk

POLL_SECONDS = 5
LINES = 15  # for questions, at 1280 by 800; a larger screen has larger letters
SIGNS = 64  # of a line


class OnWall(NamedTuple):
    floor: Floor
    is_open: bool
    is_over: bool
    talk: Talk | None
    questions: Questions

    @property
    def revision(self) -> str:
        talk = (self.talk.id, self.talk.title, self.talk.speaker) if self.talk else None
        return digest(repr((self.is_open, self.is_over, talk, self.questions.said)))


@bp.get("/floor/<wall>")
def wall(wall: str) -> Response:
    return refreshed(_show(_on_wall(wall)))


@bp.get("/floor/<wall>/now")
@limiter.limit(PER_WALL, key_func=this_wall)
def wall_now(wall: str) -> Response:
    """The same as it is now; 204 if the page that asks shows it (`rev`) already."""
    shown = _on_wall(wall)
    if request.args.get("rev") == shown.revision:
        return htmx.unchanged()
    return _show(shown)


def _on_wall(wall: str) -> OnWall:
    """Nothing is shown outside the day of the event. Once hosts take no more questions, those that
    are left can still be read out.
    """
    floor, at = queries.floor_on_wall(wall), clock.now()
    is_open, is_over = floor.takes_questions(at), floor.is_over(at)
    if not floor.is_on(at):
        return OnWall(floor, is_open, is_over, None, Questions([], 0))
    talk, questions = queries.questions_on_wall(floor, at)
    return OnWall(floor, is_open, is_over, talk, questions.first(_that_fit(questions)))


def _that_fit(questions: Questions) -> int:
    """How many a screen shows whole: hosts read them out. The most wanted in any case."""
    lines = accumulate(_lines(one) for one in questions.shown)
    return max(1, sum(so_far <= LINES for so_far in lines))


def _lines(one: ShownQuestion) -> int:
    """One more for who asks, or about which talk, and the margin."""
    signs = sum(2 if east_asian_width(char) in "WF" else 1 for char in one.question.words)
    return 1 + ceil(signs / SIGNS)


def _show(shown: OnWall) -> Response:
    event = shown.floor.event
    return htmx.show(
        "floor/wall.html",
        fragment="floor/_wall.html",
        shown=shown,
        floor=shown.floor,
        event=event,
        ask_at=absolute("floor.questions", slug=event.slug),
        poll_seconds=POLL_SECONDS,
    )

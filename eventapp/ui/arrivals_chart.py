"""How many came when, as bars: all places and sizes are per cent of the drawing's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eventapp.model import Event

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FINEST = timedelta(minutes=5)
STEPS = (FINEST, *(timedelta(minutes=minutes) for minutes in (15, 60, 240, 1440)))
BARS_MOST = 72  # six hours by five minutes
BEFORE = timedelta(minutes=30)  # that the chart shows of the time before the start
MARKS = tuple(timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 360, 1440, 10080))
MARKS_MOST = 5  # of which the times fit beside each other on a phone
EDGE = 6.0  # nearer to an edge, a time would not fit
NUMBER = 5.0  # how wide a bar with its number is, at least
FLOOR, TALLEST = 82.0, 66.0  # above the times; and below the number of the busiest


@dataclass(frozen=True)
class Bar:
    at: datetime
    people: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A time on the axis."""

    at: datetime
    x: float


@dataclass(frozen=True)
class Arrivals:
    step: timedelta  # of one bar
    width: float  # of a bar
    bars: list[Bar]  # those with people, in the order of time
    marks: list[Mark]
    start: float | None  # where the event starts, if that is in sight
    gaps: list[tuple[float, float]]  # from where to where there are no bars

    @property
    def busiest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.people)

    @property
    def has_room_for_numbers(self) -> bool:
        return self.width >= NUMBER

    @property
    def until(self) -> datetime:
        return self.bars[-1].at + self.step

    @property
    def minutes(self) -> int:
        return self.step // timedelta(minutes=1)


def arrivals_in(
    people: Mapping[datetime, int],
    *,
    event: Event,
    now: datetime,
    finest: timedelta = FINEST,
    until: datetime | None = None,
) -> Arrivals:
    """A chart of how many came in each of the finest steps. It reaches from before the start to the
    last arrival, to `now` as long as the event is on, and to `until` at least.
    """
    steps = [step for step in STEPS if step >= finest]
    earliest = min([*people, event.starts_at - BEFORE])
    is_on = event.starts_at <= now < event.ends_at
    latest = max([*people, now if is_on else min(now, until or event.starts_at)])
    step = next((step for step in steps if (latest - earliest) / step < BARS_MOST), steps[-1])
    first = _floor(earliest, step, event)
    span = _floor(latest, step, event) + step - first

    def place(at: datetime) -> float:
        return round(100 * ((at - first) / span), 2)

    counted: Counter[datetime] = Counter()
    for at, count in people.items():
        counted[_floor(at, step, event)] += count
    most = max(counted.values())
    marks = [Mark(at, place(at)) for at in _marks(first, span, event)]
    return Arrivals(
        step=step,
        width=round(100 * (step / span), 2),
        bars=[_bar(at, count, most, place(at)) for at, count in sorted(counted.items())],
        marks=[mark for mark in marks if EDGE < mark.x < 100 - EDGE],
        start=place(event.starts_at) if first <= event.starts_at < first + span else None,
        gaps=[(place(left), place(right)) for left, right in _gaps(counted, first, span, step)],
    )


def _gaps(
    counted: Collection[datetime], first: datetime, span: timedelta, step: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    left = first
    for at in (*sorted(counted), first + span):
        if at > left:
            yield left, at
        left = at + step


def _bar(at: datetime, people: int, most: int, x: float) -> Bar:
    height = round(TALLEST * people / most, 2)
    return Bar(at, people, x, round(FLOOR - height, 2), height)


def _marks(first: datetime, span: timedelta, event: Event) -> list[datetime]:
    every = next((mark for mark in MARKS if span / mark <= MARKS_MOST), MARKS[-1])
    before = _floor(first, every, event)
    return [before + every * number for number in range(int(span / every) + 2)]


def _floor(at: datetime, step: timedelta, event: Event) -> datetime:
    """The last whole step by the event's clocks."""
    by_the_clock = at - EPOCH + (event.starts_at.astimezone(event.zone).utcoffset() or timedelta())
    return at - by_the_clock % step

"""The measurement itself: each kind of work in turn, ours and bare, several rounds over."""

from __future__ import annotations

import os
import secrets
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice

from bench import venue
from bench.load import Call, Times, run
from bench.searching import Searching, search_alone
from bench.serving import ROOT, Server, serve

TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds, of which the time of a process is counted
BARE_ORM, BARE_CORE, SCAN = "bare, ORM", "bare, Core", "scan"


@dataclass(frozen=True)
class Plan:
    """How much to measure: `calls` of each kind a round, `people` at a time; then as many
    `searches`, by one person. Before anything is timed, `warm_up` of each kind; at the end as many
    by one person: what somebody at a door waits for.
    """

    rounds: int
    calls: int
    people: int
    searches: int
    warm_up: int

    @property
    def calls_in_all(self) -> int:
        return self.warm_up + self.rounds * self.calls + self.warm_up


@dataclass(frozen=True)
class Round:
    times: Times
    cpu_ms: float  # of server and database together, for one call


@dataclass(frozen=True)
class Measured:
    works: Sequence[Work]
    alone: Mapping[str, Times]  # of a scan, and of the bare application, one at a time
    searching: Searching


@dataclass
class Work:
    """Calls to a server, enough of them for all rounds, and what came of each round."""

    name: str
    server: Server
    calls: Iterator[Call]
    headers: Mapping[str, str] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)

    def run(self, calls: int, people: int) -> Round:
        some = list(islice(self.calls, calls))
        before = self.server.cpu_seconds()
        times = run(self.server.port, some, self.headers, people=people)
        spent = max(self.server.cpu_seconds() - before, TICK)
        return Round(times, spent * 1000 / len(some))

    def median(self, of: Callable[[Round], float]) -> float:
        return statistics.median(of(one) for one in self.rounds)

    def times_cpu_of(self, limit: Work) -> float:
        """How often the limit's CPU time, each round beside its own."""
        pairs = zip(self.rounds, limit.rounds, strict=True)
        return statistics.median(ours.cpu_ms / theirs.cpu_ms for ours, theirs in pairs)


def measure(
    plan: Plan, size: int, ours_url: str, bare_url: str, *, database_pid: int | None
) -> Measured:
    """All kinds of work at an event of this size, in two empty databases; bare ones first."""
    there = venue.seed(ours_url, size)
    with ExitStack() as serving:

        def start(application: str, **environ: str) -> Server:
            return serving.enter_context(serve(application, environ, database_pid=database_pid))

        ours = start("wsgi:app", DATABASE_URL=ours_url, SECRET_KEY="bench", RATELIMIT_ENABLED="0")
        works = [*_bare(plan, bare_url, start), *_ours(plan, there, ours)]
        for work in works:
            work.run(plan.warm_up, plan.people)
        for _ in range(plan.rounds):
            for work in works:
                work.rounds.append(work.run(plan.calls, plan.people))
        alone = {
            work.name: work.run(plan.warm_up, people=1).times
            for work in works
            if work.name in (BARE_ORM, SCAN)
        }
        phone = venue.open_door(ours.port, there.door_link)
        searching = search_alone(ours.port, phone, there.guests, searches=plan.searches)
        return Measured(works, alone, searching)


def _bare(plan: Plan, url: str, start: Callable[..., Server]) -> Iterator[Work]:
    count = plan.calls_in_all
    tickets = [secrets.token_urlsafe(16) for _ in range(2 * count)]
    _seed_bare(url, tickets)
    for name, module, own in (
        (BARE_ORM, "bench.bare:orm", tickets[:count]),
        (BARE_CORE, "bench.bare:core", tickets[count:]),
    ):
        calls = (Call("/check-in", "Come in!", body=f"ticket={ticket}") for ticket in own)
        yield Work(name, start(module, DATABASE_URL=url), calls)


def _seed_bare(url: str, tickets: Sequence[str]) -> None:
    """In a process of its own: the module is bound to its database when it is imported."""
    subprocess.run(
        [sys.executable, "-m", "bench.bare"],
        input="\n".join(tickets),
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
    )


def _ours(plan: Plan, there: venue.Venue, server: Server) -> Iterator[Work]:
    phone, count = venue.open_door(server.port, there.door_link), plan.calls_in_all
    calls = {
        SCAN: venue.scans(there.guests[:count], phone),
        "check-in by name": venue.check_ins(there.guests[count : 2 * count], phone),
        "RSVP": venue.rsvps(count, phone),
        "door search": venue.searches(there.guests[:count]),
        "door search, mistyped": venue.mistyped_searches(venue.mistyped(there.guests), count),
        "door page": venue.door_pages(count),
        "headcount": venue.headcounts(count),
    }
    for name, some in calls.items():
        headers = {"Cookie": phone.cookie} if name == "door page" else phone.headers
        yield Work(name, server, iter(some), headers)

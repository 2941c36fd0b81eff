"""Random requests, by somebody of every role, at every route: nothing may break, or take long.

The suite sends a bounded number of them with fixed seeds. `make fuzz` goes on for as long as one
likes (`ARGS="--minutes 60 --seed 7 --postgresql"`), and prints what it found, with its seed.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

from werkzeug.routing import Rule

from tests.application import new_app
from tests.conftest import empty
from tests.make import Make
from tests.migrated import migrate
from tests.postgres import Postgres
from tests.routes.forms import field_names, form_classes
from tests.routes.scenes import Scene
from tests.routes.world import ROLES, World, build

ROUND = 250  # requests; then everything is made anew, as some of it has been deleted by then
SECONDS_MOST = 2.0  # of CPU, for one answer

HOSTILE = (
    *("", " ", "0", "-1", "1e9", "²", "٣", "9" * 400, "true", "null", "[]", "{}", "../../etc"),
    *("\0", "a\0b", "\x1b[31m", "\r\nX: y", "\u202eabc", "\u200d" * 50, "e" + "\u0301" * 200),
    *("<script>alert(1)</script>", "{{ 7 * 7 }}", "%s%n", "' OR 1=1 --", "=1+1", "[" * 3000),
    *("a@b", "ana@example.org", "ÁNA@EXAMPLE.ORG", "a@" + "b" * 300 + ".org", "@", "a@b@c.org"),
    *("2026-13-40T99:99", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30", "Mars/Base"),
    *("😀" * 100, "ſ", "İ", "ﷺ" * 20, "\ud800", "x" * 5000, "http://[::1", "//evil.example"),
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "x"},
    {"Accept": "application/json"},
    {"Accept": "*/*;q=x, ,,"},
    {"Accept-Language": "es-ES,es;q=0.9,xx;q=nan, *"},
    {"Accept-Encoding": "br;q=1, gzip;q=oops"},
    {"If-None-Match": '"x", W/"y", *'},
    {"If-Modified-Since": "yesterday"},
    {"Range": "bytes=5-2,-1,9999999999999999999-"},
    {"X-Forwarded-For": "not, an address", "Forwarded": "for="},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null", "Referer": "::::"},
    {"User-Agent": "\x7f" * 300},
    {"X-Request-ID": "a b"},
)
NAMES = {"file", "next", "listing", "language", "entries", "talks-0-title", "mode"}
QUERIES = ("q", "page", "status", "for", "group", "format", "rev", "next", "line", "part", "who")


@dataclass(frozen=True)
class Call:
    """One request, as it can be printed and sent again."""

    role: str
    method: str
    path: str
    more: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.role}: {self.method} {self.path!r} {str(self.more)[:400]}"


class Fuzzer:
    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.rules = world.routes()
        known = {name for form in form_classes() for name in field_names(form)}
        self.fields = sorted(known | NAMES)

    def calls(self, count: int) -> Iterator[Call]:
        for _ in range(count):
            yield self._call()

    def _call(self) -> Call:
        rule, chance = self.chance.choice(self.rules), self.chance
        methods = sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
        method = chance.choice(methods * 4 + ["HEAD", "OPTIONS", "PUT", "DELETE", "GET", "POST"])
        more: dict[str, Any] = {"headers": dict(chance.choice(HEADERS))}
        if chance.random() < 0.4:
            more["query_string"] = self._pairs(QUERIES, most=3)
        if method in ("POST", "PUT"):
            more |= self._body()
        return Call(chance.choice(ROLES), method, self._path(rule), more)

    def _path(self, rule: Rule) -> str:
        scenes = (self.world.here, self.world.here, self.world.elsewhere)
        path = self.chance.choice(scenes).address(rule)
        if self.chance.random() < 0.15:
            parts = path.split("/")
            parts[self.chance.randrange(1, len(parts))] = self._text(path=True)
            return "/".join(parts) or "/"
        return path

    def _body(self) -> dict[str, Any]:
        kind = self.chance.choice(("form",) * 8 + ("json", "text", "files", "nothing"))
        if kind == "form":
            return {"data": self._fields()}
        if kind == "json":
            return {"json": self.chance.choice(([], {}, "x", 1, None, [[[]]], self._fields()))}
        if kind == "text":
            return {"data": b"\xff\xfe\x00=&%", "content_type": self._content_type()}
        if kind == "files":
            names = self.chance.sample(self.fields, 3)
            return {"data": {name: (BytesIO(b"a,b\n1,2\n"), "a.csv") for name in names}}
        return {}

    def _content_type(self) -> str:
        kinds = ("text/plain", "multipart/form-data", "application/json", "x/y; charset=nope", "")
        return self.chance.choice((*kinds, "application/x-www-form-urlencoded"))

    def _fields(self) -> dict[str, Any]:
        """What a form that means well would send, most of it, and some that does not."""
        scene: Scene = self.world.here
        known = {**scene.typed(), **scene.arguments}
        fields: dict[str, Any] = {name: str(known[name]) for name in known if self._often()}
        fields |= self._pairs(self.fields, most=self.chance.choice((1, 2, 12)))
        if self.chance.random() < 0.1:
            fields = {name: [value, self._text()] for name, value in fields.items()}
        return fields

    def _often(self) -> bool:
        return self.chance.random() < 0.9

    def _pairs(self, names: Any, *, most: int) -> dict[str, Any]:
        chosen = self.chance.choices(names, k=self.chance.randint(1, most))
        return {name: self._text() for name in chosen}

    def _text(self, *, path: bool = False) -> str:
        chance = self.chance
        text = chance.choice(HOSTILE)
        if chance.random() < 0.3:
            text = "".join(chr(chance.randrange(1, 0xD7FF)) for _ in range(chance.randint(1, 20)))
        text = text.encode("utf-8", "replace").decode()
        return text.replace("/", "%2f").replace("?", "%3f")[:300] if path else text


def send(world: World, calls: Iterator[Call]) -> list[str]:
    """Send them. Returns what went wrong, a line each."""
    wrong = []
    for call in calls:
        before = time.process_time()
        answer = world.visitors[call.role].ask(call.method, call.path, **call.more)
        took = time.process_time() - before
        if answer.status_code >= 500 or took > SECONDS_MOST:
            wrong.append(f"{answer.status_code} after {took:.2f} s of CPU: {call}")
    return wrong


def play(make: Make, seed: int) -> list[str]:
    """Make a world, and send it the requests of a seed. Returns what went wrong, a line each."""
    app = make.app
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False  # a bug answers 500
    try:
        world = build(make)
        return send(world, Fuzzer(world, random.Random(seed)).calls(ROUND))
    finally:
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None


@contextmanager
def _database(postgresql: bool) -> Iterator[str]:
    if postgresql:
        with Postgres() as cluster, cluster.database() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/fuzz.db"


def main() -> int:
    """Returns the exit status: 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0, help="the first of them")
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    until, found = time.monotonic() + asked.minutes * 60, 0
    with _database(asked.postgresql) as url:
        app = new_app(SQLALCHEMY_DATABASE_URI=url)
        migrate(app)
        for seed in count(asked.seed):
            for line in play(Make(app), seed):
                print(f"seed {seed}: {line}", flush=True)
                found += 1
            empty(app)
            if time.monotonic() > until:
                break
    print(f"{(seed - asked.seed + 1) * ROUND} requests, {found} went wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

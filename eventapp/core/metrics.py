"""Prometheus metrics: how they are counted, and GET /metrics, behind a token.

Labels are routes, methods, statuses, outcomes and kinds; never a path, a name, a slug or a secret.

Each gunicorn worker counts in a file of its own, in a folder made for that
(PROMETHEUS_MULTIPROC_DIR; see gunicorn.conf.py); the worker that is asked adds them up.
"""

from __future__ import annotations

import hmac
import os

from flask import Flask, Response, abort, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import ExceptionContext, event
from sqlalchemy.orm import Session

from eventapp.core.db import db, engines_of
from eventapp.core.logs import seconds_so_far
from eventapp.core.security import limiter

FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
if FOLDER:
    # Files are named by a number that a worker inherits from the one it replaces: if named
    # by process id, every worker that ends would add a file, and time to read it.
    # gunicorn's first process has no number: it imports this, and counts nothing.
    values.ValueClass = values.MultiProcessValue(  # type: ignore[no-untyped-call]
        lambda: os.environ.get("WORKER_NUMBER", "0")
    )

COUNTED = CollectorRegistry()  # in this process, where there is no folder
METHODS = ("GET", "HEAD", "POST", "OPTIONS")  # anybody may send any other word
BUCKETS_SECONDS = (0.01, 0.025, 0.1, 0.25, 1, 5)

requests = Counter(
    "eventapp_requests",
    "Requests answered, by the route's template.",
    ("route", "method", "status"),
    registry=COUNTED,
)
durations = Histogram(
    "eventapp_request_seconds",
    "How long answers took, from routing to the last header.",
    ("route", "method"),
    buckets=BUCKETS_SECONDS,
    registry=COUNTED,
)

database_errors = Counter(
    "eventapp_database_errors",
    "Errors that the database answered with, by the name of SQLite's code or PostgreSQL's error.",
    ("kind",),
    registry=COUNTED,
)

_asked_at_scrape: list[Collector] = []


def at_scrape(collector: Collector) -> None:
    """Register a collector that runs at each scrape, for what the database knows."""
    _asked_at_scrape.append(collector)


def count_once_committed(counter: Counter, *labels: str) -> None:
    """Count what a transaction did once it is committed, and not if it is rolled back."""
    db.session.info.setdefault("to_count", []).append(counter.labels(*labels))


@event.listens_for(Session, "after_commit")
def _count_committed(session: Session) -> None:
    for counter in session.info.pop("to_count", ()):
        counter.inc()


@event.listens_for(Session, "after_rollback")
def _forget_uncommitted(session: Session) -> None:
    session.info.pop("to_count", None)


def _count_database_error(context: ExceptionContext) -> None:
    error = context.original_exception
    kind = getattr(error, "sqlite_errorname", None) or type(error).__name__
    database_errors.labels(kind).inc()


def exposition() -> bytes:
    """All metrics, in Prometheus' text format."""
    registry = COUNTED
    if FOLDER:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, FOLDER)  # type: ignore[no-untyped-call]
    now_known = CollectorRegistry()
    for collector in _asked_at_scrape:
        now_known.register(collector)
    return generate_latest(registry) + generate_latest(now_known)


def _count(response: Response) -> Response:
    route = str(request.url_rule or "none")
    method = request.method if request.method in METHODS else "other"
    requests.labels(route, method, str(response.status_code)).inc()
    durations.labels(route, method).observe(seconds_so_far())
    return response


def init_app(app: Flask) -> None:
    for engine in engines_of(app):
        event.listen(engine, "handle_error", _count_database_error)
    app.after_request(_count)

    @app.get("/metrics")
    @limiter.exempt
    def metrics() -> Response:
        """404 without METRICS_TOKEN."""
        token = app.config.get("METRICS_TOKEN")
        if not token:
            abort(404)
        sent = request.headers.get("Authorization", "")
        if not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
            return Response("a bearer token is needed\n", 401, {"WWW-Authenticate": "Bearer"})
        return Response(exposition(), content_type=CONTENT_TYPE_LATEST)

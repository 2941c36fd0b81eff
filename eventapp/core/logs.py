"""The log: one line per request, and a line for each fault, without personal data.

In production each line is a JSON object, in development readable text. All lines of a request carry
its id, which the answer has as `X-Request-ID`, for reports of a fault. An address is logged as its
route (`/r/<key>`), without its query.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from flask import Flask, Response, g, has_request_context, request

from eventapp.core.redaction import describe, redact

ACCESS = logging.getLogger("eventapp.access")
ID_FROM_A_PROXY = re.compile(r"[A-Za-z0-9._-]{8,64}")
to_json = json.JSONEncoder(ensure_ascii=False).encode
FIELDS = ("status", "duration_ms")  # of a record, as `extra` gives them


def set_up(*, production: bool, stream: TextIO | None = None) -> None:
    """Send all log lines of this process to one place, in one format. Idempotent."""
    shape = JsonLines() if production else ReadableLines()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(shape)
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one.formatter, OURS)]:
        root.removeHandler(old)
    root.addHandler(handler)
    logging.getLogger("eventapp").setLevel(logging.INFO)
    for server in logging.getLogger("gunicorn.error").handlers:
        server.setFormatter(shape)
    if production:
        sys.excepthook = _log_the_end


def init_app(app: Flask) -> None:
    """Call it before all other parts, so that their work counts to a request's duration."""
    if not app.testing:
        set_up(production=app.config["PRODUCTION"])
    trusts_a_proxy = bool(app.config.get("PROXIES_IN_FRONT"))

    @app.before_request
    def _begin() -> None:
        g.begun = time.perf_counter()
        sent = request.headers.get("X-Request-ID", "") if trusts_a_proxy else ""
        g.request_id = sent if ID_FROM_A_PROXY.fullmatch(sent) else secrets.token_hex(8)

    @app.after_request
    def _log_access(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        measured = {
            "status": response.status_code,
            "duration_ms": round(seconds_so_far() * 1000, 1),
        }
        ACCESS.info("request", extra=measured)
        return response


def seconds_so_far() -> float:
    """The duration of this request until now."""
    return time.perf_counter() - float(g.begun)


def _log_the_end(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("eventapp").critical("ended", exc_info=(kind, error, trace))


def message_of(record: logging.LogRecord) -> str:
    """The message, redacted. An exception in it is described by its kind."""
    if record.name == ACCESS.name:
        return str(record.msg)
    args = record.args
    if isinstance(args, tuple) and any(isinstance(arg, BaseException) for arg in args):
        told = tuple(describe(a) if isinstance(a, BaseException) else a for a in args)
        return redact(record.msg % told)
    return redact(record.getMessage())


def _of_the_request(record: logging.LogRecord) -> dict[str, Any]:
    if not has_request_context():
        return {}
    rule = request.url_rule
    known = {
        "request_id": g.get("request_id"),
        "route": rule.rule if rule else None,
        "method": request.method,
    }
    return known | {name: vars(record)[name] for name in FIELDS if name in vars(record)}


def _errors_of(error: BaseException) -> list[dict[str, Any]]:
    """The error and its causes, first cause first: kind, words and places, without source lines."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause and cause not in chain:
        chain.insert(0, cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return [{"error": describe(one), "at": _places(one.__traceback__)} for one in chain]


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


class JsonLines(logging.Formatter):
    """One JSON object per line: time, level, logger, message and errors; of a request also its id,
    route, method, status and duration.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **_of_the_request(record),
            "message": message_of(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["errors"] = _errors_of(record.exc_info[1])
        return to_json(line)


class ReadableLines(logging.Formatter):
    """`12:00:00 INFO eventapp.access request [id GET /e/<slug> 200 12.3 ms]`, and tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        known = _of_the_request(record)
        asked = [str(known[k]) for k in ("request_id", "method", "route", "status") if known.get(k)]
        if "duration_ms" in known:
            asked.append(f"{known['duration_ms']} ms")
        at = self.formatTime(record, "%H:%M:%S")
        line = f"{at} {record.levelname} {record.name} {message_of(record)}"
        line += f" [{' '.join(asked)}]" if asked else ""
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


OURS = (JsonLines, ReadableLines)

"""Each request has a line in the log, and an id that its answer has too."""

from __future__ import annotations

import logging
import re
from io import StringIO

import pytest

from eventapp.core import logs
from tests.core.test_security import app_with
from tests.test_logs import in_production, lines, log

pytestmark = pytest.mark.one_database

__all__ = ["in_production", "log"]  # fixtures


def test_all_lines_of_a_request_carry_the_id_of_its_answer(in_production, log):
    @in_production.get("/fault")
    def fault() -> str:
        in_production.logger.warning("it begins")
        raise RuntimeError("on purpose")

    answer = in_production.test_client().get("/fault?q=Ana")
    assert answer.status_code == 500
    assert [line["request_id"] for line in lines(log)] == [answer.headers["X-Request-ID"]] * 3
    access = lines(log)[-1]
    assert (access["method"], access["route"], access["status"]) == ("GET", "/fault", 500)
    assert 0 <= access["duration_ms"] < 60_000
    assert lines(log)[1]["errors"][0]["at"][-1].endswith(" fault")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/static/htmx.js"])
def test_every_answer_has_an_id_of_its_own(app, path):
    client = app.test_client()
    ids = {client.get(path).headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize(
    ("proxies", "sent", "kept"),
    [
        (1, "7b8c9d0e-1f2a-4b3c", True),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "two words of it", False),
        (0, "7b8c9d0e-1f2a-4b3c", False),
    ],
)
def test_only_a_proxy_gives_a_request_its_id(app, proxies, sent, kept):
    client = app_with(app, PROXIES_IN_FRONT=proxies).test_client()
    answer = client.get("/healthz", headers={"X-Request-ID": sent})
    assert (answer.headers["X-Request-ID"] == sent) is kept


def test_an_access_line_costs_next_to_nothing(in_production, log, takes_less_than):
    record = logging.makeLogRecord({"msg": "request", "status": 200, "duration_ms": 1.5})
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(logs.JsonLines())
    with in_production.test_request_context("/"):
        takes_less_than(0.1, lambda: [handler.handle(record) for _ in range(1000)])  # ms a line

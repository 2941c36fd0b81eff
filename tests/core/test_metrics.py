"""/metrics: figures for Prometheus, for whoever has the token, and nothing that names anybody."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families as parse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core import clock, delivery, outbox
from eventapp.core.db import db, transaction
from tests.application import new_app
from tests.core.test_security import app_with
from tests.door.helpers import at_door, post
from tests.migrated import migrate
from tests.serving import process_at, serving

TOKEN = "a token for metrics"
BEARER = {"Authorization": f"Bearer {TOKEN}"}

Figure = Callable[..., float]


def sum_of(exposition: str, name: str, **labels: str) -> float:
    """What all samples of this name with these labels come to."""
    samples = (sample for family in parse(exposition) for sample in family.samples)
    return sum(
        sample.value
        for sample in samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


@pytest.fixture
def figure(app: Flask) -> Figure:
    """A figure as it is now: `figure("eventapp_mails_waiting")`."""
    client = app_with(app, METRICS_TOKEN=TOKEN).test_client()

    def now(name: str, **labels: str) -> float:
        answer = client.get("/metrics", headers=BEARER)
        assert answer.status_code == 200
        assert answer.mimetype == "text/plain"
        return sum_of(answer.text, name, **labels)

    return now


def test_who_has_no_token_learns_nothing(app):
    client = app_with(app, METRICS_TOKEN=TOKEN).test_client()
    wrong: tuple[dict[str, str], ...] = (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer ñ"},
        {"Authorization": TOKEN},
    )
    for headers in wrong:
        answer = client.get("/metrics", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "eventapp_" not in answer.text


def test_without_a_token_there_is_no_such_page(app):
    assert (
        app.test_client().get("/metrics", headers={"Authorization": "Bearer None"}).status_code
        == 404
    )


def test_requests_are_counted_by_route_method_and_status(app, make, figure):
    rsvp = make.rsvp(make.event())
    route = {"route": "/r/<key>", "method": "GET"}
    before = [figure("eventapp_requests_total", **route, status=code) for code in ("200", "404")]
    timed = figure("eventapp_request_seconds_count", **route)
    app.test_client().get(f"/r/{rsvp.key}")
    app.test_client().get(f"/r/{'x' * 22}")
    after = [figure("eventapp_requests_total", **route, status=code) for code in ("200", "404")]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1]
    assert figure("eventapp_request_seconds_count", **route) == timed + 2


def test_what_anybody_may_send_makes_no_figures_of_its_own(app, figure):
    client = app.test_client()
    client.open("/no/such/page/ana@example.org", method="ANA")
    client.open("/", method="BREW")
    answer = app_with(app, METRICS_TOKEN=TOKEN).test_client().get("/metrics", headers=BEARER)
    assert sum_of(answer.text, "eventapp_requests_total", method="other") >= 2
    for typed in ("ANA", "ana@", "BREW", "no/such"):
        assert typed not in answer.text


def test_no_figure_names_anybody(app, make, browser, figure):
    event = make.event(slug="beers-and-talks")
    rsvp = make.rsvp(event, "Ana Ruiz", person=make.person("ana@example.org"))
    door = at_door(make, browser(), event)
    post(door, f"/e/{event.slug}/door/scan", code=rsvp.ticket)
    for path in (f"/r/{rsvp.key}", f"/m/{rsvp.badge}", f"/e/{event.slug}"):
        app.test_client().get(path)
    answer = app_with(app, METRICS_TOKEN=TOKEN).test_client().get("/metrics", headers=BEARER)
    for secret in (rsvp.key, rsvp.ticket, rsvp.badge, event.slug, "Ana", "ana@", "Main door"):
        assert secret not in answer.text


def test_what_doors_answered_is_counted_once_a_scan(make, browser, figure):
    def counted() -> dict[str, float]:
        name = "eventapp_door_outcomes_total"
        kinds = ("admitted", "already", "denied")
        return {outcome: figure(name, outcome=outcome) for outcome in kinds}

    event, before = make.event(), counted()
    rsvp = make.rsvp(event)
    door, scan = at_door(make, browser(), event), f"/e/{event.slug}/door/scan"
    unknown = figure("eventapp_door_outcomes_total", outcome="denied", reason="unknown")
    same = str(uuid4())
    for fields in ({"scan_id": same}, {"scan_id": same}, {}, {"code": "nonsense"}):
        assert post(door, scan, **{"code": rsvp.ticket, **fields}).status_code == 200
    after = counted()
    assert {name: after[name] - before[name] for name in after} == {
        "admitted": 1,
        "already": 1,
        "denied": 1,
    }
    assert figure("eventapp_door_outcomes_total", outcome="denied", reason="unknown") == unknown + 1


def test_the_waiting_mail_is_told_with_the_age_of_the_oldest(app, make, figure):
    assert figure("eventapp_mails_waiting") == figure("eventapp_oldest_mail_age_seconds") == 0
    with make.act():
        for number in range(3):
            at = clock.now().replace(year=2025)
            outbox.queue("x", to=f"a{number}@example.org", language="en", at=at, values={})
    assert figure("eventapp_mails_waiting") == 3
    assert figure("eventapp_oldest_mail_age_seconds") > 300 * 24 * 3600


def test_a_mail_that_backs_off_is_not_late_until_its_next_attempt_is_due(app, make, figure):
    with make.act():
        yesterday = clock.now() - timedelta(days=1)
        outbox.queue("x", to="ana@example.org", language="en", at=yesterday, values={})
    with make.act():
        mail = delivery.claim_next(clock.now())
        mail.attempts = 11
        delivery.mark_not_taken(mail, clock.now() - timedelta(hours=3), reason="452 Mailbox full")
    assert figure("eventapp_mails_waiting") == figure("eventapp_mails_retrying") == 1
    assert figure("eventapp_oldest_mail_age_seconds") == 0
    with time_machine.travel(clock.now() + timedelta(hours=1, minutes=20)):
        assert 20 * 60 - 10 < figure("eventapp_oldest_mail_age_seconds") < 20 * 60 + 10


def test_errors_of_the_database_are_counted_by_kind(app, figure):
    before = figure("eventapp_database_errors_total")
    with app.app_context(), pytest.raises(SQLAlchemyError), transaction():
        db.session.execute(text("SELECT * FROM no_such_table"))
    assert figure("eventapp_database_errors_total") == before + 1


def test_the_server_says_which_version_it_is(app, figure):
    with app.app_context():
        database = db.engine.dialect.name
    assert figure("eventapp_info", database=database) == 1
    assert figure("eventapp_database_up") == 1


def ask(port: int, path: str) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=BEARER)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.read().decode())


@pytest.mark.slow
def test_all_workers_are_added_up_also_those_that_died(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'served.db'}"
    migrate(app := new_app(SQLALCHEMY_DATABASE_URI=url))
    with app.app_context():
        db.engine.dispose()
    home = {"route": "/", "status": "200"}
    with serving(url, tmp_path / "log", METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path)) as port:
        for _ in range(10):
            ask(port, "/")
        assert sum_of(ask(port, "/metrics"), "eventapp_requests_total", **home) == 10
        [folder] = tmp_path.glob("eventapp-metrics-*")
        victim, other = process_at(port).children()
        victim.kill()
        while len(now := process_at(port).children()) < 2 or victim in now:
            time.sleep(0.05)
        for _ in range(10):
            ask(port, "/")
        assert sum_of(ask(port, "/metrics"), "eventapp_requests_total", **home) == 20
        assert other.is_running()
        assert len(list(folder.glob("counter_*.db"))) <= 2
    assert not folder.exists()

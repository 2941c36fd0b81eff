"""Metrics that are read from the database at each scrape: the waiting mail, and this server's
version.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core import clock, metrics
from eventapp.core.backup.runs import last_backups
from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail, is_waiting


@dataclass(frozen=True)
class _Waiting:
    """How many mails wait, how many of them for a retry, and since when the most overdue one is
    due. A mail that backs off is not due until its next attempt.
    """

    count: int
    retrying: int
    due_since: datetime | None


def _waiting(at: datetime) -> _Waiting:
    counted = select(
        func.count(),
        func.count().filter(OutboxMail.attempts > 0),
        func.min(OutboxMail.send_after).filter(OutboxMail.send_after <= at),
    )
    return _Waiting(*db.session.execute(counted.where(is_waiting())).one())


class FromDatabase(Collector):
    """If the database does not answer, the other metrics are exported all the same."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        at = clock.now()
        try:
            mail, backup = _waiting(at), last_backups()
        except SQLAlchemyError:
            yield GaugeMetricFamily("eventapp_database_up", "Whether it answers.", value=0)
            return
        yield GaugeMetricFamily("eventapp_database_up", "Whether it answers.", value=1)
        yield from _of_mail(mail, at)
        if backup.good:
            age = (at - backup.good.at).total_seconds()
            yield GaugeMetricFamily(
                "eventapp_backup_age_seconds", "Since the last good nightly copy.", value=age
            )
        if backup.good or backup.failed:
            failed = int(backup.failed is not None)
            yield GaugeMetricFamily(
                "eventapp_backup_failed", "Whether the last nightly copy failed.", value=failed
            )


def _of_mail(mail: _Waiting, at: datetime) -> Iterator[GaugeMetricFamily]:
    age = (at - mail.due_since).total_seconds() if mail.due_since else 0
    yield GaugeMetricFamily("eventapp_mails_waiting", "Mails to be sent.", value=mail.count)
    yield GaugeMetricFamily(
        "eventapp_mails_retrying", "Those of them that an attempt failed for.", value=mail.retrying
    )
    yield GaugeMetricFamily(
        "eventapp_oldest_mail_age_seconds", "Since it is due; 0 if none is.", value=age
    )


class About(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        info = GaugeMetricFamily(
            "eventapp_info", "Versions.", labels=("version", "python", "database")
        )
        about = (version("eventapp"), platform.python_version(), db.engine.dialect.name)
        info.add_metric(about, 1)
        yield info


metrics.at_scrape(About())
metrics.at_scrape(FromDatabase())

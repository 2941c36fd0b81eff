"""Metrics that are read from the database at each scrape: the waiting mail, and this server's
version.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core import clock, metrics, outbox
from eventapp.core.backup.runs import last_backups
from eventapp.core.db import db


class FromDatabase(Collector):
    """If the database does not answer, the other metrics are exported all the same."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        at = clock.now()
        try:
            mail, backup = outbox.waiting(at), last_backups()
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


def _of_mail(mail: outbox.Waiting, at: datetime) -> Iterator[GaugeMetricFamily]:
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

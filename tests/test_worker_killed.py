"""Workers that are killed while they send: nothing is given up, nothing is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from eventapp.core.delivery import LEASE
from eventapp.core.outbox import OutboxMail
from tests.application import SETTINGS
from tests.mailbox import Mailbox
from tests.processes import context
from tests.test_worker import later, rsvp, work
from tests.worker_process import send


def kill_workers(app: Flask, mailbox: Mailbox, command: str, count: int) -> None:
    """Start some, and kill each while it waits for the server's answer to this command."""
    urls = {name: app.config[name] for name in ("SQLALCHEMY_DATABASE_URI", "MAIL_URL")}
    workers = [context.Process(target=send, args=({**SETTINGS, **urls},)) for _ in range(count)]
    mailbox.stalls_at = command
    for worker in workers:
        worker.start()
    mailbox.wait_for_stalled(count)
    for worker in workers:
        worker.kill()
        worker.join()
    mailbox.stalls_at = None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "workers", "times_sent"), [("RCPT", 2, {1: 6}), ("DATA", 8, {1: 4, 2: 8})]
)
def test_workers_that_are_killed_give_up_nothing_and_lose_nothing(
    app, make, mailbox, command, workers, times_sent
):
    event, mails = make.event(), workers + 4
    for number in range(mails):
        rsvp(make, event, f"guest{number}@example.org")
    kill_workers(app, mailbox, command, workers)
    states = Counter((row.state, row.attempts) for row in make.rows(OutboxMail))
    assert states == {("waiting", 0): mails}
    assert work(app) == 4, "those that were leased are left alone"
    later(app, seconds=LEASE.total_seconds())
    assert work(app) == workers, "and go out when the lease is over"
    assert {row.state for row in make.rows(OutboxMail)} == {"sent"}
    assert Counter(Counter(mailbox.ids).values()) == times_sent, "a second copy has the same id"

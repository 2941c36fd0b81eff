"""flask worker: sends the waiting mail, and does what is due."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from eventapp.core import clock, mail, outbox
from eventapp.core.db import db, transaction
from eventapp.me.actions import forget_past_events, forget_people_without_events
from eventapp.met.actions import ask_who_they_met
from eventapp.rsvp.actions import tell_what_was_called_off

ROUND_SECONDS = 2

# What is due by itself, done in its own transaction; each returns how much it did.
DUE: tuple[Callable[[datetime], int], ...] = (
    tell_what_was_called_off,
    ask_who_they_met,
    forget_past_events,
    forget_people_without_events,
)


def do_what_is_due() -> int:
    done = 0
    for verb in DUE:
        with transaction():
            done += verb(clock.now())
    return done


def send_waiting_mail() -> int:
    """Send what waits in the outbox. Returns how many went out.

    A mail is claimed and committed before it is sent, so that no transaction waits for a mail
    server. One that fails comes again later; one whose worker dies in between may come twice.
    """
    url = current_app.config["MAIL_URL"]
    if not url:
        return 0  # kept, and shown at /dev/mail
    with transaction():
        waiting = outbox.claim_due(clock.now())
    if not waiting:
        return 0
    sent = 0
    try:
        with mail.connection(url) as server:
            for one in waiting:
                sent += _send(server, one)
    except (OSError, smtplib.SMTPException) as error:
        current_app.logger.warning("the mail server was not reached: %s", error)
    return sent


def _send(server: smtplib.SMTP, one: outbox.OutboxMail) -> int:
    try:
        server.send_message(mail.message(one))
    except smtplib.SMTPException as error:
        with transaction():
            outbox.mark_failed(one, error)
        return 0
    with transaction():
        outbox.mark_sent(one, clock.now())
    return 1


@click.command("worker")
@click.option("--once", is_flag=True, help="One round, then end.")
@with_appcontext
def command(once: bool) -> None:
    """Send the waiting mail and run what is due, until stopped."""
    while True:
        due, sent = do_what_is_due(), send_waiting_mail()
        db.session.remove()
        if once:
            click.echo(f"due {due}, sent {sent}")
            return
        if not sent:
            time.sleep(ROUND_SECONDS)


def init_app(app: Flask) -> None:
    app.cli.add_command(command)

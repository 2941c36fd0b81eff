"""flask worker: sends the waiting mail, and does what is due."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from eventapp.account.actions import forget_what_expired
from eventapp.core import clock, mail, outbox
from eventapp.core.db import db, transaction
from eventapp.door.actions import wipe_old_rehearsals
from eventapp.kiosk.actions import forget_wrong_letters
from eventapp.me.actions import forget_past_events, forget_people_without_events
from eventapp.met.actions import ask_who_they_met
from eventapp.rsvp.actions import tell_what_was_called_off

ROUND_SECONDS = 2
HOUR_SECONDS = 3600

Due = Callable[[datetime], int]
"""Does some of what is due at an instant, and returns how much; whoever calls comes again."""

# Each in a transaction of its own. Telling people is for now; forgetting, which looks through
# many rows, can wait for the hour.
EACH_ROUND: tuple[Due, ...] = (tell_what_was_called_off, ask_who_they_met)
EACH_HOUR: tuple[Due, ...] = (
    forget_past_events,
    forget_people_without_events,
    forget_what_expired,
    wipe_old_rehearsals,
    forget_wrong_letters,
    outbox.forget_old,
)


def do_what_is_due(verbs: Sequence[Due]) -> int:
    """What fails is logged and comes again; it does not keep the others from being done."""
    done = 0
    for verb in verbs:
        try:
            with transaction():
                done += verb(clock.now())
        except Exception:
            current_app.logger.exception("%s failed", verb.__name__)
    return done


def send_waiting_mail() -> int:
    """Send what waits in the outbox. Returns how many went out.

    A mail is claimed and committed before it is sent, so that no transaction waits for a mail
    server. One that fails comes again later; one whose worker dies in between may come twice.
    """
    url = current_app.config["MAIL_URL"]
    if not url:
        return 0  # kept, and shown at /dev/mail
    try:
        with transaction():
            waiting = outbox.claim_due(clock.now())
        if not waiting:
            return 0
        with mail.connection(url) as server:
            return sum(_send(server, one) for one in waiting)
    except (OSError, smtplib.SMTPException, SQLAlchemyError) as error:
        current_app.logger.warning("mail waits: %s", error)
        return 0


def _send(server: smtplib.SMTP, one: outbox.OutboxMail) -> bool:
    """Whether it went out. A mail that cannot be written, or is refused, holds up no other."""
    try:
        server.send_message(mail.message(one))
    except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError):
        raise  # nor will the next one
    except Exception as error:
        current_app.logger.warning("mail %s did not go out: %s", one.id, error)
        with transaction():
            outbox.mark_failed(one, error)
        return False
    with transaction():
        outbox.mark_sent(one, clock.now())
    return True


@click.command("worker")
@click.option("--once", is_flag=True, help="One round, of everything, then end.")
@with_appcontext
def command(once: bool) -> None:
    """Send the waiting mail and run what is due, until stopped."""
    hourly_at = 0.0
    while True:
        due = do_what_is_due(EACH_ROUND)
        if time.monotonic() >= hourly_at:
            forgotten = do_what_is_due(EACH_HOUR)
            due += forgotten
            if not forgotten:  # while there is more, it goes on in the next round
                hourly_at = time.monotonic() + HOUR_SECONDS
        sent = send_waiting_mail()
        db.session.remove()
        if once:
            click.echo(f"due {due}, sent {sent}")
            return
        if not sent:
            time.sleep(ROUND_SECONDS)


def init_app(app: Flask) -> None:
    app.cli.add_command(command)

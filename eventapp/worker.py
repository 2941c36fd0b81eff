"""flask worker: send waiting mail, and do what is due."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from eventapp.account.actions import forget_old_codes, forget_old_sessions
from eventapp.badges.actions import forget_old_sheets
from eventapp.badges.drawer import draw_sheets
from eventapp.conduct.actions import forget_old_reports, tell_of_reports
from eventapp.core import clock, outbox, serving
from eventapp.core.backup.nightly import back_up_if_due
from eventapp.core.database_errors import trouble
from eventapp.core.db import end_session, reading, transaction
from eventapp.core.due import Due
from eventapp.core.portions import short_portions
from eventapp.core.retry import retrying
from eventapp.core.sent_forms import forget_old_forms
from eventapp.core.statistics import fresh_statistics
from eventapp.door.rehearsal import wipe_old_rehearsals
from eventapp.floor.actions import forget_askers, forget_questions
from eventapp.follow.actions import tell_followers
from eventapp.greeting.actions import (
    plan_due_suggestions,
    tell_hosts_who_is_in,
    tell_of_another_host,
    tell_people_to_meet,
)
from eventapp.guests.handed_in import forget_shown, forget_unconfirmed, forget_unwritten
from eventapp.guests.long_lists import read_long_lists, write_long_lists
from eventapp.guests.messages import forget_messages
from eventapp.guests.request_mails import send_request_mails
from eventapp.guests.take_back import take_back_imports
from eventapp.guests.ticket_mails import send_asked_tickets
from eventapp.impressions.actions import (
    ask_about_quotes,
    forget_old_impressions,
    forget_old_pictures,
    mail_recaps,
)
from eventapp.introductions.actions import (
    ask_by_mail,
    ask_to_pass_by_mail,
    ask_what_came_of_it,
    forget_old_introductions,
    forget_old_passed,
)
from eventapp.kiosk.wrong_tries import forget_wrong_tries
from eventapp.me.actions import forget_past_events, forget_people_without_events
from eventapp.met.actions import (
    ask_who_they_met,
    forget_who_was_asked,
    remind_of_follow_ups,
    tell_who_met_them,
)
from eventapp.report.actions import keep_figures
from eventapp.rounds.actions import forget_seats, forget_ticks, start_rounds_due
from eventapp.rsvp.actions import (
    ask_maybes_again,
    forget_undelivered,
    remind_hours_before,
    remind_the_day_before,
    send_cancellation_mails,
    tell_back_on,
    tell_what_changed,
)
from eventapp.sending import Sender

ROUND_SECONDS = 2

# Who is on the way to an event that was called off is told at once, a round begins when its time
# has come, and somebody looks on while a list is read or imported, or badges are drawn. A minute
# later is soon enough for other mails. Deletions and figures, which scan many rows, come each hour.
EACH_ROUND: tuple[Due, ...] = (
    send_cancellation_mails,
    start_rounds_due,
    read_long_lists,
    write_long_lists,
    draw_sheets,
    take_back_imports,
    send_asked_tickets,
)
EACH_MINUTE: tuple[Due, ...] = (
    tell_back_on,
    tell_what_changed,
    send_request_mails,
    tell_of_reports,
    ask_about_quotes,
    mail_recaps,
    ask_maybes_again,
    remind_the_day_before,
    plan_due_suggestions,
    remind_hours_before,
    tell_people_to_meet,
    tell_of_another_host,
    tell_hosts_who_is_in,
    ask_who_they_met,
    tell_who_met_them,
    remind_of_follow_ups,
    ask_by_mail,
    ask_to_pass_by_mail,
    ask_what_came_of_it,
    tell_followers,
)
EACH_HOUR: tuple[Due, ...] = (
    keep_figures,
    forget_past_events,
    forget_people_without_events,
    forget_old_codes,
    forget_old_sessions,
    *wipe_old_rehearsals,
    forget_wrong_tries,
    forget_who_was_asked,
    forget_old_reports,
    forget_old_impressions,
    forget_old_pictures,
    forget_seats,
    forget_askers,
    forget_questions,
    forget_ticks,
    forget_old_introductions,
    forget_old_passed,
    forget_undelivered,
    forget_messages,
    forget_unconfirmed,
    forget_unwritten,
    forget_shown,
    forget_old_sheets,
    outbox.forget_old,
    forget_old_forms,
    fresh_statistics,
)


def do_what_is_due(work: Sequence[Due]) -> int:
    """Do all that is due. A failure is logged and retried later, and does not stop the rest."""
    done = 0
    for due in work:
        try:
            done += _do(due)
        except Exception as error:
            words = trouble(error)
            current_app.logger.error("%s failed: %s", due.name, words, exc_info=not words)
            end_session()
    return done


def _do(due: Due) -> int:
    ids = retrying(partial(_find, due))
    portions = short_portions(ids, least=due.least)
    return sum(retrying(partial(_deal_with, due, some)) for some in portions)


def _find(due: Due) -> Sequence[int]:
    with reading():
        return due.find(clock.now())


def _deal_with(due: Due, ids: Sequence[int]) -> int:
    with transaction():
        return due.do(ids, clock.now())


@dataclass
class Regularly:
    """Work that is done every so many seconds, and in each round while it finds something to do."""

    seconds: float
    work: Callable[[], int]
    _next: float = 0.0

    def do_if_time(self) -> int:
        if time.monotonic() < self._next:
            return 0
        done = self.work()
        if not done:
            self._next = time.monotonic() + self.seconds
        return done


def forget_and_back_up() -> int:
    forgotten = do_what_is_due(EACH_HOUR)
    if not forgotten:
        back_up()
    return forgotten


def back_up() -> None:
    try:
        back_up_if_due(clock.now())
    except Exception as error:
        words = trouble(error)
        current_app.logger.error("the nightly backup failed: %s", words, exc_info=not words)
        end_session()


@click.command("worker")
@click.option("--once", is_flag=True, help="One round, of everything, then end.")
@with_appcontext
def command(once: bool) -> None:
    """Send the waiting mail and run what is due, until stopped."""
    serving.hold(current_app)
    each_minute = Regularly(60, partial(do_what_is_due, EACH_MINUTE))
    each_hour = Regularly(3600, forget_and_back_up)
    sender = Sender()
    while True:
        at_once = do_what_is_due(EACH_ROUND)
        due = at_once + each_minute.do_if_time() + each_hour.do_if_time()
        sent = sender.send_some()
        end_session()
        if once:
            click.echo(f"due {due}, sent {sent}")
            return
        if not sent and not at_once:
            time.sleep(ROUND_SECONDS)


def init_app(app: Flask) -> None:
    app.cli.add_command(command)

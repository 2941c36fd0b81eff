"""Every kind of mail: its name for organisers, and its values at the time it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from eventapp.account import actions as account
from eventapp.communities import actions as communities
from eventapp.conduct import actions as conduct
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.outbox import OutboxMail
from eventapp.events import actions as events
from eventapp.follow.actions import following, news
from eventapp.greeting import actions as greeting
from eventapp.guests import messages, request_mails, tickets
from eventapp.impressions import actions as impressions
from eventapp.introductions import actions as introductions
from eventapp.met.actions import follow_up, gather, morning_after, scan
from eventapp.rsvp.actions import ask_again, moved_mail, notify, remind
from eventapp.rsvp.queries import rsvp_mailed

Said = dict[str, Any]


def _hours_before(mail: OutboxMail, at: datetime) -> Said | None:
    """The reminder, with whom its guest is led to now."""
    said, rsvp = remind.mail_says(mail, at), rsvp_mailed(mail)
    return {**said, **greeting.people_to_meet_values(rsvp, at)} if said and rsvp else said


# By template: the values of a mail at an instant, or None if what it says is no longer true.
_SAYS_NOW: Mapping[str, Callable[[OutboxMail, datetime], Said | None]] = {
    account.SIGN_IN: account.sign_in_mail_says,
    communities.ORGANISER: communities.organiser_mail_says,
    following.CONFIRM: following.confirmation_mail_says,
    news.NEWS: news.mail_says,
    events.QUESTION: events.question_says,
    **dict.fromkeys(notify.SENT_FOR, notify.mail_says),
    ask_again.STILL_MAYBE: ask_again.mail_says,
    **dict.fromkeys(remind.REMINDERS, remind.mail_says),
    remind.HOURS_BEFORE.template: _hours_before,
    greeting.PEOPLE_TO_MEET: greeting.people_mail_says,
    greeting.NEWCOMER_IS_IN: greeting.is_in_mail_says,
    notify.CHANGED: moved_mail.mail_says,
    tickets.TICKET: tickets.mail_says,
    messages.MESSAGE: messages.mail_says,
    request_mails.REQUESTS: request_mails.mail_says,
    morning_after.MORNING_AFTER: morning_after.mail_says,
    scan.SCANNED: scan.scan_mail_says,
    gather.DID_YOU_MEET: gather.mail_says,
    follow_up.FOLLOW_UP: follow_up.mail_says,
    conduct.REPORTED: conduct.reported_mail_says,
    conduct.ANSWER: conduct.answer_mail_says,
    impressions.ASK_QUOTE: impressions.ask_quote_says,
    impressions.RECAP: impressions.recap_mail_says,
    introductions.ASKED: introductions.asked_mail_says,
    introductions.JOINED: introductions.joined_mail_says,
    introductions.JOINED_YOURS: introductions.joined_yours_mail_says,
    introductions.WHAT_CAME: introductions.what_came_mail_says,
    introductions.CAME: introductions.came_mail_says,
    introductions.MAY_I: introductions.may_i_mail_says,
    introductions.YOU_MAY: introductions.you_may_mail_says,
}

# Those about an event, which its organisers see.
WORDS = {
    notify.ANSWERED: _l("Ticket"),
    notify.ALREADY: _l("Answered twice"),
    notify.PROMOTED: _l("Has a place"),
    notify.CANCELLED: _l("Cancelled"),
    notify.APPROVED: _l("Approved"),
    notify.DECLINED: _l("Declined"),
    notify.CALLED_OFF: _l("Event called off"),
    notify.BACK_ON: _l("Takes place after all"),
    notify.CHANGED: _l("What changed"),
    ask_again.STILL_MAYBE: _l("Still maybe?"),
    remind.DAY_BEFORE.template: _l("Reminder the day before"),
    remind.HOURS_BEFORE.template: _l("Reminder two hours before"),
    greeting.PEOPLE_TO_MEET: _l("People to meet"),
    greeting.NEWCOMER_IS_IN: _l("To a host: somebody new is here"),
    tickets.TICKET: _l("Ticket of an imported guest"),
    messages.MESSAGE: _l("Message from the hosts"),
    morning_after.MORNING_AFTER: _l("Who did you meet?"),
    impressions.RECAP: _l("Recap"),
}


def kind_of(mail: OutboxMail) -> str:
    """Its name for organisers."""
    return str(WORDS[mail.template])


def says_now(mail: OutboxMail, at: datetime) -> Said | None:
    """The current values of a waiting mail. Returns None if what it says is no longer true, so that
    it need not be sent.
    """
    return _SAYS_NOW[mail.template](mail, at)

"""The actions on encounters: note one, decline, take back; ask by mail the morning after, and tell
by mail, once a day, what others noted; remind of whom one wanted to get in touch with.
"""

from eventapp.met.actions.follow_up import need_no_mail_of_begun_day, remind_of_follow_ups
from eventapp.met.actions.gather import forget_who_was_asked, tell_who_met_them
from eventapp.met.actions.met_mail import end_met_mail, end_of_mail, resume_met_mail
from eventapp.met.actions.morning_after import ask_who_they_met
from eventapp.met.actions.name import TooManyNames, forget_name, note_name
from eventapp.met.actions.say import (
    MetCalledOff,
    MetClosed,
    MetNotOpen,
    confirm_unsure,
    decline,
    deny_unsure,
    forget,
    lock_both,
    say_we_met,
    undo_decline,
)
from eventapp.met.actions.scan import mail_scan

__all__ = [
    "MetCalledOff",
    "MetClosed",
    "MetNotOpen",
    "TooManyNames",
    "ask_who_they_met",
    "confirm_unsure",
    "decline",
    "deny_unsure",
    "end_met_mail",
    "end_of_mail",
    "forget",
    "forget_name",
    "forget_who_was_asked",
    "lock_both",
    "mail_scan",
    "need_no_mail_of_begun_day",
    "note_name",
    "remind_of_follow_ups",
    "resume_met_mail",
    "say_we_met",
    "tell_who_met_them",
    "undo_decline",
]

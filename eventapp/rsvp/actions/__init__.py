"""The actions on RSVPs: answer, change, cancel; and what they do to seats and the waitlist."""

from eventapp.rsvp.actions.answer import answer
from eventapp.rsvp.actions.ask_again import ask_maybes_again
from eventapp.rsvp.actions.cancellation_mail import (
    is_told_back_on,
    mails_of_back_on,
    mails_of_call_off,
    send_cancellation_mails,
    tell_back_on,
    withdraw_call_off_mails,
)
from eventapp.rsvp.actions.change import cancel, change, confirm, forget_proof, say
from eventapp.rsvp.actions.entry import enter, enter_all, erase_all, give_to, rename, renew_ticket
from eventapp.rsvp.actions.finish import finish
from eventapp.rsvp.actions.floor import give_questions, leave_floor
from eventapp.rsvp.actions.invitation import invitation, note_in_calendar
from eventapp.rsvp.actions.mail_again import mail_again
from eventapp.rsvp.actions.mail_budgets import is_mailed_already
from eventapp.rsvp.actions.moved import guests_untold, keep_change_quiet, tell_change, untold_change
from eventapp.rsvp.actions.moved_mail import mails_of_change, tell_what_changed
from eventapp.rsvp.actions.notices import (
    WAS_SENT_TICKET,
    delete_notices,
    drop_mail,
    drop_unsent_mails,
    forget_notices,
    forget_ticket,
    forget_undelivered,
    note_told,
    tell_once,
    unsent_of,
)
from eventapp.rsvp.actions.personal_feed import end_personal_feed, make_personal_feed
from eventapp.rsvp.actions.proof import answers_typed, form_of, prove_by_digits
from eventapp.rsvp.actions.questions import (
    PlannedQuestion,
    SameQuestion,
    questions_of,
    set_questions,
)
from eventapp.rsvp.actions.remind import remind_hours_before, remind_the_day_before
from eventapp.rsvp.actions.seats import (
    lock_list,
    lock_own_rsvp,
    lock_rsvp,
    lock_rsvps,
    lock_rsvps_of,
    lock_seats,
    take_seats,
    take_seats_over_capacity,
)
from eventapp.rsvp.actions.status import (
    MOST_FIRST,
    WELCOME,
    decide_again,
    give_place,
    join,
    note_requests_told,
    put,
    refuse,
    resize,
    say_yes,
    say_yes_to_seated,
    set_status,
    take_back_no,
    take_off,
    take_place,
    take_place_or_wait,
    wait,
)
from eventapp.rsvp.actions.to_come import mails_to_come, values_as
from eventapp.rsvp.actions.typed import Answer, AnsweredHere
from eventapp.rsvp.actions.waitlist import change_capacity, promote

__all__ = [
    "MOST_FIRST",
    "WAS_SENT_TICKET",
    "WELCOME",
    "Answer",
    "AnsweredHere",
    "PlannedQuestion",
    "SameQuestion",
    "answer",
    "answers_typed",
    "ask_maybes_again",
    "cancel",
    "change",
    "change_capacity",
    "confirm",
    "decide_again",
    "delete_notices",
    "drop_mail",
    "drop_unsent_mails",
    "end_personal_feed",
    "enter",
    "enter_all",
    "erase_all",
    "finish",
    "forget_notices",
    "forget_proof",
    "forget_ticket",
    "forget_undelivered",
    "form_of",
    "give_place",
    "give_questions",
    "give_to",
    "guests_untold",
    "invitation",
    "is_mailed_already",
    "is_told_back_on",
    "join",
    "keep_change_quiet",
    "leave_floor",
    "lock_list",
    "lock_own_rsvp",
    "lock_rsvp",
    "lock_rsvps",
    "lock_rsvps_of",
    "lock_seats",
    "mail_again",
    "mails_of_back_on",
    "mails_of_call_off",
    "mails_of_change",
    "mails_to_come",
    "make_personal_feed",
    "note_in_calendar",
    "note_requests_told",
    "note_told",
    "promote",
    "prove_by_digits",
    "put",
    "questions_of",
    "refuse",
    "remind_hours_before",
    "remind_the_day_before",
    "rename",
    "renew_ticket",
    "resize",
    "say",
    "say_yes",
    "say_yes_to_seated",
    "send_cancellation_mails",
    "set_questions",
    "set_status",
    "take_back_no",
    "take_off",
    "take_place",
    "take_place_or_wait",
    "take_seats",
    "take_seats_over_capacity",
    "tell_back_on",
    "tell_change",
    "tell_once",
    "tell_what_changed",
    "unsent_of",
    "untold_change",
    "values_as",
    "wait",
    "withdraw_call_off_mails",
]

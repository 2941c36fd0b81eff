"""The actions on introductions: ask two contacts; accept, decline, withdraw; want none."""

from eventapp.introductions.actions.answer import AnsweredTooLate, accept, decline, withdraw
from eventapp.introductions.actions.ask import (
    Asked,
    IntroducedBefore,
    SamePerson,
    TooManyIntroductions,
    introduce,
)
from eventapp.introductions.actions.follow_up import (
    ASKED_AFTER,
    CAME,
    WHAT_CAME,
    ask_what_came_of_it,
    came_mail_says,
    say_what_came,
    takes_what_came,
    what_came_mail_says,
)
from eventapp.introductions.actions.forget import (
    forget_introductions_at,
    forget_introductions_of,
    forget_old_introductions,
)
from eventapp.introductions.actions.pass_mails import (
    MAY_I,
    YOU_MAY,
    ask_to_pass_by_mail,
    may_i_mail_says,
    you_may_mail_says,
)
from eventapp.introductions.actions.pass_on import (
    Wish,
    agree,
    ask_to_pass,
    end_passing,
    forget_old_passed,
    note_opened,
    refuse,
)
from eventapp.introductions.actions.tell import (
    ASKED,
    JOINED,
    JOINED_YOURS,
    ask_by_mail,
    asked_mail_says,
    joined_mail_says,
    joined_yours_mail_says,
)
from eventapp.introductions.actions.wishes import (
    allow_suggesting,
    end_introductions,
    end_suggesting,
    resume_introductions,
)

__all__ = [
    "ASKED",
    "ASKED_AFTER",
    "CAME",
    "JOINED",
    "JOINED_YOURS",
    "MAY_I",
    "WHAT_CAME",
    "YOU_MAY",
    "AnsweredTooLate",
    "Asked",
    "IntroducedBefore",
    "SamePerson",
    "TooManyIntroductions",
    "Wish",
    "accept",
    "agree",
    "allow_suggesting",
    "ask_by_mail",
    "ask_to_pass",
    "ask_to_pass_by_mail",
    "ask_what_came_of_it",
    "asked_mail_says",
    "came_mail_says",
    "decline",
    "end_introductions",
    "end_passing",
    "end_suggesting",
    "forget_introductions_at",
    "forget_introductions_of",
    "forget_old_introductions",
    "forget_old_passed",
    "introduce",
    "joined_mail_says",
    "joined_yours_mail_says",
    "may_i_mail_says",
    "note_opened",
    "refuse",
    "resume_introductions",
    "say_what_came",
    "takes_what_came",
    "what_came_mail_says",
    "withdraw",
    "you_may_mail_says",
]

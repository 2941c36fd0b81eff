"""Guests ask and vote, and take both back at any time; hosts take questions, show, hide and answer
them.
"""

from eventapp.floor.actions.ask import (
    Asked,
    TooManyQuestions,
    ask_question,
    withdraw_question,
)
from eventapp.floor.actions.forget import forget_askers, forget_questions
from eventapp.floor.actions.hold import FloorClosed
from eventapp.floor.actions.moderate import (
    answer_question,
    hide_question,
    reopen_question,
    show_question,
)
from eventapp.floor.actions.open import close_floor, open_floor, put_on_wall
from eventapp.floor.actions.vote import take_own_vote_back, take_vote_back, vote

__all__ = [
    "Asked",
    "FloorClosed",
    "TooManyQuestions",
    "answer_question",
    "ask_question",
    "close_floor",
    "forget_askers",
    "forget_questions",
    "hide_question",
    "open_floor",
    "put_on_wall",
    "reopen_question",
    "show_question",
    "take_own_vote_back",
    "take_vote_back",
    "vote",
    "withdraw_question",
]

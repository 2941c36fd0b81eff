"""Reads: whether an event takes questions from the floor, and which of them who is shown."""

from eventapp.floor.queries.floors import floor_at, floor_on_wall, talk_on
from eventapp.floor.queries.own import OwnOnFloor, VotedFor, own_on_floor
from eventapp.floor.queries.questions import (
    OfTalk,
    Questions,
    ShownQuestion,
    count_waiting,
    has_asked,
    question_at,
    questions_on_wall,
    questions_to_guest,
    questions_to_hosts,
    questions_told,
    votes_there,
)

__all__ = [
    "OfTalk",
    "OwnOnFloor",
    "Questions",
    "ShownQuestion",
    "VotedFor",
    "count_waiting",
    "floor_at",
    "floor_on_wall",
    "has_asked",
    "own_on_floor",
    "question_at",
    "questions_on_wall",
    "questions_to_guest",
    "questions_to_hosts",
    "questions_told",
    "talk_on",
    "votes_there",
]

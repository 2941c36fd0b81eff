"""Whatever people introduce, answer, take back, share, block and delete: nothing crosses beyond
what both accepted; and a no is the same as silence to everybody but who says it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.introductions import queries
from eventapp.introductions.queries import State
from eventapp.model import (
    LAPSES_AFTER,
    IntroductionSide,
    OutboxMail,
)
from tests.introductions.evening import (
    act,
    answer,
    begin,
    introduce,
    leave,
    pass_on,
)
from tests.introductions.looks import look, look_at_mails, mails_to, own_pages
from tests.introductions.said import NAMES, OTHERS, Evening
from tests.properties import HealthCheck, Phase, given, settings, st

WORDS_SAID = ("introduce", "introduce", "accept", "accept", "accept", "decline", "withdraw")
VERBS = (
    *(*WORDS_SAID, "block", "unblock", "end", "resume", "tick", "untick"),
    *("take_back", "share_again", "came", "follow_up", "wait", "suggest", "hush"),
    *("pass", "agree", "agree", "refuse", "stop"),
)
WHO = st.integers(0, len(NAMES) - 1)
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), WHO, WHO, st.integers(0, 2)), min_size=60, max_size=60
)
JOINED = [("introduce", 0, 1, 1), ("accept", 1, 1, 0), ("accept", 2, 2, 0)]  # to begin with
OFFERED = [*(("suggest", one, one, 0) for one in OTHERS), ("pass", 0, 1, 0), ("agree", 1, 1, 0)]
GONE = st.one_of(st.none(), WHO)
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
Step = tuple[str, int, int, int]


@pytest.mark.slow
@settings(max_examples=3, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS, gone=GONE)
def test_nothing_crosses_beyond_what_both_accepted(
    app: Flask, steps: list[Step], gone: int | None
) -> None:
    follow(app, steps, gone)


@pytest.mark.long
@settings(max_examples=120, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS, gone=GONE)
def test_the_same_in_thousands_of_steps(app: Flask, steps: list[Step], gone: int | None) -> None:
    follow(app, steps, gone)


def follow(app: Flask, steps: list[Step], gone: int | None) -> None:
    with app.test_request_context():
        evening = begin()
        for step in (*JOINED, *OFFERED):
            act(evening, *step)
        assert any(told.is_joined for told in evening.told.values())
        look(evening, 1, 2)
        for number, step in enumerate(steps):
            act(evening, *step)
            look(evening, step[1], step[2])
            look(evening, *((1, 2) if number % 2 else (2, 1)))
            if gone is not None and number == len(steps) // 2:
                leave(evening, gone)
        for one in range(len(NAMES)):
            look(evening, one, (one + 1) % len(NAMES))
            look_at_mails(evening, one)
        db.session.rollback()


SECRETS = r'(?<=csrf_token" value=")[^"]*|[\w-]{22,}|\d+'
DECLINED = st.lists(st.tuples(st.integers(0, 59), st.integers(0, 2)), min_size=1, max_size=12)


@pytest.mark.slow
@settings(max_examples=3, phases=PHASES, suppress_health_check=SUPPRESSED)
@given(steps=STEPS, who=st.sampled_from(OTHERS), when=DECLINED)
def test_a_no_is_the_same_as_silence(
    app: Flask, steps: list[Step], who: int, when: list[tuple[int, int]]
) -> None:
    """Two worlds that differ only in that somebody says no, at any time and as often as they like,
    or says nothing.
    """
    own = ("accept", "decline", "agree", "refuse")
    silent = [step for step in steps if step[1] != who or step[0] not in own]
    worlds = [seen_by_others(app, silent, who, at) for at in ([], when)]
    assert worlds[0] == worlds[1]


def seen_by_others(
    app: Flask, steps: Sequence[Step], who: int, declines: list[tuple[int, int]]
) -> list[str]:
    with app.test_request_context():
        evening, seen = begin(), []
        for number, step in enumerate(steps):
            act(evening, *step)
            for _, which in (each for each in declines if each[0] == number):
                answer(evening, "decline", who, which)
                pass_on(evening, "refuse", who, who, which)
                db.session.flush()
            seen += others(evening, who) if number % 10 == 0 else []
        evening.at += LAPSES_AFTER
        seen += others(evening, who)
        db.session.rollback()
    return seen


def others(evening: Evening, who: int) -> list[str]:
    """All that everybody else sees, but for ids and secrets."""
    texts = []
    for one, me in enumerate(evening.people):
        if one != who:
            texts += [own_pages(me, evening.at), *mails_to(me, evening.at)]
    return [re.sub(SECRETS, "…", text) for text in texts]


def test_nothing_is_left_of_it_in_the_tables(app: Flask) -> None:
    """Of somebody who is deleted: neither a side, nor a mail, nor the words that they wrote."""
    with app.test_request_context():
        evening = begin()
        introduce(evening, 0, 1, 1)
        for one in (1, 2):
            answer(evening, "accept", one, 0)
        introduce(evening, 3, 4, 0)
        db.session.flush()
        assert db.session.scalar(select(IntroductionSide.id).limit(1))
        for one in (0, 4):
            leave(evening, one)
        left = db.session.scalars(select(OutboxMail)).all()
        assert not [mail for mail in left if NAMES[0] in json.dumps(mail.values)]
        assert [each for each in evening.told.values() if each.is_joined]
        (got,) = queries.got_by(evening.people[1], at=evening.at)
        assert (got.state, got.introducer, got.reason) == (State.JOINED, "", "")
        db.session.rollback()

"""Two people who keep their cards, and take them back from each other, at the same moment."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask

from eventapp.model import CardShare, CardWithdrawal
from tests.contacts.evening import met
from tests.make import Make
from tests.racing import Tap, deadlocks, race, session_of

TIMES = 8


@pytest.mark.slow
def test_both_keep_their_cards_and_take_them_back_from_each_other(app: Flask, make: Make) -> None:
    event = make.event()
    ana, bea = make.rsvp(event, "Ana Ruiz"), make.rsvp(event, "Bea Gil")
    met(make, ana, bea)
    sides = []
    for own, other in ((ana, bea), (bea, ana)):
        session = session_of(make, own.person)
        card = {"company": "Acme", "share": ["company"]}
        sides += [[Tap("/me/card", session, card)] * TIMES] * 2
        for verb in ("share-again", "withdraw"):
            sides.append([Tap(f"/me/card/{verb}/{other.person_id}", session)] * TIMES)
    before = deadlocks(app)
    assert set(chain(*race(app, *sides))) <= {303, 409}
    assert deadlocks(app) == before
    assert len(make.rows(CardShare)) == 2
    assert len(make.rows(CardWithdrawal)) <= 2

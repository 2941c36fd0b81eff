"""The people of a guest list: known ones as they are, the others new."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from eventapp.account.actions import meet_people
from eventapp.core import clock
from eventapp.model import Person
from tests.make import Make


def test_overlapping_lists_brought_at_the_same_moment_do_not_block_each_other(make: Make) -> None:
    addresses = [f"guest{number}@example.org" for number in range(3000)]
    both = Barrier(2)

    def bring(listed: Sequence[str]) -> None:
        both.wait()
        with make.act():
            meet_people(dict.fromkeys(listed, "Ana"), language="en", at=clock.now())

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(bring, [addresses, addresses[::-1]]))
    assert len(make.rows(Person)) == 3000

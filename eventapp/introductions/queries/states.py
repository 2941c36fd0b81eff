"""What state an introduction is in, to whoever looks."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

PAIR_KEPT = timedelta(days=180)  # nobody introduces the same two again before


class State(StrEnum):
    """To who made it, it is `asked` until it is `joined`, `withdrawn` or `lapsed`. To the two,
    their own answer is `asked`, `accepted` or `declined`; of the other's they learn only that it
    is `joined`.
    """

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

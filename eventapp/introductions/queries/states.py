"""What state an introduction is in, to whoever looks."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """To who made it, it is `asked` until it is `joined` or `lapsed`. To the two, their own answer
    is `asked`, `accepted` or `declined`; of the other's they learn only that it is `joined`.
    """

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    JOINED = "joined"
    LAPSED = "lapsed"

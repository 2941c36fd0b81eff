"""The verbs of checking in oneself, and of what makes it possible at a venue."""

from eventapp.kiosk.actions.leave import PinsLocked, leave_kiosk
from eventapp.kiosk.actions.oneself import Claim, check_in_oneself
from eventapp.kiosk.actions.poster import put_up_poster, take_down_poster
from eventapp.kiosk.actions.tries import Source, forget_wrong_tries

__all__ = [
    "Claim",
    "PinsLocked",
    "Source",
    "check_in_oneself",
    "forget_wrong_tries",
    "leave_kiosk",
    "put_up_poster",
    "take_down_poster",
]

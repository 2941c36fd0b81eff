"""The verbs of checking in oneself, and of what makes it possible at a venue."""

from eventapp.kiosk.actions.leave import PinsLocked, leave_kiosk
from eventapp.kiosk.actions.oneself import Claim, Source, check_in_oneself, forget_wrong_letters
from eventapp.kiosk.actions.poster import put_up_poster, take_down_poster

__all__ = [
    "Claim",
    "PinsLocked",
    "Source",
    "check_in_oneself",
    "forget_wrong_letters",
    "leave_kiosk",
    "put_up_poster",
    "take_down_poster",
]

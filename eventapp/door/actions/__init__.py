"""The verbs at a door. Each act has a scan id; heard again, it is answered as before."""

from eventapp.door.actions.act import Act, RepeatedScan
from eventapp.door.actions.batch import fact_after_no
from eventapp.door.actions.check_in import ask, check_in, scan
from eventapp.door.actions.conflicts import settle
from eventapp.door.actions.leave import leave, scan_out, undo
from eventapp.door.actions.links import (
    Terms,
    add_link,
    forget_phone,
    open_door,
    see_phone,
    withdraw_link,
    withdraw_phone,
)
from eventapp.door.actions.rehearsal import rehearse, wipe_old_rehearsals, wipe_rehearsal
from eventapp.door.actions.settings import change_settings
from eventapp.door.actions.walk_in import walk_in

__all__ = [
    "Act",
    "RepeatedScan",
    "Terms",
    "add_link",
    "ask",
    "change_settings",
    "check_in",
    "fact_after_no",
    "forget_phone",
    "leave",
    "open_door",
    "rehearse",
    "scan",
    "scan_out",
    "see_phone",
    "settle",
    "undo",
    "walk_in",
    "wipe_old_rehearsals",
    "wipe_rehearsal",
    "withdraw_link",
    "withdraw_phone",
]

"""The verbs at a door. Each act has a scan id; heard again, it is answered as before."""

from eventapp.door.actions.act import Act, RepeatedScan
from eventapp.door.actions.check_in import check_in, scan, undo
from eventapp.door.actions.links import add_link, open_door, withdraw_link
from eventapp.door.actions.walk_in import walk_in

__all__ = [
    "Act",
    "RepeatedScan",
    "add_link",
    "check_in",
    "open_door",
    "scan",
    "undo",
    "walk_in",
    "withdraw_link",
]

"""An act of a guest for themself, done once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.door.event import EventAtDoor
from eventapp.door.log import DoorAction, RepeatedScan, ScanResult
from eventapp.kiosk import queries


def do_once(
    event: EventAtDoor,
    do: Callable[[DoorAction], ScanResult],
    act: Callable[[datetime], DoorAction],
) -> ScanResult | None:
    """What became of the act, or of the same act a moment ago; None if that was long ago."""
    now = clock.now()
    doing = act(now)
    try:
        with transaction():
            return do(doing)
    except RepeatedScan:
        return queries.recent_result(event, doing.scan_id, now)

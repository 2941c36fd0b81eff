"""A kiosk becomes a plain browser again, for who knows the PIN."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.door.links import forget_phone, pin_digest
from eventapp.kiosk.actions.tries import Source, hold_tries
from eventapp.model import DoorLink


class PinsLocked(Refusal):
    code = "pins_locked"
    message = _l("Too many wrong PINs. Wait a few minutes, or withdraw this tablet’s door link.")


def leave_kiosk(
    link: DoorLink, pin: str, *, phone_secret: str, at: datetime, sources: Sequence[Source]
) -> bool:
    """Take the tablet's kiosk away from it if the PIN is right; False if it is wrong, which
    is counted. A link without a PIN can only be withdrawn. Raises PinsLocked.
    """
    tries = hold_tries(link.event_id, sources, at)
    if tries.are_used_up:
        raise PinsLocked
    if hmac.compare_digest(pin_digest(link.secret, pin), link.pin_digest or ""):
        tries.forget()
        forget_phone(phone_secret)
        return True
    tries.count_wrong()
    return False

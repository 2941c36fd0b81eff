"""A kiosk becomes a plain browser again, for who knows the PIN."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_missing
from eventapp.door.actions import forget_phone
from eventapp.door.actions.links import pin_digest
from eventapp.model import DoorLink, WrongPins

TRIES_MOST = 5
LOCKED_FOR = timedelta(minutes=1)


class PinsLocked(Refusal):
    code = "pins_locked"
    message = _l("Too many wrong PINs. Wait a minute.")


def leave_kiosk(link: DoorLink, pin: str, *, phone_secret: str, at: datetime) -> bool:
    """Take the tablet's kiosk away from it if the PIN is right; False if it is wrong, which
    is counted. A link without a PIN can only be withdrawn. Raises PinsLocked.
    """
    wrong = _wrong_pins(link)
    if wrong.locked_until and at < wrong.locked_until:
        raise PinsLocked
    if hmac.compare_digest(pin_digest(link.secret, pin), link.pin_digest or ""):
        wrong.tries = 0
        forget_phone(phone_secret)
        return True
    wrong.tries += 1
    if wrong.tries >= TRIES_MOST:
        wrong.tries, wrong.locked_until = 0, at + LOCKED_FOR
    return False


def _wrong_pins(link: DoorLink) -> WrongPins:
    """The link's count, held until the transaction ends, so that guesses come one by one."""
    insert_missing(WrongPins, [{"door_link_id": link.id, "tries": 0}])
    return db.session.scalars(
        select(WrongPins)
        .where(WrongPins.door_link_id == link.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()

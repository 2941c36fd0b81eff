"""/e/<event>/kiosk/leave: turn a kiosk back into a plain browser, with its PIN."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from flask import Response, flash, url_for

from eventapp.core import clock, htmx
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.security import limiter
from eventapp.door.links import forget_phone, pin_digest
from eventapp.kiosk.access import Tablet, at_kiosk, forget_tablet, limits_of_pin, tablet_key
from eventapp.kiosk.forms import PinForm
from eventapp.kiosk.tablet import PER_TABLET, bp
from eventapp.kiosk.wrong_tries import TryLimit, lock_tries
from eventapp.model import DoorLink


class PinsLocked(Refusal):
    code = "pins_locked"
    message = _l("Too many wrong PINs. Wait a few minutes, or withdraw this tablet’s door link.")


def leave_kiosk(tablet: Tablet, pin: str, *, at: datetime, limits: Sequence[TryLimit]) -> bool:
    """Delete the tablet's pass if the PIN is right. Returns False if it is wrong, and counts that.
    A tablet whose link has no PIN cannot leave; its link can be withdrawn. Raises PinsLocked.
    """
    link = db.session.get_one(DoorLink, tablet.opened_by.link_id)
    tries = lock_tries(link.event_id, limits, at)
    if tries.are_used_up:
        raise PinsLocked
    if hmac.compare_digest(pin_digest(link.secret, pin), link.pin_digest or ""):
        tries.forget()
        forget_phone(tablet.secret)
        return True
    tries.count_wrong()
    return False


@bp.post("/e/<slug>/kiosk/leave")
@limiter.limit(PER_TABLET, key_func=tablet_key)
def leave(slug: str) -> Response:
    tablet, form = at_kiosk(slug), PinForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                is_right = leave_kiosk(
                    tablet, form.pin.data or "", at=clock.now(), limits=limits_of_pin(tablet)
                )
            if is_right:
                flash(gettext("This tablet is a kiosk no longer."))
                return forget_tablet(htmx.done(go_to=url_for("events.home")))
            form.say_wrong()
    return htmx.show(
        "kiosk/leave.html",
        fragment="kiosk/_leave.html",
        status=form.status,
        event=tablet.event,
        pin_form=form,
    )

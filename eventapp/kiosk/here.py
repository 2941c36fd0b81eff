"""/here/<secret>: where the poster's code leads, on a guest's own phone."""

from __future__ import annotations

from flask import Response

from eventapp.account import gate
from eventapp.core import clock, htmx
from eventapp.core.i18n import force_locale, gettext
from eventapp.core.security import limiter
from eventapp.door.check_in import check_in
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.log import DoorAction, ScanResult
from eventapp.kiosk.access import limits_of_phone
from eventapp.kiosk.forms import HereForm, NameForm
from eventapp.kiosk.poster import event_of_poster
from eventapp.kiosk.self_check_in import Claim, run_once, self_check_in
from eventapp.kiosk.tablet import bp
from eventapp.model import Event, Rsvp
from eventapp.rsvp.queries import rsvp_of

PER_VENUE = "1200 per hour"  # all guests share one address; wrong letters are counted besides


@bp.get("/here/<secret>")
def here(secret: str) -> Response:
    shown = event_of_poster(secret)
    response = _show(shown, event_at_door(shown.slug), own=_own(shown))
    return gate.remember_browser(response)


@bp.post("/here/<secret>")
@limiter.limit(PER_VENUE)
def check_in_here(secret: str) -> Response:
    shown = event_of_poster(secret)
    event, own = event_at_door(shown.slug), _own(shown)
    form = HereForm() if own else NameForm()
    if not form.validate():
        return _show(shown, event, form, own=own)

    def let_in(action: DoorAction) -> ScanResult:
        if own:
            return check_in(event, own.id, action)
        claim = Claim(form.data["name"], form.data["letters"])
        return self_check_in(event, claim, action, limits_of_phone())

    with force_locale(shown.community.language):  # for those who read the log
        wall = gettext("Poster")
    result = None
    with form.showing_refusals():
        result = run_once(
            event,
            let_in,
            lambda now: DoorAction(form.scan_id.data, wall, "self", happened_at=now, heard_at=now),
        )
    return _show(shown, event, form if form.refusal else None, own=own, result=result)


def _own(event: Event) -> Rsvp | None:
    """The RSVP of whoever is signed in."""
    person = gate.person()
    return rsvp_of(event, person) if person else None


def _show(
    shown: Event,
    event: EventAtDoor,
    form: HereForm | NameForm | None = None,
    *,
    own: Rsvp | None,
    result: ScanResult | None = None,
) -> Response:
    return htmx.show(
        "kiosk/here.html",
        fragment="kiosk/_here.html",
        status=form.status if form else 200,
        event=event,
        secret=shown.poster_secret,
        now=clock.now(),
        own=own,
        result=result,
        came_by="name",
        form=form,
        name_form=form if isinstance(form, NameForm) else NameForm(formdata=None),
    )

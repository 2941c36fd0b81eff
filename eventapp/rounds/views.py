"""/e/<event>/rounds: a guest's own table; below /r/<key>/, the same from a mail."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from flask import Blueprint, Response, request, url_for

from eventapp.account.gate import cookie_name
from eventapp.attendees.queries import is_inside
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import digest
from eventapp.core.polling import PER_NETWORK, PER_PHONE, phone, refreshed
from eventapp.core.security import limiter
from eventapp.met.gate import address_of, attendee_asking, both
from eventapp.met.queries import Attendee
from eventapp.model import Rounds, Rsvp
from eventapp.rounds import actions, queries
from eventapp.rounds.queries import Phase, Seat, Standing

POLL_SECONDS = 10

bp = Blueprint(
    "rounds", __name__, static_folder="static", static_url_path="/static/rounds", cli_group=None
)


class Shown(NamedTuple):
    """What a guest's page says, which changes only with it."""

    standing: Standing
    takes_part: bool
    is_in: bool
    seat: Seat | None

    @property
    def revision(self) -> str:
        last, rounds = self.standing.last, self.standing.rounds
        times = (last.number, last.ends_at) if last else None
        settings = rounds.minutes, rounds.table_size, rounds.count
        mates = (
            [(mate.them.name, mate.reason, mate.line) for mate in self.seat.mates]
            if self.seat
            else ()
        )
        table = self.seat.table if self.seat else None
        said = self.standing.phase, times, rounds.next_at, settings, self[1:3], table, mates
        return digest(repr(said))


@both(
    bp,
    "GET",
    "/rounds",
    signed_out=(
        _l("Rounds at small tables"),
        _l("Here guests see at which table they sit, and with whom."),
    ),
)
def rounds(**place: str) -> Response:
    guest = attendee_asking(**place)
    found = queries.rounds_at(guest.event)
    if found is None:
        raise NotFound
    return refreshed(_show(guest, _shown(guest, found)))


@both(bp, "GET", "/rounds/now")
@limiter.limit(PER_NETWORK)
@limiter.limit(PER_PHONE, key_func=lambda: phone(cookie_name("sid")))
def now(**place: str) -> Response:
    """The same as it is now; 204 if the page that asks shows it (`rev`) already."""
    guest = attendee_asking(**place)
    found = queries.rounds_at(guest.event)
    if found is None:
        return htmx.go(url_for("rsvp.event", slug=guest.event.slug))
    shown = _shown(guest, found)
    if request.args.get("rev") == shown.revision:
        return htmx.unchanged()
    return _show(guest, shown)


@both(bp, "POST", "/rounds/take-part")
def take_part(**place: str) -> Response:
    guest = attendee_asking(**place)
    with transaction():
        actions.take_part(guest.rsvp, at=clock.now())
    return _done(guest)


@both(bp, "POST", "/rounds/leave")
def leave(**place: str) -> Response:
    guest = attendee_asking(**place)
    with transaction():
        actions.stop_taking_part(guest.rsvp)
    return _done(guest)


def _shown(guest: Attendee, found: Rounds) -> Shown:
    standing = queries.standing_of(found, clock.now())
    takes_part = queries.tick_of(guest.rsvp) is not None
    runs = standing.running
    seat = queries.seat_of(guest.rsvp, runs) if takes_part and runs else None
    return Shown(standing, takes_part, is_inside(guest.rsvp), seat)


def _context(guest: Attendee, shown: Shown) -> dict[str, Any]:
    return {
        "guest": guest,
        "event": guest.event,
        "address": partial(address_of, guest),
        "shown": shown,
        "standing": shown.standing,
        "rounds": shown.standing.rounds,
        "now": shown.standing.at,
        "poll_seconds": POLL_SECONDS,
    }


def _show(guest: Attendee, shown: Shown) -> Response:
    return htmx.show("rounds/rounds.html", fragment="rounds/_now.html", **_context(guest, shown))


def _done(guest: Attendee) -> Response:
    found = queries.rounds_at(guest.event)
    if found is None:
        return htmx.go(url_for("rsvp.event", slug=guest.event.slug))
    return htmx.done(
        fragment="rounds/_now.html",
        go_to=address_of(guest, "rounds.rounds", refresh=request.form.get("refresh")),
        **_context(guest, _shown(guest, found)),
    )


@bp.app_template_global()
def rounds_for(rsvp: Rsvp) -> tuple[Rounds, bool] | None:
    """The rounds that this guest may take part in, and whether they do; None if there are none."""
    if not rsvp.holds_a_seat:
        return None
    found = queries.rounds_at(rsvp.event)
    if found is None or queries.standing_of(found, clock.now()).phase == Phase.OVER:
        return None
    return found, queries.tick_of(rsvp) is not None

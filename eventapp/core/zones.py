"""Time zones (IANA), and the instants that local times mean."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l

# Aliases of a machine's own zone, which mean another zone on the next machine.
_NOT_PLACES = {"localtime", "Factory", "posixrules"}


class UnknownZone(Refusal):
    code = "unknown_zone"
    message = _l("There is no time zone “%(zone)s”. They are written like Europe/Madrid.")


class TimeDoesNotExist(Refusal):
    code = "time_does_not_exist"
    message = _l("The clocks go forward that night: %(time)s does not exist there. Choose another.")


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() - _NOT_PLACES}


@cache
def zones_to_choose() -> list[str]:
    """The zones that are named after a place."""
    places = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return sorted(name for name in _names().values() if name.startswith(places))


def zone_named(typed: str) -> str:
    """The zone's name in its own case, from any case. Raises UnknownZone."""
    name = _names().get(typed.strip().replace(" ", "_").casefold())
    if name is None:
        raise UnknownZone(zone=typed.strip())
    return name


def instant(local: datetime, tz: str) -> datetime:
    """The instant, in UTC, of a naive local time in a zone.

    A time that occurs twice, when clocks go back, means the first. Raises TimeDoesNotExist for one
    that clocks skip.
    """
    zone = ZoneInfo(tz)
    at = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != local:
        raise TimeDoesNotExist(time=local.strftime("%H:%M"))
    return at


def wall_clock(at: datetime, tz: str) -> datetime:
    """The naive local time of an instant in a zone."""
    return at.astimezone(ZoneInfo(tz)).replace(tzinfo=None)

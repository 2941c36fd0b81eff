"""Formats of dates, times and people's own words, on pages and in mails."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

import segno
from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale
from jinja2.filters import do_filesizeformat
from markupsafe import Markup

from eventapp.core.i18n import gettext
from eventapp.core.markdown import plain, safe_html
from eventapp.core.phones import grouped_phone


def markdown(written: str) -> Markup:
    return Markup(safe_html(written))  # noqa: S704  safe is what it is made


def summary(written: str, most: int = 160) -> str:
    """The first words of some Markdown, as plain text, for link previews in chats."""
    words = " ".join(plain(written).split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _instant(at: datetime | str, tz: str) -> datetime:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(ZoneInfo(tz))


def clock_time(at: datetime | str, tz: str) -> str:
    """19:02"""
    return _instant(at, tz).strftime("%H:%M")


DAY_PATTERNS = {"es": "EEEE, d 'de' MMMM", "en": "EEEE, d MMMM"}
OTHER_YEAR = {"es": " 'de' y", "en": " y"}


def day(at: datetime | str, tz: str, now: datetime) -> str:
    """Tuesday, 1 December · martes, 1 de diciembre; with the year if it is not the current one."""
    moment, spoken = _instant(at, tz), _locale()[:2]
    is_this_year = _instant(now, tz).year == moment.year
    pattern = DAY_PATTERNS[spoken] + ("" if is_this_year else OTHER_YEAR[spoken])
    return format_date(moment.date(), pattern, locale=_locale())


def coming_day(at: datetime | str, tz: str, now: datetime) -> str:
    """Like `day`, and on that day itself with "Today" before it."""
    words = day(at, tz, now)
    is_today = _instant(at, tz).date() == _instant(now, tz).date()
    return gettext("Today · %(day)s", day=words) if is_today else words


def short_day(at: datetime | date, tz: str = "UTC") -> str:
    """1 Dec 2026"""
    moment = _instant(at, tz).date() if isinstance(at, datetime) else at
    return format_date(moment, "d MMM y", locale=_locale())


def moment(at: datetime | str, tz: str) -> str:
    """1 Dec 2026, 19:02"""
    return format_datetime(
        _instant(at, tz).replace(tzinfo=None), "d MMM y, HH:mm", locale=_locale()
    )


def brief(at: datetime, tz: str, now: datetime) -> str:
    """19:02 · 1 Dec · 1 Dec 2026: the time of today, else the day, with the year if another."""
    moment, today = _instant(at, tz), _instant(now, tz)
    if moment.date() == today.date():
        return f"{moment:%H:%M}"
    return _brief_day(moment.date(), _locale(), with_year=moment.year != today.year)


def arrival(at: datetime, starts_at: datetime, tz: str, now: datetime) -> str:
    """19:02 of whoever came around the start, on whatever day one looks; else as `brief`."""
    came_around_then = abs(at - starts_at) < timedelta(hours=12)
    return clock_time(at, tz) if came_around_then else brief(at, tz, now)


@lru_cache(maxsize=1000)
def _brief_day(day: date, locale: str, *, with_year: bool) -> str:
    """Kept, as a long list has few days and many rows."""
    return format_date(day, "d MMM y" if with_year else "d MMM", locale=locale)


def span(starts_at: datetime | str, ends_at: datetime | str, tz: str, now: datetime) -> str:
    """19:00–22:00, with the day it ends on if that is another."""
    start, end = _instant(starts_at, tz), _instant(ends_at, tz)
    if (end - start).total_seconds() < 18 * 3600:
        return f"{start:%H:%M}–{end:%H:%M}"
    return f"{start:%H:%M} – {day(end, tz, now)}, {end:%H:%M}"


def when(starts_at: datetime | str, ends_at: datetime | str, tz: str, now: datetime) -> str:
    """Tuesday, 1 December, 19:00–22:00 · Madrid time: for mails, whose readers may be anywhere."""
    on, hours = day(starts_at, tz, now), span(starts_at, ends_at, tz, now)
    zone = gettext("%(zone)s time", zone=zone_name(tz))
    return f"{on}, {hours} · {zone}"


def zone_name(tz: str) -> str:
    """Madrid: the place that a time zone is named after."""
    location = get_timezone_location(ZoneInfo(tz), locale=_locale(), return_city=True)
    return location or tz.rpartition("/")[2].replace("_", " ")


def _locale() -> str:
    return str(get_locale() or "en")


def grouped(count: float) -> str:
    """20,000 · 20.000; 3.5 · 3,5"""
    return str(format_decimal(count, locale=_locale()))


def per_cent(share: float) -> str:
    """35% · 35 %"""
    return str(format_percent(share / 100, locale=_locale()))


def file_size(count_bytes: int) -> str:
    """3.4 MB · 3,4 MB"""
    number, unit = do_filesizeformat(count_bytes).split(" ")
    return f"{format_decimal(number, locale=_locale())} {unit}"


@lru_cache(maxsize=200)  # whoever waits at the door opens their ticket several times
def qr(address: str, error: str = "m") -> Markup:
    """A QR code as inline SVG, without size, black on its own white ground. `error`: how much of it
    may be hidden (ISO/IEC 18004: l, m, q, h; 7 to 30 %).
    """
    code = segno.make(address, error=error)
    svg = code.svg_inline(
        omitsize=True, border=4, svgclass="on-white", lineclass="qr", light="#fff", dark="#000"
    )
    return Markup(svg)  # noqa: S704  drawn by segno from our own address


def map_url(place: str) -> str:
    """A map that looks for the place, at OpenStreetMap. Nothing is loaded from there."""
    return "https://www.openstreetmap.org/search?" + urlencode({"query": place})


def geo_url(place: str) -> str:
    """The same for a phone's own map (RFC 5870, with the search of Android's)."""
    return "geo:0,0?" + urlencode({"q": place}, quote_via=quote)


def whatsapp_url(words: str, address: str) -> str:
    """A chat in WhatsApp with this typed in; whom to send it to is chosen there."""
    return "https://wa.me/?" + urlencode({"text": f"{words}\n{address}"}, quote_via=quote)


def phone(kept: str | None) -> str:
    """+34 600 00 00 00"""
    return grouped_phone(kept) if kept else ""


def page_name(address: str) -> str:
    """example.org/talks: the address of a web page, as people say it."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


FILTERS = (
    markdown,
    summary,
    clock_time,
    short_day,
    moment,
    zone_name,
    file_size,
    grouped,
    per_cent,
    qr,
    map_url,
    geo_url,
    page_name,
    phone,
)

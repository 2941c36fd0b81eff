"""How dates, times and people's own words are written on a page or in a mail."""

from __future__ import annotations

from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

import mistune
import nh3
from babel.dates import format_date, format_datetime, get_timezone_location
from flask_babel import get_locale
from markupsafe import Markup

ALLOWED_TAGS = {
    "p", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "br", "blockquote", "code",
}  # fmt: skip
_to_html = mistune.create_markdown(escape=True, hard_wrap=True)


def markdown(written: str) -> Markup:
    """An organiser's Markdown as safe HTML: no pictures, no raw HTML, headings from h3 down."""
    html = str(_to_html(written))
    for level, lower in ((2, 4), (1, 3)):
        html = html.replace(f"<h{level}>", f"<h{lower}>").replace(f"</h{level}>", f"</h{lower}>")
    return Markup(  # noqa: S704  nh3 is what makes it safe
        nh3.clean(
            html,
            tags=ALLOWED_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow ugc",
        )
    )


def summary(written: str, most: int = 160) -> str:
    """The first words of some Markdown, plain, for where a link unfolds in a chat."""
    plain = " ".join(unescape(nh3.clean(str(_to_html(written)), tags=set())).split())
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0] + "…"


def _instant(at: datetime | str, tz: str) -> datetime:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(ZoneInfo(tz))


def clock_time(at: datetime | str, tz: str) -> str:
    """19:02"""
    return _instant(at, tz).strftime("%H:%M")


DAY_PATTERNS = {"es": "EEEE, d 'de' MMMM", "en": "EEEE, d MMMM"}
OTHER_YEAR = {"es": " 'de' y", "en": " y"}


def day(at: datetime | str, tz: str) -> str:
    """Tuesday, 1 December · martes, 1 de diciembre; with the year where it is another one."""
    moment, spoken = _instant(at, tz), _locale()[:2]
    this_year = datetime.now(ZoneInfo(tz)).year == moment.year
    pattern = DAY_PATTERNS[spoken] + ("" if this_year else OTHER_YEAR[spoken])
    return format_date(moment.date(), pattern, locale=_locale())


def short_day(at: datetime | date, tz: str = "UTC") -> str:
    """1 Dec 2026"""
    moment = _instant(at, tz).date() if isinstance(at, datetime) else at
    return format_date(moment, "d MMM y", locale=_locale())


def moment(at: datetime | str, tz: str) -> str:
    """1 Dec 2026, 19:02"""
    return format_datetime(
        _instant(at, tz).replace(tzinfo=None), "d MMM y, HH:mm", locale=_locale()
    )


def span(starts_at: datetime | str, ends_at: datetime | str, tz: str) -> str:
    """19:00–22:00, and the day it ends on where that is another one."""
    start, end = _instant(starts_at, tz), _instant(ends_at, tz)
    if (end - start).total_seconds() < 18 * 3600:
        return f"{start:%H:%M}–{end:%H:%M}"
    return f"{start:%H:%M} – {day(end, tz)}, {end:%H:%M}"


def zone_name(tz: str) -> str:
    """Madrid, as people call the clock they go by."""
    location = get_timezone_location(ZoneInfo(tz), locale=_locale(), return_city=True)
    return location or tz.rpartition("/")[2].replace("_", " ")


def _locale() -> str:
    return str(get_locale() or "en")


FILTERS = (markdown, summary, clock_time, day, short_day, moment, span, zone_name)

"""What a browser's header says, for people: "Android, Chrome"."""

from __future__ import annotations

# The first word found counts. Every browser also claims to be others, so the order matters:
# Edge and Opera claim to be Chrome, Chrome claims to be Safari, an Android claims to be Linux.
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def device_of(user_agent: str) -> str:
    """System and browser, as far as the header tells; empty if it tells neither."""
    found = (
        next((name for sign, name in signs if sign in user_agent), None)
        for signs in (SYSTEMS, BROWSERS)
    )
    return ", ".join(filter(None, found))

"""How often a phone or a wall may ask, all evening long; and pages that keep up to date without
JavaScript.
"""

from __future__ import annotations

from flask import Response, request

from eventapp.core.links import digest
from eventapp.core.security import visitor_network

REFRESH_SECONDS = 20
PER_PHONE, PER_NETWORK = "30 per minute", "6000 per minute"  # a venue of 1,000 phones has one
PER_WALL = "120 per minute"


def phone(*cookies: str) -> str:
    """Count what a phone asks by the first of these cookies that it has, or by its key: all phones
    of a venue share an address.
    """
    known = next(filter(None, map(request.cookies.get, cookies)), None)
    secret = known or (request.view_args or {}).get("key")
    return digest(secret) if secret else visitor_network()


def this_wall() -> str:
    return f"{visitor_network()} {(request.view_args or {}).get('wall')}"


def refreshed(response: Response, *, seconds: int = REFRESH_SECONDS) -> Response:
    """Have a browser without JavaScript load the page again and again, if its address asks to."""
    if "refresh" in request.args:
        response.headers["Refresh"] = str(seconds)
    return response

"""/robots.txt and /sitemap.xml: what search engines are told."""

from __future__ import annotations

from flask import Response, render_template

from eventapp.core.links import absolute
from eventapp.core.public import public
from eventapp.core.security import say_public
from eventapp.events import queries
from eventapp.events.views import bp

# Pages behind a sign-in are of no use to crawlers. Secret addresses are not disallowed on purpose:
# a crawler that may not fetch a page never sees its "noindex", and could list the bare address.
NOT_WORTH_CRAWLING = ("/o/", "/me", "/contacts")


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """RFC 9309."""
    say_public()
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_WORTH_CRAWLING)]
    words = "\n".join([*lines, "", f"Sitemap: {absolute('events.sitemap')}", ""])
    return Response(words, content_type="text/plain; charset=utf-8")


@bp.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """All events that were or will be held, and the communities that hold them."""
    say_public()
    events = queries.events_to_find()
    communities = dict.fromkeys(event.community.slug for event in events)
    addresses = [
        absolute("events.home"),
        *(absolute("events.community", slug=slug) for slug in communities),
        *(absolute("rsvp.event", slug=event.slug) for event in events),
    ]
    xml = render_template("events/sitemap.xml", addresses=addresses)
    return Response(xml, content_type="application/xml; charset=utf-8")

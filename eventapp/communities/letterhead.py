"""What stands at the top of a mail: its community, and the picture of its event."""

from __future__ import annotations

from typing import Any

from eventapp.core.links import absolute
from eventapp.model import LARGE_SIDE, Community, Event, PictureFormat


def letterhead_of(community: Community) -> dict[str, Any]:
    """The value `head` of a mail of a community: its name, page and logo, and where answers go."""
    head: dict[str, Any] = {
        "name": community.name,
        "url": absolute("events.community", slug=community.slug),
        "reply_to": community.contact_email,
    }
    if logo := community.logo:
        named = {"slug": community.slug, "digest": logo.digest, "format": PictureFormat.JPEG}
        head["logo"] = absolute("communities.logo_file", **named, w=LARGE_SIDE)
    return head


def letterhead(*events: Event) -> dict[str, Any]:
    """The values of a mail about events that its top needs: `head`, with the picture of the event
    if it is one only. Nothing where they are of several communities.
    """
    if len({event.community_id for event in events}) != 1:
        return {}
    head = letterhead_of(events[0].community)
    if len({event.id for event in events}) == 1:
        head["picture"] = mail_picture(events[0])
    return {"head": head}


def mail_picture(event: Event) -> dict[str, Any]:
    """By which event the colours go, and its cover if it has one that everybody may see."""
    picture: dict[str, Any] = {"event_id": event.id}
    if event.cover and event.published_at:
        cover, format = event.cover, PictureFormat.JPEG
        named = {"slug": event.slug, "digest": cover.digest, "format": format}
        picture |= {
            "url": absolute("events.cover_file", **named, w=cover.jpeg_width),
            "alt": cover.alt,
            "ratio": cover.height / cover.width,
        }
    return picture

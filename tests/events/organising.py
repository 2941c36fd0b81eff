"""What tests of organisers' pages begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventapp.model import Community, Event
from tests.browser import Browser
from tests.make import Make, utc

TYPED = {
    "title": "Beers and talks",
    "description": "Two talks, **then** impressions.",
    "place": "Bar Central",
    "starts": "2027-05-04T19:00",
    "ends": "2027-05-04T22:00",
    "tz": "Europe/Madrid",
}


def organiser_of(
    make: Make, browser: Callable[..., Browser], of: Community | Event, **more: Any
) -> Browser:
    """A browser in which somebody who organises the community, or the event, is signed in."""
    community = of if isinstance(of, Community) else make.row(Community, id=of.community_id)
    return make.signed_in(browser(**more), make.organiser(community))


def may_event(make: Make, community: Community | None = None, **more: Any) -> Event:
    """A published event on 4 May 2027, 19:00 to 22:00 in Madrid."""
    return make.event(
        community,
        **{
            "title": "Beers and talks",
            "starts_at": utc(2027, 5, 4, 17),
            "ends_at": utc(2027, 5, 4, 20),
            **more,
        },
    )


def edit_form(page: Browser) -> Browser:
    """The form of the event whose page is open."""
    return page.open(f"{page.url.removesuffix('/edit')}/edit")


def save(page: Browser, **fields: Any) -> Browser:
    """Fill in the form of the event whose page is open, and save it."""
    return edit_form(page).press("Save", **fields)


def value_of(page: Browser, field: str) -> str:
    """What stands in a field of the event's form, which is opened if it is not there."""
    if not page.page.select("#event-form"):
        edit_form(page)
    control = page.one(f"#event-form [name={field}]")
    if control.name == "textarea":
        return control.get_text().removeprefix("\r").removeprefix("\n")
    return str(control["value"])

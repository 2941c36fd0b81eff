"""Ana asks to pass Bea's contact on to Zoe, and Bea agrees."""

from __future__ import annotations

from collections.abc import Callable

from eventapp.introductions.actions import Wish, ask_to_pass_by_mail
from eventapp.model import PassedContact
from tests.browser import Browser
from tests.introductions.three import Three
from tests.make import Make

Browsers = Callable[..., Browser]
TO = {"to_name": "Zoe Paz", "to_line": "runs a clinic in Vigo", "purpose": "She looks for one."}
WISH = Wish("Zoe Paz", "runs a clinic in Vigo", "She looks for one.", ("email",), 7)


def asks(make: Make, browser: Browsers, they: Three, **more: object) -> Browser:
    page = make.signed_in(browser(), they.ana.person)
    page.open(f"/introductions/pass/{they.bea.id}")
    page.press("Ask Bea Gil", **{**TO, "fields": ["email", "phone"], **more})
    make.due(ask_to_pass_by_mail)
    return page


def agrees(make: Make, browser: Browsers, *fields: str, htmx: bool = False) -> Browser:
    page = browser(htmx=htmx).open(f"/introductions/passing/{make.row(PassedContact).key}")
    return page.press("Yes, pass it on", **({"fields": list(fields)} if fields else {}))


def link(make: Make) -> str:
    return f"/passed/{make.row(PassedContact).link}"

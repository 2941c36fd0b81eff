"""The name of a door, for who reads it. That of organisers without a door link is the application's
own, and written down in the language of whoever let somebody in.
"""

from __future__ import annotations

from functools import cache

from eventapp.core.i18n import LANGUAGES, force_locale, gettext


def organisers_door() -> str:
    """In the language of who is asking."""
    name: str = gettext("Organisers")
    return name


def door_name(written: str) -> str:
    return organisers_door() if written in _in_every_language() else written


@cache
def _in_every_language() -> frozenset[str]:
    names = set()
    for language in LANGUAGES:
        with force_locale(language):
            names.add(organisers_door())
    return frozenset(names)

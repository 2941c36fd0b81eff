"""The readable part of an address: short, lower case, of letters, digits and hyphens."""

from __future__ import annotations

import re

from eventapp.core import text
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l

SLUG_MOST = 60
_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class InvalidSlug(Refusal):
    code = "slug"
    message = _l("Use small letters a to z, digits and hyphens, 60 at most: beers-and-talks.")


class SlugTaken(Refusal):
    code = "slug_taken"
    message = _l("The address “%(slug)s” is taken already. Please choose another.")


def check_slug(slug: str) -> str:
    """The slug itself. Raises InvalidSlug."""
    if len(slug) > SLUG_MOST or not _SHAPE.fullmatch(slug):
        raise InvalidSlug
    return slug


def slug_of(title: str) -> str:
    """A slug made of a title; empty if none of its letters is in a to z."""
    ascii_words = (re.sub(r"[^a-z0-9]", "", word) for word in text.words(title))
    slug = ""
    for word in filter(None, ascii_words):
        longer = f"{slug}-{word}" if slug else word[:SLUG_MOST]
        if len(longer) > SLUG_MOST:
            break
        slug = longer
    return slug

"""The words on a guest's badge, in the language of the community."""

from __future__ import annotations

from collections.abc import Sequence

from eventapp.badges.layout import Badge
from eventapp.badges.queries import Wearer
from eventapp.core.contact_details import has_contact_details
from eventapp.core.i18n import force_locale, gettext
from eventapp.core.links import absolute
from eventapp.model import Event

# The pages' colours for what matters and for what is good, dark enough for words in white.
HOST, FIRST_TIME = "#a40044", "#006436"


def badges_of(event: Event, wearers: Sequence[Wearer], *, title: str) -> list[Badge]:
    """The badges of these guests, with their answer to `title` below the name."""
    with force_locale(event.community.language):
        ask_label, first, host = gettext("Ask me about"), gettext("First time"), gettext("Host")
    has_logo = event.community.logo is not None
    return [
        Badge(
            name=wearer.rsvp.name,
            address=absolute("met.badge", badge=wearer.rsvp.badge),
            heading=event.title,
            line=_fit_to_wear(wearer.rsvp.answers.get(title, "")),
            ask_label=ask_label,
            ask="" if wearer.rsvp.is_unproven else _fit_to_wear(wearer.rsvp.ask_me_about),
            tells=(host,) * wearer.is_host + (first,) * wearer.is_new,
            colour=HOST if wearer.is_host else FIRST_TIME,
            has_logo=has_logo,
        )
        for wearer in wearers
    ]


def _fit_to_wear(words: str) -> str:
    """The words, if they do not say how to reach somebody."""
    return "" if has_contact_details(words) else words

"""The words on a guest's badge, in the language of the community."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eventapp.badges.layout import Badge
from eventapp.badges.plan import Kind, Planned
from eventapp.badges.queries import Wearer
from eventapp.core.contact_details import has_contact_details
from eventapp.core.i18n import force_locale, gettext
from eventapp.core.links import absolute
from eventapp.model import Event

# The pages' colours for what matters and for what is good, dark enough for words in white.
HOST, FIRST_TIME = "#a40044", "#006436"


@dataclass(frozen=True)
class Lines:
    """What an organiser chose to have on badges, besides names."""

    title: str = ""  # the question whose answer is below a guest's name
    companion: str = "with"  # below a companion's: with whom they come, or nothing
    unnamed: str = "blank"  # in place of a companion's name: a line to write on, or guest_of


class Writer:
    """Writes the badges of an event."""

    def __init__(self, event: Event, lines: Lines) -> None:
        self.event, self.lines = event, lines
        with force_locale(event.community.language):
            self.ask_label, self.guest_of = gettext("Ask me about"), gettext("Guest of")
            self.first, self.host = gettext("First time"), gettext("Host")
            self.with_guest = gettext("with %(names)s", names="{}")
        self.blank = Badge(
            name="", address="", heading=event.title, has_logo=event.community.logo is not None
        )

    def badge(self, planned: Planned, wearer: Wearer | None) -> Badge:
        """`wearer` is the guest of the party, whoever of it wears the badge."""
        if wearer is None:
            return self.blank
        if planned.kind is Kind.GUEST:
            return self._of_guest(wearer)
        guest = wearer.rsvp.name
        if planned.kind is Kind.UNNAMED and self.lines.unnamed == "guest_of":
            return replace(self.blank, called=self.guest_of, name=guest)
        line = self.with_guest.format(guest) if self.lines.companion == "with" else ""
        return replace(self.blank, name=planned.name, line=line)

    def _of_guest(self, wearer: Wearer) -> Badge:
        rsvp = wearer.rsvp
        return replace(
            self.blank,
            name=rsvp.name,
            address=absolute("met.badge", badge=rsvp.badge),
            line=_fit_to_wear(rsvp.answers.get(self.lines.title, "")),
            ask_label=self.ask_label,
            ask="" if rsvp.is_unproven else _fit_to_wear(rsvp.ask_me_about),
            tells=(self.host,) * wearer.is_host + (self.first,) * wearer.is_new,
            colour=HOST if wearer.is_host else FIRST_TIME,
        )


def _fit_to_wear(words: str) -> str:
    """The words, if they do not say how to reach somebody."""
    return "" if has_contact_details(words) else words

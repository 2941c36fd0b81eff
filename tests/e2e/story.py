"""Who acts in the story of an evening, each at a window of their own, in one language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask_babel import force_locale

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.i18n import gettext
from eventapp.model import Person, Rsvp
from tests.chromium import Chromium
from tests.contacts.evening import card
from tests.greeting.evening import regular
from tests.make import Make


class Story:
    """The event, its people, and a window for each of those who act."""

    nora_comes: Rsvp  # once she has answered

    def __init__(self, make: Make, open_window: Callable[[], Chromium], language: str) -> None:
        self.make, self.language = make, language
        self.nora, self.rita, self.sam, self.olga = (open_window() for _ in range(4))
        self.community = make.community(name="Los Jueves", language=language)
        starts_at = clock.now() + timedelta(minutes=90)
        self.event = make.event(self.community, slug="beers", title="Beers", starts_at=starts_at)
        self.rita_comes = self.member("Rita", ask_me_about="tea")
        self.sam_comes = self.member("Sam", ask_me_about="sourdough", want_to_learn="welding")
        make.signed_in(self.rita, self.rita_comes.person)
        make.signed_in(self.olga, make.organiser(self.community))

    def member(self, name: str, **lines: Any) -> Rsvp:
        """Somebody who was there before, and shares an address with whom they meet."""
        rsvp = regular(self.make, self.event, name, language=self.language, **lines)
        with self.make.act():
            db.session.get_one(Person, rsvp.person_id).language = self.language
        card(self.make, rsvp.person, shared=["email"])
        return rsvp

    def say(self, english: str, **values: Any) -> str:
        """These words of ours in the language of the windows."""
        with self.make.app.test_request_context(), force_locale(self.language):
            words = str(gettext(english, **values))
        assert self.language == "en" or words != english % values, f"not translated: {english}"
        return words

    def mail(self, to: Rsvp, template: str) -> dict[str, Any]:
        """The values of the one mail of this kind that somebody got."""
        mails = self.make.mails(self.person(to).email)
        (values,) = [mail.values for mail, _ in mails if mail.template == template]
        return dict(values)

    def person(self, rsvp: Rsvp) -> Person:
        person: Person = self.make.row(Person, id=rsvp.person_id)
        return person

"""A guest's whole way, from the link that a friend sent to the address book, counted in taps.

Labels depend on the language; this finds things by what they do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.met.actions import ask_who_they_met
from eventapp.model import CardShare, Encounter, Event, Rsvp
from tests.chromium import Chromium
from tests.make import Make
from tests.met.evening import hours_ago, let_in, mails_of_the_day, noon

OTHERS = ("Bea", "Cleo", "Dan", "Eva", "Fran", "Gil", "Hal", "Ida")


@dataclass
class Part:
    """What a part of the way costs."""

    name: str
    taps: int = 0
    fields: int = 0
    seconds: float = 0.0


class Walk:
    """One guest at one window. A tap follows a link, also a mail's, or presses a button."""

    def __init__(self, make: Make, window: Chromium) -> None:
        self.make, self.window, self.tab = make, window, window.tab
        self.parts: list[Part] = []
        self.event = make.event(title="Beers", tz=noon())
        self.address = f"ana-{self.event.slug}@example.org"
        self.others = [make.rsvp(self.event, name, listing="attendees") for name in OTHERS]
        with make.act():
            for other in self.others:
                share = {"person_id": other.person_id, "field": "email", "since": clock.now()}
                db.session.add(CardShare(**share))

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self.parts.append(Part(name))
        began = time.perf_counter()
        yield
        self.parts[-1].seconds = time.perf_counter() - began

    def tap(self, selector: str) -> None:
        self.tab.locator(selector).first.click()
        self.parts[-1].taps += 1
        self.window.settle()

    def type(self, name: str, value: str) -> None:
        self.tab.locator(f"[name='{name}']").first.fill(value)
        self.parts[-1].fields += 1

    def newest_mail(self) -> dict[str, Any]:
        """What it says: nobody reads it here, so its link is tapped without looking for it."""
        mail, _ = self.make.mails(self.address)[0]
        return mail.values

    def follow(self, url: str) -> None:
        self.window.open(url)
        self.parts[-1].taps += 1

    def answer(self) -> None:
        """From the shared link to a place that is hers."""
        with self.part("RSVP"):
            self.window.open(f"/e/{self.event.slug}")
            self.tap(".answer-bar a")
            self.type("name", "Ana Núñez")
            self.type("email", self.address)
            self.tap("#rsvp .choice:has([name=listing][value=attendees])")
            self.tap("button[name=answer][value=going]")

    def get_the_pass(self) -> None:
        with self.part("pass, from the mail"):
            self.follow(self.newest_mail()["url"])
            self.tap("#change form button.button")
            assert self.tab.locator("#ticket svg").count() == 1

    def note_eight_people(self) -> None:
        """The morning after an evening at which everybody was."""
        with self.make.act():
            event = db.session.get_one(Event, self.event.id)
            event.starts_at, event.ends_at = hours_ago(15), hours_ago(12)
        self.ana = self.make.row(Rsvp, event_id=self.event.id, name="Ana Núñez")
        let_in(self.make, self.ana, *self.others)
        assert self.make.due(ask_who_they_met)
        with self.part("eight people, from the mail"):
            self.follow(self.newest_mail()["url"])
            for _ in OTHERS:
                self.tap("[data-state=new] button.tap")
            assert self.tab.locator("[data-met='8']").count() == 1

    def confirm_who_asks(self) -> None:
        """Seven said so as well, and one more whom Ana forgot."""
        late = self.make.rsvp(self.event, "Jon", listing="attendees")
        let_in(self.make, late)
        with self.make.act():
            for other in (*self.others, late):
                noted = {"event_id": self.event.id, "noted_at": clock.now()}
                both = {"noter_id": other.id, "met_id": self.ana.id, "tell_at": clock.now()}
                db.session.add(Encounter(**noted, **both))
        assert mails_of_the_day(self.make)
        with self.part("confirm, from the mail"):
            self.follow(self.newest_mail()["asking"][0]["url"])
            self.tap(f"#guest-{late.id} button.good")
            assert self.tab.locator(f"#guest-{late.id}[data-state=mutual]").count() == 1

    def take_them_home(self) -> bytes:
        """The address book, by a browser in which Ana has not signed in so far."""
        with self.part("contacts into the phone, with the sign-in"):
            self.tap("#met-count button")
            self.follow(self.newest_mail()["url"])
            self.tap("main form button")
            with self.tab.expect_download() as waiting:
                self.tab.locator("#take-along a[href*='.vcf']").first.click()
            self.parts[-1].taps += 1
        return Path(waiting.value.path()).read_bytes()

    def whole(self) -> bytes:
        self.answer()
        self.get_the_pass()
        self.note_eight_people()
        self.confirm_who_asks()
        return self.take_them_home()

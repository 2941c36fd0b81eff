"""Has the demo's story happen, by the actions that people cause, each at its time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from eventapp.account.actions import Visitor, meet_person
from eventapp.contacts.actions import keep_card
from eventapp.contacts.queries import contact_with, known_to
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.due import Due
from eventapp.demo.afterwards import attendee_of, look_back, report_and_answer
from eventapp.demo.on_the_night import answer as answer_all
from eventapp.demo.on_the_night import ask, sit_down
from eventapp.demo.past_evenings import PLACES, THEMES
from eventapp.demo.people import ROLES, TOPICS, role_of
from eventapp.demo.reasons import reasons_of
from eventapp.demo.sayings import ASKED, RECAPS, Recap
from eventapp.demo.story import Fate, Introduced, PastEvening, Story
from eventapp.demo.taken import TAKEN
from eventapp.door.check_in import check_in
from eventapp.door.event import event_at_door
from eventapp.door.log import DoorAction
from eventapp.events.programme import PlannedTalk, set_programme
from eventapp.floor.actions import forget_askers
from eventapp.introductions.actions import (
    ASKED_AFTER,
    Asked,
    accept,
    allow_suggesting,
    ask_by_mail,
    ask_what_came_of_it,
    introduce,
    say_what_came,
)
from eventapp.introductions.actions import decline as decline_introduction
from eventapp.met.actions import ask_who_they_met, decline, say_we_met, tell_who_met_them
from eventapp.model import (
    Community,
    Event,
    IntroductionSide,
    Listing,
    MailedCode,
    OutboxMail,
    Person,
    Rsvp,
)
from eventapp.rounds.actions import Settings, forget_ticks
from eventapp.rsvp.actions import Answer, answer, cancel

THURSDAY, EVERY = 3, timedelta(weeks=2)
AT_TALK = 60  # minutes after the start, its end
ROUNDS = Settings(minutes=10, table_size=4, count=2, pause_minutes=2)
MAY_BE_SUGGESTED = 0.6  # of the members, for introductions


class Past:
    """The evenings of a community before `now`, the last of them on the Thursday a week ago."""

    def __init__(self, community: Community, story: Story, *, now: datetime) -> None:
        self.community, self.story, self.now = community, story, now
        self.reasons = reasons_of(story, community.language)
        self.chance = random.Random(7)  # noqa: S311  no secret
        self.people: dict[int, Person] = {}
        self.events: list[Event] = []

    def happen(self, number: int) -> Event:
        """Have one evening happen, those before it having happened."""
        evening = self.story.evenings[number]
        event = self._announce(number, evening.places)
        self.events.append(event)
        guests = self._answer(event, evening)
        self._come(event, evening, guests)
        if number == len(self.story.evenings) - 1:
            self._talk(event, evening, guests)
        self._say_whom_they_met(event, evening, guests)
        taken = TAKEN[self.community.language][number]
        writers = [guests[member] for member in self.chance.sample(evening.came, len(taken))]
        look_back(event, writers, taken, self._recap_of(number))
        self._introduce(event, evening, guests)
        return event

    def report_something(self, host: Person) -> None:
        """Somebody tells the hosts of the last evening, and this one answers."""
        event = self.events[-1]
        came = self.story.evenings[-1].came
        report_and_answer(event, self.people[came[0]], host)

    def forget_mails(self) -> None:
        """As the worker has by now: all were sent, most of them long ago."""
        db.session.execute(delete(OutboxMail))
        db.session.execute(delete(MailedCode))

    def _announce(self, number: int, places: int | None) -> Event:
        theme = THEMES[self.community.language][number]
        starts_at = self._starts_at(number)
        event = Event(
            community=self.community,
            slug=theme.slug,
            title=theme.title,
            description=theme.description,
            place=PLACES[number % len(PLACES)],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            tz=self.community.tz,
            capacity=places,
            created_at=starts_at - timedelta(days=10),
            published_at=starts_at - timedelta(days=10),
        )
        set_programme(event, (PlannedTalk(theme.talk, theme.speaker, minutes_in=45),))
        db.session.add(event)
        db.session.flush()
        return event

    def _starts_at(self, number: int) -> datetime:
        """19:00 of its Thursday."""
        today = self.now.astimezone(ZoneInfo(self.community.tz)).date()
        last = today - timedelta(days=7 + (today.weekday() - THURSDAY) % 7)
        day = last - (len(self.story.evenings) - 1 - number) * EVERY
        return datetime.combine(day, time(19), ZoneInfo(self.community.tz)).astimezone(UTC)

    def _answer(self, event: Event, evening: PastEvening) -> dict[int, Rsvp]:
        at = event.starts_at - timedelta(days=9)
        guests = {member: self._rsvp(event, member, at=at) for member in evening.fates}
        for member, fate in evening.fates.items():
            if fate == Fate.CANCELLED:
                cancel(guests[member], at=event.starts_at - timedelta(days=1))
        return guests

    def _rsvp(self, event: Event, member: int, *, at: datetime) -> Rsvp:
        person, language = self._person(member, at=at), self.community.language
        who, topics = self.story.members[member], TOPICS[language]
        to_learn = self.story.to_learn(member, len(self.events) - 1)
        typed = Answer(
            name=person.name,
            email=person.email,
            listing=Listing.ATTENDEES if who.is_listed else Listing.NOBODY,
            ask_me_about=topics[who.knows],
            want_to_learn=", ".join(topics[each] for each in to_learn),
        )
        by = Visitor(language, browser=f"demo {member}")
        code = answer(event, typed, at=at, by=by, confirmed=person)
        assert code.rsvp is not None  # noqa: S101
        return code.rsvp

    def _person(self, member: int, *, at: datetime) -> Person:
        if member not in self.people:
            name = self.story.members[member].name
            language = self.community.language
            person = meet_person(address_of(name), name=name, language=language, at=at)
            person.verified_at = at
            self._keep_card(person, at=at)
            if self.chance.random() < MAY_BE_SUGGESTED:
                allow_suggesting(person, at=at)
            self.people[member] = person
        return self.people[member]

    def _keep_card(self, person: Person, *, at: datetime) -> None:
        """Most share their address, and what they do."""
        role = role_of(person.name, self.chance.choice(ROLES[self.community.language]))
        keep_card(person, {"role": role}, shared=("email", "role"), at=at)

    def _come(self, event: Event, evening: PastEvening, guests: dict[int, Rsvp]) -> None:
        db.session.flush()
        door = event_at_door(event.slug)
        for member in sorted(evening.came, key=evening.minutes.__getitem__):
            at = event.starts_at + timedelta(minutes=evening.minutes[member])
            scan_id = str(UUID(int=self.chance.getrandbits(128)))
            action = DoorAction(scan_id, "", "demo", happened_at=at, heard_at=at)
            check_in(door, guests[member].id, action)
        db.session.refresh(event)

    def _talk(self, event: Event, evening: PastEvening, guests: dict[int, Rsvp]) -> None:
        """About the talk, which is over when rounds begin. Nobody stays who came late."""
        there = [guests[member] for member in evening.came if evening.minutes[member] < AT_TALK]
        at = event.starts_at + timedelta(minutes=AT_TALK)
        asked = ask(event, ASKED[self.community.language], there, self.chance, at=at)
        answer_all(asked, at=at + timedelta(minutes=15))
        sit_down(event, ROUNDS, there, self.chance)
        _work(forget_ticks, self.now)
        _work(forget_askers, self.now)

    def _say_whom_they_met(
        self, event: Event, evening: PastEvening, guests: dict[int, Rsvp]
    ) -> None:
        """Once they are asked, the morning after. Who was met hears of it a day later."""
        at = event.ends_at + timedelta(hours=15)
        _work(ask_who_they_met, at)
        for noter, met in evening.said:
            say_we_met(attendee_of(event, guests[noter]), guests[met], at=at, note={})
        for noter, met in evening.declined:
            decline(attendee_of(event, guests[met]), guests[noter], at=at)
        _work(tell_who_met_them, at + timedelta(days=1))

    def _recap_of(self, number: int) -> Recap | None:
        recaps, left = RECAPS[self.community.language], len(self.story.evenings) - number
        return recaps[-left] if left <= len(recaps) else None

    def _introduce(self, event: Event, evening: PastEvening, guests: dict[int, Rsvp]) -> None:
        """Two days later. The two answer the day after, and say what came of it once asked."""
        at = event.ends_at + timedelta(days=2)
        sides = [self._ask(each, guests, at=at) for each in evening.introduced]
        _work(ask_by_mail, at)
        later = at + timedelta(days=1)
        for introduced, two in zip(evening.introduced, sides, strict=True):
            for side, has_accepted in zip(two, introduced.have_accepted, strict=True):
                (accept if has_accepted else decline_introduction)(side, at=later)
        asked_again = later + ASKED_AFTER
        if asked_again < self.now:
            _work(ask_what_came_of_it, asked_again)
            self._say_what_came(evening.introduced, sides, at=asked_again)

    def _ask(
        self, introduced: Introduced, guests: dict[int, Rsvp], *, at: datetime
    ) -> list[IntroductionSide]:
        maker = self.people[introduced.maker]
        known = known_to(maker)
        one, other = (contact_with(known, guests[each].id) for each in introduced.two)
        asked = Asked(one, other, self.reasons[introduced])
        return introduce(maker, asked, at=at).sides

    def _say_what_came(
        self,
        introduced: Sequence[Introduced],
        sides: Sequence[Sequence[IntroductionSide]],
        *,
        at: datetime,
    ) -> None:
        for each, two in zip(introduced, sides, strict=True):
            for side, came_of_it in zip(two, each.came_of_it, strict=True):
                if each.is_joined and came_of_it:
                    say_what_came(side, came_of_it, at=at)


def address_of(name: str) -> str:
    return text.fold(name).replace(" ", ".") + "@example.org"


def _work(due: Due, at: datetime) -> None:
    """Do what is due at a time, as the worker does."""
    db.session.flush()
    due.do(due.find(at), at)

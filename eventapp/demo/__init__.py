"""flask demo: fill an empty database with a community to try everything with."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from tqdm import tqdm

from eventapp.account.actions import meet_person, sign_in_link
from eventapp.account.queries import person_by_email
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.links import leads_to_this_machine
from eventapp.demo.evenings import EVENINGS, Evening
from eventapp.demo.on_the_night import ask
from eventapp.demo.past import Past, address_of
from eventapp.demo.people import COMMUNITY, FIRST_NAMES, LAST_NAMES, ORGANISER, TOPICS
from eventapp.demo.sayings import TONIGHT
from eventapp.demo.story import Story, story
from eventapp.door.check_in import check_in
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.log import DoorAction
from eventapp.events.programme import set_programme
from eventapp.model import Community, Event, Listing, Organiser, Rsvp, Status
from eventapp.rounds.actions import announce, take_part
from eventapp.rsvp.actions import enter, lock_seats, set_questions, take_seats
from eventapp.rsvp.queries import rsvp_of

TZ = "Europe/Madrid"
MEMBERS = 0.7  # of the guests of what comes
TAKE_PART = 0.8  # of those who have arrived, in rounds
DOOR = {"es": "Puerta principal", "en": "Main door"}


@click.command("demo")
@click.option(
    "--language",
    envvar="LANGUAGE",
    default="es",
    help="What its community speaks: es or en.",
)
@with_appcontext
def command(language: str) -> None:
    """Fill an empty database with the demo community, and print where to begin."""
    if db.session.scalar(select(Community.id).limit(1)) is None:
        with transaction():
            _fill("en" if language.startswith("en") else "es", clock.now())
    db.session.remove()
    click.echo(f"eventapp: {current_app.config['BASE_URL']}/")
    if olga := person_by_email(ORGANISER):
        with transaction():
            link = sign_in_link(olga, at=clock.now())
        click.echo(f"Sign in as the organiser ({ORGANISER}), once, within a day:\n{link}")
    if not current_app.config["MAIL_URL"]:
        click.echo(_where_mail_is())


def _where_mail_is() -> str:
    base_url = current_app.config["BASE_URL"]
    if leads_to_this_machine(base_url):
        return f"Mail is kept, and shown at {base_url}/dev/mail"
    return "Mail is kept and shown to nobody; MAIL_URL=smtp://… sends it"


def _fill(language: str, now: datetime) -> None:
    community = _community(language, now)
    past = Past(community, story(), now=now)
    guests = [len(evening.fates) for evening in past.story.evenings]
    total = sum(guests) + sum(evening.guests for evening in EVENINGS)
    with tqdm(total=total, desc="demo guests", disable=not sys.stderr.isatty()) as progress:
        for number, answers in enumerate(guests):
            past.happen(number)
            progress.update(answers)
        past.report_something(db.session.scalars(select(Organiser)).one().person)
        past.forget_mails()
        chance = random.Random(7)  # noqa: S311  the same names in every demo
        for evening in EVENINGS:
            _plan(_event(community, evening, now), evening, past.story, chance, now)
            progress.update(evening.guests)


def _plan(
    event: Event, evening: Evening, past: Story, chance: random.Random, now: datetime
) -> None:
    """Put the guests of a recent or coming evening on its list, most of them members."""
    lock_seats(event)
    door, arrived = event_at_door(event.slug), list[Rsvp]()
    for number in range(evening.guests):
        is_member = chance.random() < MEMBERS
        member, names = chance.choice(past.members), (FIRST_NAMES, LAST_NAMES)
        name = member.name if is_member else " ".join(map(chance.choice, names))
        rsvp = _guest(event, name, chance, now, _answer(evening, number))
        if number < evening.arrived and rsvp.holds_a_seat:
            _arrive(door, rsvp, chance, now)
            arrived += [rsvp] if rsvp.person else []
    if evening.rounds:
        announce(event, evening.rounds, at=now)
        _begin(event, arrived, chance, now)


def _begin(event: Event, arrived: Sequence[Rsvp], chance: random.Random, now: datetime) -> None:
    """Those who came take part in the rounds, and the first questions are there."""
    db.session.flush()
    for rsvp in arrived:
        if chance.random() < TAKE_PART:
            take_part(rsvp, at=now)
    day_begins = datetime.combine(event.starts_at.astimezone(event.zone), time(), event.zone)
    questions = TONIGHT[event.community.language]
    ask(event, questions, arrived, chance, at=max(now, day_begins.astimezone(UTC)), waiting=1)


def _answer(evening: Evening, number: int) -> Status:
    if number >= evening.guests - evening.pending:
        return Status.PENDING
    is_maybe = evening.days_ahead >= 0 and number % 10 == 9
    return Status.MAYBE if is_maybe else Status.GOING


def _community(language: str, now: datetime) -> Community:
    community = Community(
        links="https://www.instagram.com/losjueves\nhttps://losjueves.example.org",
        language=language,
        tz=TZ,
        contact_email="hola@example.org",
        keep_months=12,
        created_at=now,
        **COMMUNITY[language],
    )
    db.session.add(community)
    olga = meet_person(ORGANISER, name="Olga Prat", language=language, at=now)
    olga.verified_at = now
    db.session.add(Organiser(community=community, person=olga, since=now, named_since=now))
    db.session.flush()
    return community


def _starts_at(evening: Evening, now: datetime) -> datetime:
    """19:00 of its day in Madrid, or the next full hour."""
    if evening.days_ahead == 0:
        return (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    date = now.astimezone(ZoneInfo(TZ)) + timedelta(days=evening.days_ahead)
    return date.replace(hour=19, minute=0, second=0, microsecond=0).astimezone(UTC)


def _event(community: Community, evening: Evening, now: datetime) -> Event:
    starts_at, words = _starts_at(evening, now), evening.words[community.language]
    event = Event(
        community=community,
        slug=words.slug,
        title=words.title,
        description=words.description,
        place=evening.place,
        exact_address=evening.exact_address,
        private_link=evening.private_link,
        needs_approval=evening.pending > 0,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        tz=TZ,
        capacity=evening.capacity,
        created_at=now,
        published_at=now,
    )
    set_programme(event, words.talks)
    db.session.add(event)
    db.session.flush()
    set_questions(event, words.asks)
    return event


def _guest(event: Event, name: str, chance: random.Random, now: datetime, answer: Status) -> Rsvp:
    companions = chance.choice((0, 0, 0, 1))
    language = event.community.language
    known = meet_person(address_of(name), name=name, language=language, at=now)
    # A namesake at the same event is somebody else, known by name alone.
    person = None if rsvp_of(event, known) else known
    if answer == Status.GOING and not take_seats(event, 1 + companions):
        answer = Status.WAITLISTED
    return enter(
        event,
        name,
        status=answer,
        at=now,
        person=person,
        companions=companions,
        language=language,
        listing=chance.choice(sorted(Listing)) if person else None,
        confirmed_at=now if person else None,
        ask_me_about=chance.choice(TOPICS[language]),
        want_to_learn=chance.choice(TOPICS[language]),
        **_ticks(name, now) if person else {},
    )


def _ticks(name: str, now: datetime) -> dict[str, Any]:
    """What they chose about whom they meet, the same for a name each time."""
    chance = random.Random(name)  # noqa: S311  (no secret)
    return {
        "may_be_suggested": chance.random() < 0.7,
        "wants_a_host": chance.random() < 0.4,
        "hosts_since": now if chance.random() < 0.1 else None,
    }


def _arrive(door: EventAtDoor, rsvp: Rsvp, chance: random.Random, now: datetime) -> None:
    latest = min(door.starts_at + timedelta(minutes=75), now)
    at = latest - timedelta(minutes=chance.randint(1, 90))
    scan_id = str(UUID(int=chance.getrandbits(128)))
    name = DOOR[rsvp.language]
    check_in(door, rsvp.id, DoorAction(scan_id, name, "demo", happened_at=at, heard_at=at))


def init_app(app: Flask) -> None:
    app.cli.add_command(command)

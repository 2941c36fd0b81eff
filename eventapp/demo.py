"""flask demo: fill an empty database with a community to try everything with."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from tqdm import tqdm

from eventapp.account.actions import meet_person, sign_in_link
from eventapp.account.queries import person_by_email
from eventapp.core import clock, text
from eventapp.core.db import db, transaction
from eventapp.core.links import leads_to_this_machine
from eventapp.door.check_in import check_in
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.log import DoorAction
from eventapp.events.programme import PlannedTalk, set_programme
from eventapp.model import Community, Event, Listing, Organiser, Rsvp, Status
from eventapp.rsvp.actions import enter, lock_seats, take_seats
from eventapp.rsvp.queries import rsvp_of

ORGANISER = "olga@example.org"
TZ = "Europe/Madrid"
FIRST_NAMES = (
    "Ana", "José", "Núria", "Łukasz", "Irene", "Begoña", "Søren", "Priya", "Zoë", "Hugo",
    "Leire", "Xavi", "Mónica", "Ahmed", "Yuki", "Óscar", "Inês", "Jürgen", "Amara", "Iker",
)  # fmt: skip
LAST_NAMES = (
    "Núñez", "de la Fuente", "Puig i Soler", "Muñoz", "O'Brien", "Fernández-Vega", "Kowalski",
    "Domínguez", "Öztürk", "Nakamura", "Castaño", "Etxebarria", "García", "Dubois",
)  # fmt: skip
TOPICS = (
    "pricing a service", "sourdough", "hiring the first five", "Postgres", "wine from Bierzo",
    "selling to hospitals", "cooperatives", "night trains", "reading a balance sheet",
    "teaching adults", "robots in kitchens", "public tenders",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    slug: str
    title: str
    place: str
    days_ahead: int  # 0 means in an hour, so that its door is open
    guests: int
    arrived: int
    capacity: int | None
    description: str
    talks: tuple[PlannedTalk, ...]


PLANS = (
    Plan(
        "cañas-y-balances",
        "Cañas y balances",
        "Bar La Nave, Calle Mayor 12, Madrid",
        -1,
        guests=28,
        arrived=22,
        capacity=40,
        description="How to read a balance sheet **without falling asleep**, with a beer in hand.",
        talks=(
            PlannedTalk(
                "A balance sheet in ten minutes",
                "Begoña Peña",
                "keeps the books of forty small shops",
                minutes_in=30,
            ),
        ),
    ),
    Plan(
        "noche-de-fracasos",
        "Noche de fracasos",
        "Taberna El Sur, Calle Torrecilla 8, Madrid",
        0,
        guests=36,
        arrived=9,
        capacity=45,
        description=(
            "Three people tell what went wrong, and what they would do again.\n\n"
            "No slides, no pitches. Afterwards we talk, and whoever knows nobody is introduced."
        ),
        talks=(
            PlannedTalk(
                "The restaurant that lasted a summer", "Iker Etxebarria", "cooks again", 30
            ),
            PlannedTalk(
                "We built it and nobody came", "Priya Dubois", "software engineer and founder", 55
            ),
            PlannedTalk("Firing myself", "Jürgen Kowalski", "ran a printing house", 80),
        ),
    ),
    Plan(
        "vinos-y-datos",
        "Vinos y datos",
        "Coworking La Industrial, Calle San Andrés 8, Madrid",
        16,
        guests=12,
        arrived=0,
        capacity=12,
        description="A tasting of five wines, and one honest talk about what data can *not* tell.",
        talks=(PlannedTalk("What the numbers left out", "Amara Nakamura", minutes_in=45),),
    ),
)


@click.command("demo")
@with_appcontext
def command() -> None:
    """Fill an empty database with the demo community, and print where to begin."""
    if db.session.scalar(select(Community.id).limit(1)) is None:
        with transaction():
            _fill(clock.now())
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


def _fill(now: datetime) -> None:
    community = _community(now)
    chance = random.Random(7)  # noqa: S311  the same names in every demo
    total = sum(plan.guests for plan in PLANS)
    with tqdm(total=total, desc="demo guests", disable=not sys.stderr.isatty()) as progress:
        for plan in PLANS:
            event = _event(community, plan, now)
            lock_seats(event)
            door = event_at_door(event.slug)
            for number in range(plan.guests):
                is_maybe = plan.days_ahead >= 0 and number % 10 == 9
                rsvp = _guest(event, chance, now, Status.MAYBE if is_maybe else Status.GOING)
                if number < plan.arrived and rsvp.holds_a_seat:
                    _arrive(door, rsvp, chance, now)
                progress.update()


def _community(now: datetime) -> Community:
    community = Community(
        slug="los-jueves",
        name="Los Jueves",
        about="People who meet on Thursdays over drinks and a good talk. Nobody sells anything.",
        links="https://www.instagram.com/losjueves\nhttps://losjueves.example.org",
        language="es",
        tz=TZ,
        data_controller="Asociación Los Jueves",
        contact_email="hola@example.org",
        keep_months=12,
        created_at=now,
    )
    db.session.add(community)
    olga = meet_person(ORGANISER, name="Olga Prat", language="es", at=now)
    olga.verified_at = now
    db.session.add(Organiser(community=community, person=olga, since=now, named_since=now))
    db.session.flush()
    return community


def _starts_at(plan: Plan, now: datetime) -> datetime:
    """19:00 of its day in Madrid, or the next full hour."""
    if plan.days_ahead == 0:
        return (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    date = now.astimezone(ZoneInfo(TZ)) + timedelta(days=plan.days_ahead)
    return date.replace(hour=19, minute=0, second=0, microsecond=0).astimezone(UTC)


def _event(community: Community, plan: Plan, now: datetime) -> Event:
    starts_at = _starts_at(plan, now)
    event = Event(
        community=community,
        slug=text.fold(plan.slug).replace(" ", "-"),
        title=plan.title,
        description=plan.description,
        place=plan.place,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        tz=TZ,
        capacity=plan.capacity,
        created_at=now,
        published_at=now,
    )
    set_programme(event, plan.talks)
    db.session.add(event)
    db.session.flush()
    return event


def _guest(event: Event, chance: random.Random, now: datetime, answer: str) -> Rsvp:
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    address = text.fold(name).replace(" ", ".") + "@example.org"
    companions = chance.choice((0, 0, 0, 1))
    known = meet_person(address, name=name, language="es", at=now)
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
        listing=chance.choice(sorted(Listing)) if person else None,
        confirmed_at=now if person else None,
        ask_me_about=chance.choice(TOPICS),
        want_to_learn=chance.choice(TOPICS),
    )


def _arrive(door: EventAtDoor, rsvp: Rsvp, chance: random.Random, now: datetime) -> None:
    at = min(door.starts_at, now) - timedelta(minutes=chance.randint(1, 90))
    scan_id = str(UUID(int=chance.getrandbits(128)))
    check_in(door, rsvp.id, DoorAction(scan_id, "Main door", "demo", happened_at=at, heard_at=at))


def init_app(app: Flask) -> None:
    app.cli.add_command(command)

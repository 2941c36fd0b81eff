"""Rows to begin with, by the verbs of the application where there are some."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from eventapp.account import actions as account
from eventapp.account import gate
from eventapp.communities.actions import show_name
from eventapp.communities.pictures import logo_files, portrait_files, set_logo, set_portrait
from eventapp.core import clock, mail, outbox, text
from eventapp.core.db import db, transaction
from eventapp.core.due import Due
from eventapp.core.mail import Composed
from eventapp.events.cover import files_of, set_cover
from eventapp.model import (
    Community,
    Cover,
    DoorLink,
    Event,
    Focus,
    Logo,
    Organiser,
    Person,
    Portrait,
    Rsvp,
)
from eventapp.rsvp import actions as rsvp_actions
from eventapp.worker import do_what_is_due
from tests.pictures import as_file, photo

_number = count(1)


def tonight(hour: int = 19) -> datetime:
    """An instant of this evening, in UTC, at least an hour from now."""
    soon = clock.now().replace(minute=0, second=0, microsecond=0)
    return soon + timedelta(hours=max(1, hour - soon.hour))


class Make:
    def __init__(self, app: Flask) -> None:
        self.app = app

    @contextmanager
    def act(self) -> Iterator[None]:
        """An application context and a transaction, as a command has them."""
        with self.app.app_context(), transaction():
            yield

    def due(self, *work: Due) -> int:
        """What the worker does of this. Returns how much."""
        with self.app.app_context():
            return do_what_is_due(work)

    def community(self, **more: Any) -> Community:
        number = next(_number)
        row = Community(
            **{
                "slug": f"community-{number}",
                "name": f"Community {number}",
                "data_controller": "The Association",
                "contact_email": "hello@example.org",
                "language": "en",
                "created_at": clock.now(),
                **more,
            }
        )
        with self.act():
            db.session.add(row)
        return row

    def event(self, community: Community | None = None, **more: Any) -> Event:
        """A published event that starts in an hour; `starts_at` moves it as a whole."""
        community = community or self.community()
        number = next(_number)
        starts_at = more.pop("starts_at", clock.now() + timedelta(hours=1))
        row = Event(
            **{
                "community_id": community.id,
                "slug": f"event-{number}",
                "title": f"Event {number}",
                "place": "Bar Central",
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(hours=3),
                "tz": "Europe/Madrid",
                "capacity": None,
                "created_at": clock.now(),
                "published_at": clock.now(),
                **more,
            }
        )
        with self.act():
            db.session.add(row)
        return row

    def cover(self, event: Event, picture: bytes | None = None, **more: Any) -> Cover:
        """A cover of 1200 × 800 pixels, red above and blue below."""
        files = files_of(picture or as_file(photo()))
        with self.act():
            there = db.session.get_one(Event, event.id)
            said = {"alt": "A flag", "focus": Focus.CENTRE, "at": clock.now(), **more}
            set_cover(there, files, **said)
        cover: Cover = self.row(Cover, event_id=event.id)
        return cover

    def logo(self, community: Community, picture: bytes | None = None) -> Logo:
        with self.act():
            there = db.session.get_one(Community, community.id)
            set_logo(there, logo_files(picture or as_file(photo())), at=clock.now())
        logo: Logo = self.row(Logo, community_id=community.id)
        return logo

    def portrait(self, person: Person, picture: bytes | None = None) -> Portrait:
        """The picture of an organiser, who is named as a host."""
        organiser: Organiser = self.row(Organiser, person_id=person.id)
        with self.act():
            there = db.session.get_one(Organiser, organiser.id)
            show_name(there, at=clock.now())
            set_portrait(there, portrait_files(picture or as_file(photo())), at=clock.now())
        portrait: Portrait = self.row(Portrait, organiser_id=organiser.id)
        return portrait

    def person(self, email: str | None = None, *, name: str = "Ana Ruiz", **more: Any) -> Person:
        """A person whose mailbox has answered."""
        row = _person(email, name, **more)
        with self.act():
            db.session.add(row)
        return row

    def organiser(self, community: Community, email: str | None = None) -> Person:
        person = self.person(email, name="Olga Organiser")
        with self.act():
            row = {"community_id": community.id, "person_id": person.id, "since": clock.now()}
            db.session.add(Organiser(**row))
        return person

    def rsvp(self, event: Event, name: str = "Ana Ruiz", **more: Any) -> Rsvp:
        """A confirmed RSVP of a new person; `person=None` for a guest with a name alone."""
        status, companions = more.pop("status", "going"), more.pop("companions", 0)
        person = more.pop("person") if "person" in more else _person(None, name)
        at = more.pop("created_at", clock.now())
        with self.act():
            there = db.session.get_one(Event, event.id)
            rsvp_actions.lock_seats(there)
            if status == "going":
                assert rsvp_actions.take_seats(there, 1 + companions), "no places left"
            row = rsvp_actions.enter(
                there,
                name,
                status=status,
                at=at,
                person=db.session.merge(person) if person and person.id else person,
                companions=companions,
                **{"confirmed_at": at if person else None, "language": "en", **more},
            )
        return row

    def crowd(self, like: Rsvp, size: int, **more: Any) -> list[int]:
        """The ids of many guests like this one, without persons, made by one statement."""
        own = {"id", "key", "ticket", "caseless_ticket", "badge", "short_code", "person_id"}
        columns = {column.key for column in Rsvp.__table__.columns} - own
        template = {column: getattr(like, column) for column in columns} | more
        rows = [
            {**template, "name": f"Guest {n}", "name_key": f"guest {n}", "short_code": f"{n:06}"}
            | {name: f"{like.id:011}{name[0]}{n:010}" for name in ("key", "ticket", "badge")}
            for n in range(size)
        ]
        with self.act():
            return list(db.session.scalars(insert(Rsvp).returning(Rsvp.id), rows))

    def door_link(self, event: Event, name: str = "Main door", **more: Any) -> DoorLink:
        row = DoorLink(event_id=event.id, name=name, created_at=clock.now(), **more)
        with self.act():
            db.session.add(row)
        return row

    def sign_in_link(self, person: Person) -> str:
        with self.act():
            return account.sign_in_link(db.session.get_one(Person, person.id), at=clock.now())

    def signed_in(self, browser: Any, person: Person) -> Any:
        """The browser, signed in as this person, who has proved their address. It has no page yet:
        opening the link and pressing the button would cost each test two pages more.
        """
        assert person.verified_at, "signing in would prove the address: use `sign_in_link`"
        with self.act():
            secret = account.start_session(person, user_agent="", at=clock.now())
            browser.keep_cookie(gate.cookie_name("sid"), secret)
        return browser

    def row(self, model: type[Any], **by: Any) -> Any:
        """The one row of a table, as it is in the database now."""
        with self.app.app_context():
            return db.session.scalars(select(model).filter_by(**by)).one()

    def rows(self, model: type[Any], **by: Any) -> list[Any]:
        """Rows of a table, as they are in the database now, in the order of their keys."""
        in_order = select(model).filter_by(**by).order_by(*model.__table__.primary_key)
        with self.app.app_context():
            return list(db.session.scalars(in_order))

    def mails(self, to: str | None = None) -> list[tuple[outbox.OutboxMail, Composed]]:
        """The mails in the outbox, the newest first, with their words."""
        with self.app.app_context():
            rows = [row for row in outbox.newest() if to in (None, row.to_email)]
            return [(row, mail.compose(row)) for row in rows]


def _person(email: str | None, name: str, **more: Any) -> Person:
    email = email or f"person{next(_number)}@example.org"
    return Person(
        **{
            "email": email,
            "email_key": text.email_key(email),
            "name": name,
            "language": "en",
            "created_at": clock.now(),
            "verified_at": clock.now(),
            **more,
        }
    )


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]

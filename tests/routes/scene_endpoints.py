"""What only some endpoints name in a scene: by endpoint, `{argument: value}`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from eventapp.contacts.actions import make_feed
from eventapp.contacts.queries import feed_of
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import new_secret, sign_values
from eventapp.floor.actions import Asked, ask_question, open_floor, show_question
from eventapp.follow.actions import PURPOSE, start_following
from eventapp.guests.request_mails import page_of
from eventapp.model import Audience, CardShare, Event, Floor, Impression, Organiser, Recap, Rsvp
from eventapp.rsvp.actions import make_personal_feed
from eventapp.rsvp.queries import finish_address, personal_feed_of
from tests.introductions.three import introduced, passed_on
from tests.make import Make

WAYS = "", "_by_key"  # of a guest to a page: signed in, or from a mail


def poster_and_finish(make: Make, event: Event) -> tuple[str, str]:
    """The secret of the event's poster, and of the page on which a walk-in finishes."""
    walk_in, poster = make.rsvp(event, "Walk In", person=None, source="walk_in"), new_secret()
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.poster_secret, there.admitted = poster, 1
        return poster, finish_address(walk_in.id).rpartition("/")[2]


def secrets_by_endpoint(link: str, poster: str, finish: str) -> dict[str, dict[str, Any]]:
    return {
        "door.link": {"secret": link},
        "door.open_door": {"secret": link},
        "kiosk.here": {"secret": poster},
        "kiosk.check_in_here": {"secret": poster},
        "rsvp.finish": {"token": finish},
        "rsvp.send_finished": {"token": finish},
    }


def of_following(make: Make, community: Any, person: Any) -> dict[str, dict[str, Any]]:
    with make.act():
        key = start_following(community, person, at=clock.now()).key
        make_feed(person, at=clock.now())
        make_personal_feed(person, at=clock.now())
        feed, own = feed_of(person), personal_feed_of(person)
        token = sign_values(PURPOSE, [community.id, person.email, "en"])
    return {
        "contacts.feed": {"key": feed.key if feed else None},
        "rsvp.personal_feed": {"key": own.key if own else None},
        "follow.confirm_page": {"token": token},
        "follow.confirm": {"token": token},
        "follow.end_page": {"key": key},
        "follow.end": {"key": key},
    }


def of_introductions(make: Make, rsvp: Any, met: Any) -> dict[str, dict[str, Any]]:
    """The guest is asked about one, and made another, of which a third is asked too."""
    third = make.rsvp(make.event(), "Third Of Them")
    got = introduced(make, met.person, rsvp, third)
    made = introduced(make, rsvp.person, met, third)
    weeks_ago = clock.now() - timedelta(days=20)
    joined = introduced(make, met.person, rsvp, third, at=weeks_ago, joined_at=weeks_ago)
    pages = ("asked", "mail_page", "switch_mail")
    return {
        **{f"introductions.{page}": {"key": got.sides[0].key} for page in pages},
        "introductions.answer": {"introduction_id": got.id, "answer": "accept"},
        "introductions.answer_by_key": {"key": got.sides[0].key, "answer": "decline"},
        "introductions.block": {"introduction_id": got.id},
        "introductions.withdraw": {"introduction_id": made.id},
        "introductions.say_what_came": {"introduction_id": joined.id},
        "introductions.say_what_came_by_key": {"key": joined.sides[0].key},
        **_of_passing(make, rsvp, met),
    }


def _of_passing(make: Make, rsvp: Any, met: Any) -> dict[str, dict[str, Any]]:
    """The guest passes the other one's contact on, who has agreed; and is asked about their own."""
    passed = passed_on(make, rsvp, met, fields=["email"], accepted_at=clock.now())
    asked = passed_on(make, met, rsvp, fields=["email"])
    with make.act():
        there = {"person_id": met.person_id, "field": "email", "since": clock.now()}
        db.session.add(CardShare(**there))
    keys = ("passing", "agree", "refuse")
    return {
        **{f"introductions.{page}": {"key": asked.key} for page in keys},
        "introductions.end_passing": {"passed_id": passed.id},
        "introductions.handed": {"link": passed.link},
        "introductions.open_handed": {"link": passed.link},
    }


def of_request_mail(make: Make, organiser: Any) -> dict[str, dict[str, Any]]:
    row = make.row(Organiser, person_id=organiser.id)
    with make.app.app_context():
        token = page_of(row).rpartition("/")[2]
    pages = "guests.request_mail_page", "guests.switch_request_mail"
    return {page: {"token": token} for page in pages}


def of_floor(make: Make, event: Event, rsvp: Rsvp) -> dict[str, dict[str, Any]]:
    """A question of the guest's, which a host showed; and the secret of the wall."""
    with make.act():
        open_floor(db.session.get_one(Event, event.id), hosts_first=True, at=clock.now())
        asked = Asked("Why rye?", talk_id=None, is_anonymous=True)
        row = ask_question(db.session.get_one(Rsvp, rsvp.id), asked, at=clock.now())
        db.session.flush()
        show_question(row, at=clock.now())
        about = {"question_id": row.id}
    of_guests = (f"{act}{way}" for act in ("vote", "take_back", "withdraw") for way in WAYS)
    acts = *of_guests, "take_back_own", "show", "hide", "answered", "reopen"
    told = (f"conduct.{page}{way}" for page in ("question", "report_question") for way in WAYS)
    wall = {"wall": make.row(Floor, event_id=event.id).wall}
    walls = {f"floor.{page}": wall for page in ("wall", "wall_now")}
    return {**{f"floor.{act}": about for act in acts}, **dict.fromkeys(told, about), **walls}


def of_recap(make: Make, community: Any) -> dict[str, dict[str, Any]]:
    """The recap of an event that has taken place."""
    event = make.event(community, starts_at=clock.now() - timedelta(days=2))
    with make.act():
        db.session.add(Recap(event_id=event.id, words="Cosy", published_at=clock.now()))
    return {"impressions.recap": {"slug": event.slug}}


def of_reports(make: Make, event: Event, by: Any) -> dict[str, dict[str, Any]]:
    """What another guest took with them, for whoever reports it."""
    said = {"words": "Bad bread", "audience": Audience.ATTENDEES, "created_at": clock.now()}
    row = Impression(event_id=event.id, person_id=by.person_id, **said)
    with make.act():
        db.session.add(row)
    pages = "conduct.impression", "conduct.report_impression"
    ways = (f"{page}{way}" for page in pages for way in WAYS)
    return {way: {"impression_id": row.id} for way in ways}

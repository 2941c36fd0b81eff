"""An evening with one of every object that an address can name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from werkzeug.routing import Rule

from eventapp.core import clock
from eventapp.model import DoorLink, Organiser, Person
from tests.mails.failing import fail, mailed
from tests.make import Make
from tests.routes.scene_endpoints import (
    WAYS,
    of_floor,
    of_following,
    of_introductions,
    of_recap,
    of_reports,
    of_request_mail,
    poster_and_finish,
    secrets_by_endpoint,
)
from tests.routes.scene_objects import (
    PIN,
    a_block,
    a_picture,
    a_report,
    a_round,
    an_impression,
    codes,
    door_links,
    of_event,
    what_happened,
)
from tests.rsvp.asking import ask, asked

SECRETS_OF_EVENT = {
    "exact_address": "Calle Secreta 7",
    "private_link": "https://chat.example.org/unlisted",
}
GUEST, MET, PENDING = "Nadia Ferrer", "Oriol Puig", "Quim Sala"


@dataclass
class Scene:
    """What addresses name in one community: `{argument: value}`, and by endpoint what differs."""

    arguments: dict[str, Any]
    by_endpoint: dict[str, dict[str, Any]]
    people: dict[str, Person]
    links: dict[str, DoorLink]

    def address(self, rule: Rule) -> str:
        """The address of a route, about this scene's objects."""
        values = {name: self.value(rule, name) for name in rule.arguments}
        missing = [name for name, value in values.items() if value is None]
        assert not missing, f"{rule}: what is {missing}? Add it to the scene."
        _, path = rule.build(values) or ("", "")
        return str(path)

    def typed(self) -> dict[str, Any]:
        """What would do something at most routes that take a form."""
        return {
            **{"name": "Somebody Else", "email": "else@example.org", "title": "Taken over"},
            **{"scan_id": str(uuid4()), "code": self.arguments["ticket"], "pin": PIN, "sure": "y"},
            **{"digits": "123456", "capacity": "70", "listing": "everyone", "language": "es"},
            **{
                "letters": "abc",
                "role": "helper",
                "note": "I was here",
                "words": "So be it",
                "over_reason": "because",
            },
            **{"starts": "2030-05-05T19:00", "ends": "2030-05-05T22:00", "tz": "Europe/Madrid"},
            **{"other": self.arguments["other_id"], "number": "1", "came_of_it": "useful"},
            **{"data_controller": "We", "contact_email": "we@example.org", "keep_months": "3"},
        }

    def value(self, rule: Rule, name: str) -> Any:
        if name == "slug" and re.match(r"/[oc]/<slug>", rule.rule):
            return self.arguments["community"]
        return self.by_endpoint.get(rule.endpoint, {}).get(name, self.arguments.get(name))


def scene(make: Make) -> Scene:
    community = make.community()
    starts = clock.now() - timedelta(hours=1)
    event = make.event(community, starts_at=starts, notes_leaving=True, **SECRETS_OF_EVENT)
    ask(make, event, asked("Diet", "any_of", "Vegan", "Halal"), asked("Size"))
    organiser, second = make.organiser(community), make.organiser(community)
    person, other = make.person(name=GUEST), make.person(name=MET)
    listed = {"listing": "attendees"}
    rsvp = make.rsvp(event, GUEST, person=person, **listed)
    met = make.rsvp(event, MET, person=other, **listed)
    pending = make.rsvp(event, PENDING, status="pending", **listed)
    links = door_links(make, event)
    bounced = mailed(make, event, f"bounced-{event.slug}", confirmed_at=None)
    arguments = {
        **{"community": community.slug, "slug": event.slug, "rsvp_id": met.id},
        **{"key": rsvp.key, "ticket": rsvp.ticket, "badge": met.badge},
        **{"link_id": links["helper"].id, "person_id": other.id},
        **{"code": "l4785", "act": "remove", "filename": "app.css"},
        **what_happened(make, event, rsvp, met),
        **codes(make, person, rsvp),
        **{"way": "up", "format": "webp", "kind": "xlsx", "name": "0badcafe3"},
        **of_event(make, event, met),
        **{"block_id": a_block(make, person), "report_id": a_report(make, event, person, other)},
        "impression_id": an_impression(make, event, person),
        "picture_id": (picture := a_picture(make, event, person)).id,
        "wall": a_round(make, event, rsvp, met),
        "mail_id": fail(make, bounced.name).id,
        "organiser_id": make.row(Organiser, person_id=second.id).id,
    }
    by_endpoint = {
        **{f"guests.{act}": {"rsvp_id": pending.id} for act in ("approve", "decline")},
        **{f"mails.{act}_address": {"rsvp_id": bounced.id} for act in ("ask", "correct")},
        **secrets_by_endpoint(links["helper"].secret, *poster_and_finish(make, event)),
        **of_following(make, community, person),
        **of_floor(make, event, rsvp),
        **of_request_mail(make, second),
        **of_introductions(make, rsvp, met),
        **{f"impressions.picture_file{way}": {"digest": picture.digest} for way in WAYS},
        **of_recap(make, community),
        **of_reports(make, event, met),
        "communities.logo_file": {"digest": make.logo(community).digest},
        "communities.portrait_file": {"digest": make.portrait(second).digest},
    }
    people = {"attendee": person, "organiser": organiser}
    return Scene(arguments, by_endpoint, people, links)

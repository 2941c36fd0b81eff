"""Rows of every kind, as the tables of the first migration hold them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

Row = dict[str, Any]

START = datetime(2026, 11, 24, 19, tzinfo=UTC)
LATER = START + timedelta(hours=3)


def numbered(*rows: Row) -> list[Row]:
    return [{"id": number, **row} for number, row in enumerate(rows, 1)]


COMMUNITIES = numbered(
    {
        "slug": "copas", "name": "Copas", "about": "Charlas y copas", "language": "es",
        "tz": "Europe/Madrid", "data_controller": "Asociación Copas",
        "contact_email": "hola@copas.example", "keep_months": 12, "created_at": START,
    },
    {
        "slug": "drinks", "name": "Drinks", "about": "", "language": "en", "tz": "Europe/London",
        "data_controller": "Drinks", "contact_email": "hi@drinks.example", "keep_months": 1,
        "created_at": START,
    },
)  # fmt: skip

PERSONS = numbered(
    *(
        {
            "email": f"{name}@Example.org", "email_key": f"{name}@example.org",
            "name": name.title(), "language": language, "verified_at": verified_at,
            "created_at": START,
        }
        for name, language, verified_at in (
            ("núria", "es", START), ("josé", "es", LATER), ("ann", "en", LATER), ("bo", "en", None),
            ("cleo", "es", LATER), ("dan", "en", LATER),
        )
    )
)  # fmt: skip

CARD_FIELDS = ("email", "phone", "company", "role", "linkedin", "web", "about")
CARDS = [
    {
        "person_id": 1, "phone": "+34600000000", "company": "Ñandú", "role": "CTO",
        "linkedin": "nuria", "web": "https://nuria.example", "about": "¿Café?", "changed_at": LATER,
    },
    {
        "person_id": 2, "phone": "", "company": "", "role": "", "linkedin": "", "web": "",
        "about": "", "changed_at": START,
    },
]  # fmt: skip

PLAIN_EVENT: Row = {
    "description": "", "place": "", "starts_at": START, "ends_at": LATER, "tz": "Europe/Madrid",
    "created_at": START, "published_at": START, "called_off_at": None, "revision": 2,
    "rsvp_closes_at": None, "door_opens_hours_before": 4, "door_closes_hours_after": 12,
    "met_closes_days_after": 60, "capacity": None, "companions_max": 5, "seats_taken": 0,
    "seats_over": 0, "admitted": 0, "door_revision": 0,
}  # fmt: skip
EVENTS = numbered(
    PLAIN_EVENT
    | {
        "community_id": 1, "slug": "noviembre", "title": "Noviembre", "description": "# Hola",
        "place": "Bar Ñ", "rsvp_closes_at": START, "capacity": 4, "seats_taken": 5,
        "seats_over": 1, "admitted": 3, "door_revision": 7,
    },
    PLAIN_EVENT | {"community_id": 1, "slug": "off", "title": "Off", "called_off_at": START},
    PLAIN_EVENT | {"community_id": 2, "slug": "draft", "title": "Draft", "published_at": None},
)  # fmt: skip

PLAIN_RSVP: Row = {
    "event_id": 1, "person_id": None, "status": "going", "companions": 0, "listing": None,
    "ask_me_about": "", "want_to_learn": "", "language": "es", "source": "form",
    "source_ref": None, "source_digest": None, "answers": {}, "created_at": START,
    "confirmed_at": None, "changed_at": None, "waitlisted_at": None, "morning_after_at": None,
}  # fmt: skip
ANSWERS: list[Row] = [
    {
        "person_id": 1, "name": "Núria Łuk", "companions": 2, "listing": "everyone",
        "ask_me_about": "bread", "want_to_learn": "sailing", "answers": {"diet": "vegan"},
        "confirmed_at": START, "changed_at": LATER, "morning_after_at": LATER,
    },
    {"person_id": 2, "name": "José Núñez", "listing": "attendees", "confirmed_at": START},
    {
        "person_id": 3, "name": "Ann", "status": "waitlisted", "listing": "nobody",
        "waitlisted_at": START, "language": "en",
    },
    {"person_id": 4, "name": "Bo", "status": "pending"},
    {"person_id": 5, "name": "Cleo", "status": "not_going"},
    {"person_id": 6, "name": "Dan", "status": "cancelled"},
    {
        "name": "李雷", "source": "import", "source_ref": "list-7", "source_digest": "d1",
        "answers": {"Menú": "pez"},
    },
    {"name": "O’Brien", "source": "walk_in"},
    {"event_id": 2, "person_id": 1, "name": "Núria", "confirmed_at": START},
]  # fmt: skip
RSVPS = numbered(
    *(
        {
            **PLAIN_RSVP, **answer, "key": f"key-{number}", "ticket": f"ticket-{number}",
            "badge": f"badge-{number}", "short_code": f"CODE{number}",
        }
        for number, answer in enumerate(ANSWERS, 1)
    )
)  # fmt: skip

TALKS = numbered(
    {"event_id": 1, "position": 0, "title": "Pan", "speaker": "Núria"},
    {"event_id": 1, "position": 1, "title": "Mar", "speaker": ""},
)

CHECK_INS = numbered(
    {"event_id": 1, "rsvp_id": 1, "people": 2, "at": START, "door": "Main", "by": "link:1"},
    {"event_id": 1, "rsvp_id": 8, "people": 1, "at": LATER, "door": "", "by": "person:1"},
)

VERBS = ("admit", "undo", "deny", "walk_in")
OUTCOMES = ("admitted", "already", "undone", "needs_input", "denied")
PLAIN_LOG: Row = {
    "event_id": 1, "rsvp_id": 1, "reason": None, "people": 1, "first_at": None, "first_door": None,
    "door": "Main", "by": "link:1", "offline": False, "happened_at": START, "heard_at": START,
}  # fmt: skip
DOOR_LOG = numbered(
    *(
        PLAIN_LOG | {"scan_id": f"scan-{verb}-{outcome}", "verb": verb, "outcome": outcome}
        for verb in VERBS
        for outcome in OUTCOMES
    ),
    PLAIN_LOG
    | {
        "scan_id": "offline", "verb": "admit", "outcome": "already", "first_at": START,
        "first_door": "Side", "offline": True, "heard_at": LATER,
    },
    PLAIN_LOG
    | {
        "scan_id": "nobody's", "rsvp_id": None, "verb": "admit", "outcome": "denied",
        "reason": "unknown", "people": 0,
    },
)  # fmt: skip

ENCOUNTERS = numbered(
    {
        "event_id": 1, "noter_id": 1, "met_id": 2, "note": "bread", "tags": ["pan", "mar"],
        "follow_up_on": date(2026, 12, 1), "noted_at": LATER, "declined_at": None,
    },
    {
        "event_id": 1, "noter_id": 2, "met_id": 1, "note": "", "tags": [], "follow_up_on": None,
        "noted_at": LATER, "declined_at": LATER,
    },
)  # fmt: skip

MAILED_CODES = numbered(
    {
        "page": "p1", "token_digest": "t1", "digits_digest": "d1", "browser_digest": "b1",
        "person_id": 1, "email": "núria@example.org", "rsvp_id": 1, "typed": {"name": "Núria"},
        "form_id": "f1", "go_to": "/e/noviembre", "wrong_tries": 2, "created_at": START,
        "expires_at": LATER, "used_at": START,
    },
    {
        "page": "p2", "token_digest": None, "digits_digest": None, "browser_digest": None,
        "person_id": None, "email": "new@example.org", "rsvp_id": None, "typed": {},
        "form_id": None, "go_to": None, "wrong_tries": 0, "created_at": START,
        "expires_at": LATER, "used_at": None,
    },
)  # fmt: skip

PLAIN_MAIL: Row = {
    "to_email": "núria@example.org", "to_key": "núria@example.org", "language": "es", "once": None,
    "values": {"url": "http://localhost/r/key-1"}, "asked_for": False, "created_at": START,
    "send_after": START, "sent_at": None, "tries": 0, "last_error": "",
}  # fmt: skip
MAILS = numbered(
    PLAIN_MAIL
    | {"template": "rsvp/mail/ticket", "once": "ticket:1:1", "tries": 1, "sent_at": LATER},
    PLAIN_MAIL | {"template": "rsvp/mail/promoted", "tries": 2, "last_error": "451 later"},
    PLAIN_MAIL | {"template": "rsvp/mail/gone", "once": "rsvp/mail/gone:1", "tries": 8},
    PLAIN_MAIL
    | {
        "template": "account/mail/sign_in", "values": {"code": "123 456"}, "asked_for": True,
        "language": "en",
    },
    PLAIN_MAIL | {"template": "rsvp/mail/called_off", "once": "rsvp/mail/called_off:9"},
    PLAIN_MAIL | {"template": "met/mail/did_you_meet", "once": "met:2:1"},
)  # fmt: skip

# In the order in which each finds the rows that it refers to.
ROWS: dict[str, list[Row]] = {
    "community": COMMUNITIES,
    "person": PERSONS,
    "organiser": numbered({"community_id": 1, "person_id": 1, "since": START}),
    "card": CARDS,
    "card_share": [{"person_id": 1, "field": field, "since": START} for field in CARD_FIELDS],
    "card_withdrawal": numbered({"owner_id": 1, "holder_id": 2, "at": LATER}),
    "session": numbered(
        {
            "secret_digest": "s", "person_id": 1, "user_agent": "Firefox", "created_at": START,
            "expires_at": LATER,
        }
    ),
    "event": EVENTS,
    "talk": TALKS,
    "rsvp": RSVPS,
    "name_word": [
        {"event_id": 1, "word": word, "rsvp_id": rsvp_id}
        for word, rsvp_id in (("nuria", 1), ("luk", 1), ("jose", 2), ("nunez", 2), ("李雷", 7))
    ],
    "door_link": numbered(
        {"event_id": 1, "secret": "m", "name": "M", "created_at": START, "withdrawn_at": None},
        {"event_id": 1, "secret": "s", "name": "S", "created_at": START, "withdrawn_at": LATER},
    ),
    "door_pass": numbered({"door_link_id": 1, "phone_digest": "p", "opened_at": START}),
    "check_in": CHECK_INS,
    "door_log": DOOR_LOG,
    "encounter": ENCOUNTERS,
    "mailed_code": MAILED_CODES,
    "outbox_mail": MAILS,
}  # fmt: skip

"""Find or add the people to whom addresses belong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eventapp.account.queries import people_by_key
from eventapp.core.insert import insert_missing, insert_once
from eventapp.model import Person


def meet_person(email: str, *, name: str, language: str, at: datetime) -> Person:
    """The person with this normal address, added as unverified if new. A known one is not
    changed.
    """
    key = email.casefold()
    row = {"email": email, "email_key": key, "name": name, "language": language, "created_at": at}
    insert_once(Person, row)
    return people_by_key([key])[key]


def meet_people(names: Mapping[str, str], *, language: str, at: datetime) -> dict[str, Person]:
    """Like `meet_person` for many, in a few queries. Takes `names` by address, and returns people
    by `text.email_key`.
    """
    rows = {
        email.casefold(): {"email": email, "name": name, "language": language}
        for email, name in names.items()
    }
    known = people_by_key(rows)
    # Inserted in a fixed order, to avoid deadlocks.
    new = {key: rows[key] for key in sorted(rows) if key not in known}
    insert_missing(
        Person, [{**row, "email_key": key, "created_at": at} for key, row in new.items()]
    )
    return known | people_by_key(new)

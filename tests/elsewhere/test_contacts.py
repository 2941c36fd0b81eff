"""Address books find in our vCards what went in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import vobject

from eventapp.contacts.contact import Contact, labels, story
from eventapp.contacts.vcard import vcard, vcards
from tests.contacts.people import NAME_ONLY, NURIA
from tests.elsewhere.hostile import CONTACT
from tests.elsewhere.programs import khard


def meant(contact: Contact) -> dict[str, Any]:
    """What an address book is to have of a contact."""
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "company": contact.company,
        "role": contact.role,
        "pages": {unquote(url) for url in (contact.web, contact.linkedin) if url},
        "note": story(contact).replace("\t", " "),
        "labels": labels(contact),
    }


def by_vobject(card: Any) -> dict[str, Any]:
    first = {name: ones[0].value for name, ones in card.contents.items()}
    return {
        "name": first["fn"],
        "email": first.get("email"),
        "phone": first.get("tel"),
        "company": first.get("org", [None])[0],
        "role": first.get("title"),
        "pages": {unquote(one.value) for one in card.contents.get("url", [])},
        "note": first["note"],
        "labels": first["categories"],
    }


def by_khard(row: dict[str, Any]) -> dict[str, Any]:
    pages = [next(iter(one.values())) if isinstance(one, dict) else one for one in row["webpages"]]
    return {
        "name": row["formatted_name"],
        "email": row["emails"]["INTERNET"][0] if row["emails"] else None,
        "phone": row["phone_numbers"]["CELL"][0] if row["phone_numbers"] else None,
        "company": row["organisations"][0][0] if row["organisations"] else None,
        "role": row["titles"][0] if row["titles"] else None,
        "pages": set(map(unquote, pages)),
        "note": row["notes"][0],
        "labels": row["categories"],
    }


CONTACTS = [CONTACT, NURIA, replace(NAME_ONLY, uid="c9a2-name-only")]


def test_vobject_reads_all_of_them() -> None:
    read = map(by_vobject, vobject.readComponents(vcards(CONTACTS).decode()))
    assert list(read) == list(map(meant, CONTACTS))


def test_khard_reads_all_of_them(tmp_path: Path) -> None:
    rows = {row["uid"]: by_khard(row) for row in khard(list(map(vcard, CONTACTS)), tmp_path)}
    assert rows == {contact.uid: meant(contact) for contact in CONTACTS}

"""vCard 3.0 (RFC 2426), which phones, Google and Outlook read. Written here, as it is short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC

from eventapp.contacts.contact import Contact, labels, story, web_address
from eventapp.core.phones import dialled_phone

_LINE_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_LONGEST_LINE = 75  # octets, the line break left out


def vcards(contacts: Iterable[Contact]) -> bytes:
    """All contacts as one file: UTF-8 without byte order mark, lines end in CRLF."""
    return "".join(map(vcard, contacts)).encode()


def vcard(contact: Contact) -> str:
    """One card. Missing values are left out."""
    return _written(_properties(contact))


def _written(properties: Iterable[tuple[str, str]]) -> str:
    lines = [f"{name}:{value}" for name, value in properties if value]
    return "".join(f"{_folded(line)}\r\n" for line in ("BEGIN:VCARD", *lines, "END:VCARD"))


def short_vcard(contact: Contact) -> str:
    """The card alone, as short as a QR code wants it: without where they met."""
    return _written([("VERSION", "3.0"), *_who(contact)])


def _properties(contact: Contact) -> list[tuple[str, str]]:
    return [
        ("VERSION", "3.0"),
        ("UID", _text(contact.uid)),
        ("REV", f"{contact.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
        *_who(contact),
        ("CATEGORIES", ",".join(map(_text, labels(contact)))),
        ("NOTE", _text(story(contact))),
    ]


def _who(contact: Contact) -> list[tuple[str, str]]:
    name = contact.parts
    linkedin = _link(contact.linkedin)
    return [
        ("N", ";".join(map(_text, (name.family, name.given, "", name.prefix, name.suffix)))),
        ("FN", _text(contact.name)),
        ("ORG", _text(contact.company)),
        ("TITLE", _text(contact.role)),
        ("TEL;TYPE=CELL", _text(dialled_phone(contact.phone or ""))),
        ("EMAIL;TYPE=INTERNET", _text(contact.email)),
        ("URL", _link(contact.web)),
        ("item1.URL", linkedin),
        ("item1.X-ABLabel", "LinkedIn" if linkedin else ""),  # Apple and Google show it
    ]


def _text(value: str | None) -> str:
    """A text value, escaped. Control characters are dropped, as they could forge a card."""
    text = value or ""
    if not text.isprintable():
        text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
        text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return text.translate(_ESCAPED)


def _link(value: str | None) -> str:
    """The address of a page, which is no text and has no escapes: with a comma as it is some
    address books end there, with a backslash before it others keep that.
    """
    return (web_address(value) or "").replace(",", "%2C")


def _folded(line: str) -> str:
    """A line folded to 75 octets, continued after CRLF and a space, without splitting a
    character.
    """
    if line.isascii():
        rest = range(_LONGEST_LINE, len(line), _LONGEST_LINE - 1)
        more = (line[start : start + _LONGEST_LINE - 1] for start in rest)
        return "\r\n ".join([line[:_LONGEST_LINE], *more])
    lines, octets = [""], 0
    for char in line:
        size = len(char.encode())
        if octets + size > _LONGEST_LINE:
            lines.append(" ")
            octets = 1
        lines[-1] += char
        octets += size
    return "\r\n".join(lines)

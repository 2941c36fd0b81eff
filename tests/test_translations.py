"""Spanish is complete: every text of the pages, mails and messages, with its placeholders."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent / "eventapp"
SPANISH = ROOT / "translations" / "es" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
A_PASS = re.compile(r"\b(my|your|the|an?|which) pass(es)?\b|\b(mi|tu|el|un|qué) pases?\b", re.I)
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def catalog() -> Catalog:
    with (SPANISH / "messages.po").open("rb") as file:
        return read_po(file, locale="es")


def test_every_text_of_the_source_is_in_the_catalog() -> None:
    methods = [("**.py", "python"), ("**/templates/**", "jinja2")]
    options = {"**/templates/**": {"trimmed": "true"}}
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    known = catalog()
    missing = {
        (message[0] if isinstance(message, tuple) else message)
        for _, _, message, _, _ in found
        if message not in known and (not isinstance(message, tuple) or message[0] not in known)
    }
    assert not missing, "run `make strings`, translate, and run it again"


def test_no_text_is_missing_or_fuzzy() -> None:
    left = [
        message.id
        for message in catalog()
        if message.id and (message.fuzzy or not all(_forms(message.string)) or not message.string)
    ]
    assert not left


def test_what_guests_show_at_the_door_is_a_ticket_everywhere() -> None:
    texts = [form for one in catalog() for form in (*_forms(one.id), *_forms(one.string))]
    assert len(texts) > 1000
    assert not [text for text in texts if A_PASS.search(text)]


def test_placeholders_are_the_same_in_both_languages() -> None:
    for message in catalog():
        if not message.id:
            continue
        wanted = set(PLACEHOLDER.findall(" ".join(_forms(message.id))))
        for form in _forms(message.string):
            assert set(PLACEHOLDER.findall(form)) <= wanted, message.id
        assert set(PLACEHOLDER.findall(" ".join(_forms(message.string)))) == wanted, message.id


def test_what_was_compiled_is_what_was_translated() -> None:
    with (SPANISH / "messages.mo").open("rb") as file:
        compiled = {(_forms(one.id), _context(one)): one for one in read_mo(file)}
    for message in catalog():
        if message.id:
            there = compiled.get((_forms(message.id), _context(message)))
            assert there, message.id
            assert _forms(there.string) == _forms(message.string), message.id


def _context(message: Message) -> str | None:
    context: object = message.context
    return context.decode() if isinstance(context, bytes) else message.context  # as Babel reads it


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)

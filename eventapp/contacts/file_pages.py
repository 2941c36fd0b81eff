"""/contacts.vcf, .csv and .xlsx: the people one met, as files to take along."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, make_response, request

from eventapp.account import gate
from eventapp.contacts import address_books, queries
from eventapp.contacts.contact import Contact
from eventapp.contacts.vcard import vcards
from eventapp.contacts.views import asked, bp
from eventapp.core import clock
from eventapp.core.xlsx import XLSX_TYPE
from eventapp.met.queries import names_of

# Their browsers open a vCard in the address book, unless it is to be downloaded. Others would show
# its text.
SHOW_VCARDS = ("iPhone", "iPad")


@bp.get("/contacts.vcf")
def vcf() -> Response:
    return _vcf_of(_contacts_asked(), filename="contacts.vcf")


@bp.get("/contacts/<int:rsvp_id>.vcf")
def one_vcf(rsvp_id: int) -> Response:
    person = gate.require_person()
    one = queries.contact_with(queries.known_to(person), rsvp_id)
    return _vcf_of(queries.contacts_of(person, [one], at=clock.now()), filename="contact.vcf")


@bp.get("/contacts.csv")
def csv() -> Response:
    purpose = request.args.get("for", "plain")
    written = address_books.FORMATS.get(purpose) or abort(400)
    name = "contacts.csv" if purpose == "plain" else f"contacts-{purpose}.csv"
    return _file(written(_contacts_asked()), "text/csv; charset=utf-8", name)


@bp.get("/contacts.xlsx")
def spreadsheet() -> Response:
    return _file(address_books.spreadsheet(_contacts_asked()), XLSX_TYPE, "contacts.xlsx")


def _contacts_asked() -> list[Contact]:
    """Everybody, or whoever is found by the words and the filters of the page."""
    person, at = gate.require_person(), clock.now()
    wanted = asked().wanted(queries.today_of(person, at))
    known = queries.wanted_among(person, queries.known_to(person), wanted)
    names = queries.names_among(names_of(person), wanted)
    return [*queries.contacts_of(person, known, at=at), *queries.contacts_named(names, at=at)]


def _vcf_of(contacts: Sequence[Contact], *, filename: str) -> Response:
    is_shown = any(name in request.user_agent.string for name in SHOW_VCARDS)
    shown = "inline" if is_shown else "attachment"
    return _file(vcards(contacts), "text/vcard; charset=utf-8", filename, shown)


def _file(content: bytes, kind: str, filename: str, shown: str = "attachment") -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{filename}"
    return response

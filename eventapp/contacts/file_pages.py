"""/contacts.vcf and /contacts.csv: the people one met, as files to take along."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, make_response, request

from eventapp.account import gate
from eventapp.contacts import address_books, queries
from eventapp.contacts.contact import Contact
from eventapp.contacts.vcard import vcards
from eventapp.contacts.views import bp
from eventapp.core import clock


@bp.get("/contacts.vcf")
def vcf() -> Response:
    return _vcf_of(_all_contacts(), filename="contacts.vcf")


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
    return _file(written(_all_contacts()), kind="text/csv; charset=utf-8", filename=name)


def _all_contacts() -> list[Contact]:
    person = gate.require_person()
    return queries.contacts_of(person, queries.known_to(person), at=clock.now())


def _vcf_of(contacts: Sequence[Contact], *, filename: str) -> Response:
    return _file(vcards(contacts), kind="text/vcard; charset=utf-8", filename=filename)


def _file(content: bytes, *, kind: str, filename: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{filename}"
    return response

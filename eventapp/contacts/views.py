"""The contacts of a person, to look up and download; and the card that they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, request, url_for

from eventapp.account import gate
from eventapp.attendees.queries import crosses_anything, holders_of
from eventapp.contacts import actions, address_books, queries
from eventapp.contacts.card_values import region_of
from eventapp.contacts.contact import Contact
from eventapp.contacts.forms import FIELD_WORDS, CardForm
from eventapp.contacts.vcard import vcards
from eventapp.core import clock, htmx, i18n, text
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.links import is_ours
from eventapp.core.request_limits import search_terms
from eventapp.met.gate import guest_with
from eventapp.met.queries import names_of, questions_to
from eventapp.model import Event, Person
from eventapp.rsvp.queries import rsvps_of

bp = Blueprint("contacts", __name__)


@bp.get("/contacts")
def contacts() -> Response:
    person, at = gate.require_person(), clock.now()
    typed = text.clean_line(search_terms())
    known = queries.contacts_of(person, at=at, typed=typed)
    return htmx.show(
        "contacts/contacts.html",
        fragment="contacts/_known.html",
        known=known,
        names=names_of(person),
        typed=typed,
        gives_card=crosses_anything(person),
        questions=questions_to(person, at),
        open_events=[] if known or typed else _events_to_say(person),
    )


def _events_to_say(person: Person) -> list[Event]:
    """Events to which they came, or said so, and for which they may still note whom they met."""
    at = clock.now()
    return [
        rsvp.event
        for rsvp in rsvps_of(person)
        if rsvp.holds_a_seat and rsvp.event.takes_encounters(at)
    ]


@bp.get("/contacts.vcf")
def vcf() -> Response:
    return _vcf_of(_all_contacts(), filename="contacts.vcf")


@bp.get("/contacts/<int:rsvp_id>.vcf")
def one_vcf(rsvp_id: int) -> Response:
    person = gate.require_person()
    one = queries.contact_with(person, rsvp_id, at=clock.now())
    return _vcf_of([one], filename="contact.vcf")


@bp.get("/contacts.csv")
def csv() -> Response:
    purpose = request.args.get("for", "plain")
    written = address_books.FORMATS.get(purpose) or abort(400)
    name = "contacts.csv" if purpose == "plain" else f"contacts-{purpose}.csv"
    return _file(written(_all_contacts()), kind="text/csv; charset=utf-8", filename=name)


def _all_contacts() -> list[Contact]:
    known = queries.contacts_of(gate.require_person(), at=clock.now())
    return [one.contact for one in known]


def _vcf_of(contacts: Sequence[Contact], *, filename: str) -> Response:
    return _file(vcards(contacts), kind="text/vcard; charset=utf-8", filename=filename)


def _file(content: bytes, *, kind: str, filename: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{filename}"
    return response


@bp.get("/me/card")
def card() -> Response:
    person = gate.require_person()
    return _show_card(person, _card_form(person, formdata=None))


@bp.post("/me/card")
def keep_card() -> Response:
    person = gate.require_person()
    form = _card_form(person)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(person)
                form.refuse_if_edited(_card_form(person, formdata=None))
                actions.keep_card(person, form.written, shared=form.share.data, at=clock.now())
            flash(i18n.gettext("Saved."))
            return htmx.done(go_to=url_for("contacts.card"))
    return _show_card(person, form)


@bp.post("/me/card/share-email")
def share_email() -> Response:
    return _share_email(gate.require_person())


@bp.post("/r/<key>/card/share-email")
def share_email_by_key(key: str) -> Response:
    """The key was mailed to the address that it shares; it reads nothing of the card."""
    return _share_email(guest_with(key).person)


def _share_email(person: Person) -> Response:
    """Answer the question at the first "we met": only a tick shares anything."""
    if shares := "email" in request.form.getlist("share"):
        with transaction():
            actions.share_field(person, "email", at=clock.now())
    page = request.form.get("next")
    return htmx.done(
        fragment="contacts/_email_shared.html",
        go_to=page if page and is_ours(page) else url_for("contacts.card"),
        shares=shares,
    )


def _card_form(person: Person, **more: Any) -> CardForm:
    ticked = sorted(share.field for share in queries.shares_of(person))
    form = CardForm(obj=queries.card_of(person), share=ticked, **more)
    form.region = region_of(queries.usual_zone(person))
    return form


def _show_card(person: Person, form: CardForm) -> Response:
    return htmx.show(
        "contacts/card.html",
        fragment="contacts/_card.html",
        status=form.status,
        person=person,
        form=form,
        **_who_holds_it(person),
    )


def _who_holds_it(person: Person) -> dict[str, Any]:
    return {
        "holders": holders_of(person),
        "withdrawn": queries.withdrawn_from(person),
        "field_words": FIELD_WORDS,
    }


@bp.post("/me/card/withdraw/<int:person_id>")
def withdraw(person_id: int) -> Response:
    owner = gate.require_person()
    holder = queries.person_met(owner, person_id)
    with transaction():
        actions.withdraw(owner, holder, at=clock.now())
    return _show_holders(owner)


@bp.post("/me/card/share-again/<int:person_id>")
def share_again(person_id: int) -> Response:
    owner = gate.require_person()
    holder = queries.person_met(owner, person_id)
    with transaction():
        actions.share_again(owner, holder)
    return _show_holders(owner)


def _show_holders(owner: Person) -> Response:
    go_to = url_for("contacts.card", _anchor="holders")
    return htmx.done(fragment="contacts/_holders.html", go_to=go_to, **_who_holds_it(owner))

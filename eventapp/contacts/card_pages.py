"""/me/card: the card that a person shares, field by field, and who holds what of it."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, render_template, request, url_for

from eventapp.account import gate
from eventapp.attendees.queries import fields_given, holders_of
from eventapp.contacts import actions, queries
from eventapp.contacts.forms import FIELD_WORDS, CardForm
from eventapp.contacts.vcard import short_vcard
from eventapp.contacts.views import bp
from eventapp.core import clock, htmx, i18n
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.links import ours_or
from eventapp.core.phones import REGION_OF_ALL_ELSE, region_of
from eventapp.met.gate import guest_with
from eventapp.model import CARD_FIELDS, Person

CODE_BYTES_MOST = 2900  # of the largest QR code (ISO/IEC 18004, version 40, level L)


@bp.get("/me/card")
def card() -> Response:
    person = gate.require_person()
    return _show_card(person, _card_form(person, formdata=None))


@bp.get("/me/card/qr")
def card_qr() -> str:
    """The card to hold out to somebody: a link that asks both, and the card itself as text."""
    person, at = gate.require_person(), clock.now()
    shown = queries.shared_card(person, at=at)
    vcard = short_vcard(shown)
    return render_template(
        "contacts/qr.html",
        shown=shown,
        vcard=vcard if len(vcard.encode()) <= CODE_BYTES_MOST else None,
        rsvp=queries.badge_now(person, at=at),
    )


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
    return htmx.done(
        fragment="contacts/_email_shared.html",
        go_to=ours_or(request.form.get("next"), url_for("contacts.card")),
        shares=shares,
    )


def _card_form(person: Person, **more: Any) -> CardForm:
    ticked = sorted(share.field for share in queries.shares_of(person))
    form = CardForm(obj=queries.card_of(person), share=ticked, **more)
    form.regions = [region_of(tz) for tz in queries.zones_of(person)] or [REGION_OF_ALL_ELSE]
    return form


def _show_card(person: Person, form: CardForm) -> Response:
    return htmx.show(
        "contacts/card.html",
        fragment="contacts/_card.html",
        status=form.status,
        person=person,
        form=form,
        shown=queries.shared_card(person, at=clock.now()),
        unticked=_unticked(person),
        **_who_holds_it(person),
    )


def _unticked(person: Person) -> list[str]:
    """The fields that are filled in and that nobody gets, in words."""
    card = queries.card_of(person)
    filled = {field for field in CARD_FIELDS if field == "email" or getattr(card, field)}
    hidden = filled - set(fields_given(person))
    return [str(FIELD_WORDS[field]) for field in CARD_FIELDS if field in hidden]


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

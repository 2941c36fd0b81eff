"""/o/e/<event>/mail: which mails about an event were delivered, for its organisers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for

from eventapp.attendees.gate import asked
from eventapp.communities.gate import record
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.edits import EditForm
from eventapp.core.forms import EmailField
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import row_id
from eventapp.core.outbox import FAILURES, MailState
from eventapp.events.gate import organised_event
from eventapp.guests.guest_list import guest_at
from eventapp.mails import actions, kinds, queries
from eventapp.model import AuditVerb, Event, Rsvp
from eventapp.rsvp.actions import lock_rsvp
from eventapp.ui.ask_first import Mailing, asking_first

SENT_AGAIN = {
    "queued": _l("The email to %(name)s is on its way again."),
    "unchanged": _l("The email to %(name)s was sent again already."),
    "deleted": _l("What the email to %(name)s says is no longer true, so it was deleted."),
}

bp = Blueprint("mails", __name__, cli_group=None)
bp.add_app_template_filter(kinds.kind_of, "mail_kind")


@bp.get("/o/e/<slug>/mail")
def mails(slug: str) -> Response:
    return htmx.show(
        "mails/page.html", fragment="mails/_mails.html", **_shown(organised_event(slug))
    )


def _shown(event: Event) -> dict[str, Any]:
    """The mails that the address asks for: `?state=`, `?guest=`, `?page=`."""
    ask, state = asked(), request.args.get("state")
    guest_id = request.args.get("guest", type=row_id)
    chosen = state if state in tuple(MailState) else None
    rows = queries.mails_of(
        event, state=chosen, guest_id=guest_id, limit=ask.limit, offset=ask.offset
    )
    counts = queries.counts_of(event, guest_id=guest_id)
    return {
        "event": event,
        "mails": ask.shown(rows),
        "next_page": ask.next_page(rows),
        "counts": counts,
        "failed": sum(counts[one] for one in FAILURES),
        "chosen": chosen,
        "guest": guest_at(event, guest_id).rsvp if guest_id else None,
        "words": kinds.WORDS,
    }


@bp.post("/o/e/<slug>/mail/<int:mail_id>/again")
def send_again(slug: str, mail_id: int) -> Response:
    event = organised_event(slug)
    found = queries.mail_at(event, mail_id)
    question = gettext("Send it to %(name)s again?", name=found.rsvp.name)
    with transaction(), asking_first(event, question=question, back=_shown_at(event)) as mails:
        outcome = actions.send_again(found.mail, found.rsvp, at=clock.now())
        if outcome == "queued":
            record(AuditVerb.MAIL_SENT_AGAIN, event, rsvp_id=found.rsvp.id)
            mails.append(found.mail)
    flash(str(SENT_AGAIN[outcome]) % {"name": found.rsvp.name})
    return _done(event)


def _done(event: Event) -> Response:
    """Show the same page of mails again."""
    return htmx.done(
        go_to=_shown_at(event),
        fragment="mails/on_mails_changed.html",
        **_shown(event),
    )


def _shown_at(event: Event) -> str:
    """The address of the page of mails that this request is from."""
    state, guest = request.args.get("state"), request.args.get("guest")
    return url_for("mails.mails", slug=event.slug, state=state, guest=guest)


@bp.get("/o/e/<slug>/mail/again")
def confirm_all_again(slug: str) -> str:
    event = organised_event(slug)
    mails = actions.mails_to_send_again(event, at=clock.now())
    mailing = Mailing.of(mails) if mails else None
    return render_template("mails/again.html", **_shown(event), mailing=mailing)


@bp.post("/o/e/<slug>/mail/again")
def send_all_again(slug: str) -> Response:
    event, at = organised_event(slug), clock.now()
    back, question = url_for("mails.mails", slug=slug), gettext("Send them again?")
    with transaction(), asking_first(event, question=question, back=back) as mails:
        mails += actions.mails_to_send_again(event, at=at)
        if count := actions.send_all_again(event, at=at):
            record(AuditVerb.MAILS_SENT_AGAIN, event, count=count)
    words = ngettext(
        "%(num)s email is on its way again.", "%(num)s emails are on their way again.", count
    )
    flash(words)
    return htmx.done(go_to=back)


class AddressForm(EditForm):
    email = EmailField(_l("The right address"), render_kw={"autocomplete": "off"})

    @classmethod
    def of(cls, rsvp: Rsvp, **more: Any) -> AddressForm:
        """The form with the address that the RSVP has."""
        return cls(data={"email": rsvp.person.email if rsvp.person else ""}, **more)


@bp.get("/o/e/<slug>/guests/<int:rsvp_id>/address")
def ask_address(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    rsvp = guest_at(event, rsvp_id).rsvp
    return _show_address(event, rsvp, AddressForm.of(rsvp, formdata=None))


@bp.post("/o/e/<slug>/guests/<int:rsvp_id>/address")
def correct_address(slug: str, rsvp_id: int) -> Response:
    event = organised_event(slug)
    rsvp = guest_at(event, rsvp_id).rsvp
    form = AddressForm.of(rsvp)
    if form.validate():
        moves = request.form.get("moves") == "yes"
        question = gettext("Correct the address of %(name)s?", name=rsvp.name)
        back = url_for("mails.ask_address", slug=slug, rsvp_id=rsvp_id)
        with form.showing_refusals():
            with transaction(), asking_first(event, question=question, back=back):
                lock_rsvp(rsvp)
                form.refuse_if_edited(AddressForm.of(rsvp, formdata=None))
                give = actions.move_address if moves else actions.correct_address
                if is_new := give(rsvp, form.email.data, at=clock.now()):
                    record(AuditVerb.ADDRESS_CORRECTED, event, rsvp_id=rsvp_id)
            _say_corrected(rsvp, is_new=is_new)
            return htmx.done(go_to=url_for("mails.mails", slug=slug, guest=rsvp.id))
    return _show_address(event, rsvp, form)


def _say_corrected(rsvp: Rsvp, *, is_new: bool) -> None:
    if is_new:
        flash(gettext("%(name)s has the new address.", name=rsvp.name))
    else:
        flash(gettext("%(name)s has this address already. Nothing was sent.", name=rsvp.name))


def _show_address(event: Event, rsvp: Rsvp, form: AddressForm) -> Response:
    return htmx.show(
        "mails/address.html",
        fragment="mails/_address.html",
        status=form.status,
        event=event,
        rsvp=rsvp,
        form=form,
    )

"""/sign-in, by a mailed link or its six digits; /sign-out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for

from eventapp.account import actions, gate, queries
from eventapp.account.forms import SignInForm
from eventapp.core import clock, htmx, i18n, json_api
from eventapp.core.db import transaction
from eventapp.core.forms import DigitsForm
from eventapp.core.i18n import gettext
from eventapp.core.links import is_ours, new_secret
from eventapp.core.security import limiter
from eventapp.model import MailedCode, Person

bp = Blueprint("account", __name__, cli_group=None)
bp.add_app_template_global(gate.person, "signed_in")
bp.add_app_template_global(gate.purpose_of, "signing_in_for")
bp.add_app_template_global(actions.TooManyTries, "TooManyTries")
PER_VENUE = (
    "600 per hour"  # all guests of a venue share one address; tries of a code are counted apart
)


@bp.app_errorhandler(gate.SignInNeeded)
def ask_to_sign_in(_: gate.SignInNeeded) -> Response:
    if json_api.wants_json():
        return json_api.refuse("sign_in", gettext("Please sign in."), status=401)
    return htmx.go(url_for("account.sign_in", next=htmx.page_asking()))


def _landing(go_to: str | None, person: Person) -> str:
    """Where whoever has signed in was going; else an organiser's agenda, or one's own page."""
    if go_to and is_ours(go_to):
        return go_to
    slugs = queries.slugs_organised_by(person)
    if len(slugs) == 1:
        return url_for("events.agenda", slug=slugs[0])
    return url_for("communities.organised" if slugs else "me.me")


@bp.get("/sign-in")
def sign_in() -> Response:
    form = SignInForm(next=request.args.get("next"), form_id=new_secret())
    return htmx.show("account/sign_in.html", fragment="account/_sign_in.html", form=form)


@bp.post("/sign-in")
@limiter.limit(PER_VENUE)
def mail_link() -> Response:
    form = SignInForm()
    if not form.validate():
        return htmx.show(
            "account/sign_in.html", fragment="account/_sign_in.html", form=form, status=form.status
        )
    with transaction():
        code = actions.mail_sign_in(
            form.email.data,
            by=gate.visitor(),
            at=clock.now(),
            go_to=form.next.data if is_ours(form.next.data) else None,
            form_id=form.form_id.data,
        )
    return gate.remember_browser(htmx.go(url_for("account.mailed", page=code.page)))


@bp.get("/sign-in/mailed/<page>")
def mailed(page: str) -> Response:
    return _show_digits(queries.code_by_page(page), DigitsForm())


@bp.post("/sign-in/mailed/<page>")
@limiter.limit(PER_VENUE)
def type_digits(page: str) -> Response:
    return _answer_digits(queries.code_by_page(page))


@bp.get("/sign-in/<token>")
def sign_in_link(token: str) -> Response:
    code, form = queries.code_by_token(token), SignInForm(formdata=None)
    if (person := gate.person()) and queries.is_of(code, person):
        return htmx.go(_landing(code.go_to, person))
    with form.showing_refusals():
        actions.refuse_stale(code, clock.now())
    if form.refusal:  # the page with the form to ask for another
        return htmx.show(
            "account/sign_in.html",
            fragment="account/_sign_in.html",
            form=form,
            status=form.status,
        )
    return htmx.show("account/link.html", fragment="account/_link.html", code=code, token=token)


@bp.post("/sign-in/<token>")
@limiter.limit(PER_VENUE)
def use_link(token: str) -> Response:
    code = queries.code_by_token(token)
    if (person := gate.person()) and queries.is_of(code, person):
        return htmx.go(_landing(code.go_to, person))
    if "digits" in request.form:
        return _answer_digits(code, came_by_link=True)
    try:
        with transaction():
            person = actions.use_link(
                code,
                browser=request.cookies.get(gate.cookie_name("browser")),
                language=i18n.language(),
                at=clock.now(),
            )
            secret = gate.start_session(person)
    except actions.DigitsNeeded:
        return _show_digits(code, DigitsForm(formdata=None), came_by_link=True)
    return gate.sign_in(htmx.go(_landing(code.go_to, person)), secret)


def _show_digits(code: MailedCode, form: DigitsForm, *, came_by_link: bool = False) -> Response:
    return htmx.show(
        "account/digits.html",
        fragment="account/_digits.html",
        status=form.status,
        form=form,
        code=code,
        now=clock.now(),
        came_by_link=came_by_link,
    )


def _answer_digits(code: MailedCode, *, came_by_link: bool = False) -> Response:
    form = DigitsForm()
    if form.validate():
        with form.showing_refusals():
            with transaction():
                person = actions.try_digits(
                    code, form.digits.data, by=gate.visitor(), at=clock.now()
                )
                secret = gate.start_session(person) if person else None
            if person and secret:
                return gate.sign_in(htmx.go(_landing(code.go_to, person)), secret)
            if code.is_locked:
                raise actions.TooManyTries
            form.say_wrong()
    return _show_digits(code, form, came_by_link=came_by_link)


@bp.post("/sign-out")
def sign_out() -> Response:
    if secret := gate.session_secret():
        with transaction():
            actions.end_session(secret)
    response = gate.sign_out(redirect(url_for("events.home"), 303))  # type: ignore[arg-type]
    flash(gettext("You're signed out."))
    return response

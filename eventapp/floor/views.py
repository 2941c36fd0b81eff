"""/e/<event>/questions: guests ask about the talks, and vote; below /r/<key>/, the same from a
mail. Nobody is shown there by whom an anonymous question is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from eventapp.account.gate import cookie_name
from eventapp.attendees.queries import shown_to
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import digest, row_id
from eventapp.core.polling import PER_NETWORK, PER_PHONE, phone, refreshed
from eventapp.core.security import limiter
from eventapp.floor import actions, queries
from eventapp.floor.forms import WHOLE, AskForm
from eventapp.floor.queries import OfTalk, Questions
from eventapp.met.gate import NotAGuest, address_of, anybody_asking, attendee_asking, both
from eventapp.met.queries import Attendee
from eventapp.model import Floor, Talk

POLL_SECONDS = 10

bp = Blueprint(
    "floor", __name__, static_folder="static", static_url_path="/static/floor", cli_group=None
)


def by_phone(view: Callable[..., Response]) -> Callable[..., Response]:
    """Limit how often it is asked by each phone: all of a venue may tap within a minute."""
    per_phone = limiter.limit(PER_PHONE, key_func=lambda: phone(cookie_name("sid")))
    limited: Callable[..., Response] = limiter.limit(PER_NETWORK)(per_phone(view))
    return limited


@dataclass(frozen=True)
class Page:
    """What a guest's page shows."""

    guest: Attendee
    floor: Floor

    @cached_property
    def is_open(self) -> bool:
        """Whether this guest may ask and vote now."""
        return self.has_place and self.floor.takes_questions(clock.now())

    @property
    def is_over(self) -> bool:
        return self.floor.is_over(clock.now())

    @property
    def has_place(self) -> bool:
        return self.guest.viewer.is_attendee

    @cached_property
    def on_now(self) -> Talk | None:
        return queries.talk_on(self.guest.event, clock.now())

    @property
    def groups(self) -> list[OfTalk]:
        of_talks = self.questions.by_talk(self.guest.event)
        return [one for one in of_talks if one.questions or self.has_place]

    @property
    def may_vote(self) -> bool:
        """Whether there is anything to vote for."""
        shown = self.questions.in_state("shown")
        return self.is_open and any(not one.is_own for one in shown)

    @property
    def has_voted(self) -> bool:
        return any(one.is_voted for one in self.questions.shown)

    @cached_property
    def questions(self) -> Questions:
        return queries.questions_to_guest(self.guest)

    @property
    def revision(self) -> str:
        talks = [
            (talk.id, talk.title, talk.minutes_in, talk.ends_minutes_in)
            for talk in self.guest.event.talks
        ]
        on = self.on_now and self.on_now.id
        return digest(repr((self.is_open, self.is_over, on, talks, self.questions.said)))


def page_of(**place: str) -> Page:
    """Raises NotFound, SignInNeeded, NotAGuest, NotConfirmed."""
    return _page(attendee_asking(**place))


def own_page_of(**place: str) -> Page:
    """Likewise, for whoever asked something as well: they withdraw it without a place, too."""
    guest = anybody_asking(**place)
    if not guest.viewer.is_attendee and not queries.has_asked(guest.rsvp):
        raise NotAGuest(guest.event, guest.rsvp if guest.key else None)
    return _page(guest)


def _page(guest: Attendee) -> Page:
    floor = queries.floor_at(guest.event)
    if floor is None:
        raise NotFound
    return Page(guest, floor)


@both(
    bp,
    "GET",
    "/questions",
    signed_out=(
        _l("Questions on the talks"),
        _l("Here guests ask about the talks, and vote for what they'd like to hear."),
    ),
)
@by_phone
def questions(**place: str) -> Response:
    """With `talk`, the form asks about that one (empty: the whole event), else about the one that
    is on.
    """
    page = own_page_of(**place)
    form = AskForm(page.guest.event, formdata=None)
    about = page.on_now.id if page.on_now else None
    is_chosen = "talk" in request.args
    if is_chosen:
        about = request.args.get("talk", type=row_id)
    offered = [talk.id for talk in page.guest.event.talks]
    form.talk.data = str(about) if about in offered else WHOLE
    return refreshed(_show(page, form, fragment="floor/_questions.html", is_chosen=is_chosen))


@both(bp, "GET", "/questions/now")
@by_phone
def now(**place: str) -> Response:
    """The list as it is now; 204 if the page that asks shows it (`rev`) already."""
    page = own_page_of(**place)
    if request.args.get("rev") == page.revision:
        return htmx.unchanged()
    form = AskForm(page.guest.event, formdata=None)
    return _show(page, form, fragment="floor/_questions.html")


@both(bp, "POST", "/questions")
def ask(**place: str) -> Response:
    page = page_of(**place)
    form = AskForm(page.guest.event)
    if form.validate():
        with form.showing_refusals():
            form_id, at = form.form_id.data, clock.now()
            with transaction():
                row = actions.ask_question(page.guest.rsvp, form.asked(), at=at, form_id=form_id)
            flash(_said_of(row.state))
            return htmx.done(go_to=address_of(page.guest, "floor.questions"))
    return _show(page, form, fragment="floor/_ask.html")


def _said_of(state: str) -> str:
    if state == "waiting":
        words = gettext("The hosts have your question. They see it before it's shown to others.")
    else:
        words = gettext("Your question is here for everyone.")
    return str(words)


@both(bp, "POST", "/questions/<int:question_id>/vote")
@by_phone
def vote(question_id: int, **place: str) -> Response:
    """Answers alike whether there is one: ids tell nothing of what hosts haven't shown."""
    page = page_of(**place)
    with transaction():
        actions.vote(page.guest.rsvp, question_id, at=clock.now())
    return _done(page, question_id)


@both(bp, "POST", "/questions/<int:question_id>/take-back")
@by_phone
def take_back(question_id: int, **place: str) -> Response:
    """At any time. Answers alike whether there is one."""
    page = page_of(**place)
    with transaction():
        actions.take_vote_back(page.guest.rsvp, question_id)
    return _done(page, question_id)


@both(bp, "POST", "/questions/<int:question_id>/withdraw")
def withdraw(question_id: int, **place: str) -> Response:
    """Answers alike whether there was one: ids tell nothing of what others asked."""
    page = own_page_of(**place)
    with transaction():
        actions.withdraw_question(page.guest.rsvp, question_id)
    if not page.has_place and not queries.has_asked(page.guest.rsvp):
        return htmx.done(go_to=url_for("rsvp.own", key=page.guest.rsvp.key))
    return _done(page, None)


def _context(page: Page) -> dict[str, Any]:
    guest = page.guest
    return {
        "shown": page,
        "guest": guest,
        "event": guest.event,
        "floor": page.floor,
        "address": partial(address_of, guest),
        "listing": shown_to(guest.rsvp),
        "poll_seconds": POLL_SECONDS,
    }


def _show(page: Page, form: AskForm, *, fragment: str, is_chosen: bool = False) -> Response:
    """The form is open where a talk was chosen, something is wrong, or nothing is asked yet."""
    is_wrong = bool(form.errors or form.refusal)
    return htmx.show(
        "floor/questions.html",
        fragment=fragment,
        status=form.status,
        form=form,
        form_is_open=is_chosen or is_wrong or not page.questions.shown,
        **_context(page),
    )


def _done(page: Page, question_id: int | None) -> Response:
    refresh = request.form.get("refresh")
    anchor = f"question-{question_id}" if question_id else None
    return htmx.done(
        fragment="floor/_questions.html",
        go_to=address_of(page.guest, "floor.questions", refresh=refresh, _anchor=anchor),
        **_context(page),
    )

"""/introductions/asked/<key>: the page of a mail that asks, for whoever has its key, signed in or
not. A GET changes nothing: mail scanners follow links.
"""

from __future__ import annotations

from flask import Response, render_template, request, url_for

from eventapp.core import clock, htmx
from eventapp.core.links import ONE_CLICK
from eventapp.core.security import csrf, limiter
from eventapp.introductions import queries
from eventapp.introductions.answers import (
    ANSWER,
    keep_answer,
    keep_what_came,
    saying_what_came,
    switch_wish,
)
from eventapp.introductions.queries import IntroductionGot
from eventapp.introductions.views import bp

PER_VENUE = "120 per hour"


@bp.get("/introductions/asked/<key>")
def asked(key: str) -> Response:
    got = queries.got_with(key, at=clock.now())
    return htmx.show(
        "introductions/asked.html",
        fragment="introductions/_asked.html",
        one=got,
        **saying_what_came(),
    )


@bp.post(f"/introductions/asked/<key>/{ANSWER}")
@limiter.limit(PER_VENUE)
def answer_by_key(key: str, answer: str) -> Response:
    keep_answer(queries.got_with(key, at=clock.now()), answer)
    return _show(queries.got_with(key, at=clock.now()))


@bp.post("/introductions/asked/<key>/came-of-it")
@limiter.limit(PER_VENUE)
def say_what_came_by_key(key: str) -> Response:
    keep_what_came(queries.got_with(key, at=clock.now()))
    return _show(queries.got_with(key, at=clock.now()))


def _show(got: IntroductionGot) -> Response:
    go_to = url_for("introductions.asked", key=got.key)
    return htmx.done(
        fragment="introductions/_asked.html", go_to=go_to, one=got, **saying_what_came()
    )


@bp.get("/introductions/asked/<key>/mail")
def mail_page(key: str) -> str:
    return render_template("introductions/mail_page.html", key=key, person=queries.person_with(key))


@bp.post("/introductions/asked/<key>/mail")
@limiter.limit(PER_VENUE)
def switch_mail(key: str) -> Response | str:
    """Want no introductions, or want them again. A mail program ends them by itself: it has no page
    with a form's token, and follows no redirect, so it is answered with the page.
    """
    by_mail_program = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if not by_mail_program:
        csrf.protect()
    person = queries.person_with(key)
    switch_wish(person)
    if by_mail_program:
        return render_template("introductions/mail_page.html", key=key, person=person)
    return htmx.show(
        "introductions/mail_page.html",
        fragment="introductions/_mail_page.html",
        key=key,
        person=person,
    )


csrf.exempt(switch_mail)  # it asks for the token itself

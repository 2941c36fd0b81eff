"""Looks at what people see of introductions, and holds it against what was said of them."""

from __future__ import annotations

import json
from datetime import datetime

from flask import render_template
from sqlalchemy import select

from eventapp.attendees.queries import card_fields_for, holders_of
from eventapp.contacts.queries import contacts_of, known_to
from eventapp.contacts.vcard import vcards
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.core.mail import compose
from eventapp.introductions import actions, queries
from eventapp.introductions.answers import WORDS
from eventapp.introductions.queries import IntroductionGot, State
from eventapp.mails.kinds import says_now
from eventapp.me.export.introductions import contacts_passed, introductions_got, introductions_made
from eventapp.model import (
    LAPSES_AFTER,
    OutboxMail,
    PassedContact,
    Person,
)
from tests.introductions.said import NAMES, Evening


def look(evening: Evening, one: int, other: int) -> None:
    """What somebody sees, of their introductions and of the other."""
    if one in evening.gone:
        return
    me = evening.people[one]
    assert {each.id for each in queries.made_by(me, at=evening.at)} == {
        id_
        for id_, told in evening.told.items()
        if told.by == one and not told.is_withdrawn
        if not any(evening.are_apart(one, each) for each in told.two)
    }
    for made in queries.made_by(me, at=evening.at):
        told = evening.told[made.id]
        waits = State.ASKED if evening.at < told.at + LAPSES_AFTER else State.LAPSED
        assert made.state == (State.JOINED if told.is_joined else waits)
    for got in queries.got_by(me, at=evening.at):
        look_at_asked(evening, one, got)
    look_at_worth(evening, one)
    look_at_handed(evening)
    if other in evening.gone or one == other:
        return
    card = card_fields_for(me, [evening.people[other].id])
    assert bool(card) == evening.crosses(other, one)
    holders = {holder.person_id for holder in holders_of(evening.people[other])}
    assert (me.id in holders) == evening.crosses(other, one)
    file = vcards(contacts_of(me, known_to(me), at=evening.at)).decode()
    assert (f"firm{NAMES[other]}" in file) == evening.crosses(other, one)
    if evening.are_apart(one, other):
        assert NAMES[other] not in file + own_pages(me, evening.at)


def look_at_handed(evening: Evening) -> None:
    """The page outside shows what whoever handed it over has at that moment, or nothing at all."""
    for row in db.session.scalars(select(PassedContact)).all():
        said = evening.passed[row.id]
        is_open = said.has_agreed and not said.is_over and evening.at < said.ends_at
        try:
            passed, fields = queries.handed_over(row.link, at=evening.at)
            shown = {passed.name: fields}
        except NotFound:
            shown = {}
        crosses = is_open and evening.crosses(said.whom, said.by)
        name = NAMES[said.whom]
        assert shown == ({name: {"company": f"firm{name}"}} if crosses else {})


def look_at_worth(evening: Evening, one: int) -> None:
    """Who is suggested ticked it, is apart from nobody, and is not introduced yet."""
    known = queries.introducible(evening.people[one])
    for worth in queries.worth_introducing(known, since=evening.at - queries.PAIR_KEPT):
        two = {NAMES.index(worth.asks.name), NAMES.index(worth.offers.name)}
        assert two <= evening.suggestible - evening.quiet
        assert not evening.are_apart(*two)
        assert not any(evening.are_apart(one, each) or one == each for each in two)
        assert not any(set(told.two) == two and told.is_joined for told in evening.told.values())
        assert not any(evening.met(each, other) for each in two for other in two - {each})


def look_at_asked(evening: Evening, one: int, got: IntroductionGot) -> None:
    told = evening.told[got.id]
    assert one in told.two
    assert not told.is_withdrawn
    (other,) = set(told.two) - {one}
    assert not evening.are_apart(one, other)
    assert got.other == NAMES[other]
    own = {State.ACCEPTED} if one in told.yes else {State.ASKED, State.DECLINED}
    assert got.state in ({State.JOINED} if told.is_joined else own)
    is_told = told.by not in evening.gone and not evening.are_apart(one, told.by)
    assert got.introducer == (NAMES[told.by] if is_told else "")


def own_pages(me: Person, at: datetime) -> str:
    """The regions of the page, and the file of somebody."""
    made, got = queries.made_by(me, at=at), queries.got_by(me, at=at)
    takes = actions.takes_what_came
    shown = [
        render_template("introductions/_made.html", made=made, what_came=WORDS),
        render_template(
            "introductions/_got.html",
            got=got,
            what_came=WORDS,
            takes_what_came=lambda one: takes(one, at),
            tapped="",
        ),
        render_template(
            "introductions/_passed.html",
            passed_on=queries.passed_by(me),
            passed_of=queries.passed_of(me),
            now=at,
            link_of=lambda passed: passed.row.link,
        ),
        json.dumps([introductions_made(me, at=at), introductions_got(me, at=at)]),
        json.dumps(contacts_passed(me, at=at)),
    ]
    return "\n".join(shown)


def look_at_mails(evening: Evening, one: int) -> None:
    """What waits, as it is sent now, says nobody who is apart from its reader, and no field that
    does not cross.
    """
    if one in evening.gone:
        return
    for text in mails_to(evening.people[one], evening.at):
        for other, name in enumerate(NAMES):
            assert name not in text or not evening.are_apart(one, other)
            assert f"firm{name}" not in text or evening.crosses(other, one)


def mails_to(me: Person, at: datetime) -> list[str]:
    mails = select(OutboxMail).where(OutboxMail.to_email == me.email).order_by(OutboxMail.id)
    told = []
    for mail in db.session.scalars(mails):
        if (values := says_now(mail, at)) is not None:
            mail.values = values
            told.append(compose(mail).text)
    return told

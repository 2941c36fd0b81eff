"""Who isn't to be asked isn't, and whoever introduces them sees no difference to who is silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from eventapp.conduct import actions as conduct
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.introductions import queries
from eventapp.introductions.actions import (
    Asked,
    ask_by_mail,
    forget_old_introductions,
    introduce,
)
from eventapp.introductions.queries import PAIR_KEPT
from eventapp.mails.kinds import says_now
from eventapp.me.actions import delete_person
from eventapp.me.actions.anonymise import anonymise
from eventapp.model import (
    LAPSES_AFTER,
    Block,
    Introduction,
    IntroductionSide,
    OutboxMail,
    Person,
    Rsvp,
)
from eventapp.model.limits import INTRODUCTIONS_A_WEEK_MOST, INTRODUCTIONS_GOT_A_WEEK_MOST
from tests.browser import Browser
from tests.contacts.evening import met, noted
from tests.guests.merging import merge
from tests.introductions.three import REASON, Three, accepts, introduced
from tests.make import Make
from tests.plans import asked

Browsers = Callable[..., Browser]


def blocks(make: Make, one: Rsvp, other: Rsvp) -> None:
    with make.act():
        person = db.session.get_one(Person, one.person_id)
        conduct.block(person, db.session.get_one(Rsvp, other.id), at=clock.now())


def wants_none(make: Make, they: Three) -> None:
    with make.act():
        db.session.get_one(Person, they.bea.person_id).introductions_ended_at = clock.now()


def asked_a_lot(make: Make, they: Three) -> None:
    for number in range(INTRODUCTIONS_GOT_A_WEEK_MOST):
        other = make.rsvp(they.bea.event, f"Guest {number}")
        introduced(make, make.person(), they.bea, other)


def introduced_by_somebody_else(make: Make, they: Three) -> None:
    introduced(make, make.person(), they.bea, they.carla, at=clock.now() - timedelta(days=8))


def apart(make: Make, they: Three) -> None:
    blocks(make, they.bea, they.carla)


def apart_the_other_way(make: Make, they: Three) -> None:
    blocks(make, they.carla, they.bea)


REASONS = [wants_none, asked_a_lot, introduced_by_somebody_else, apart, apart_the_other_way]


@pytest.mark.parametrize("why", REASONS)
def test_who_is_not_asked_looks_like_somebody_who_does_not_answer(
    make: Make, browser: Browsers, they: Three, why: Callable[[Make, Three], None]
) -> None:
    why(make, they)
    ana = they.post(make.signed_in(browser(), they.ana.person))
    assert ana.sees("They're asked.")
    assert ana.one("#made [data-introduction]")["data-state"] == "asked"
    assert not make.mails(they.bea.person.email)
    (made,) = make.rows(Introduction, introducer_id=they.ana.person_id)
    bea = make.signed_in(browser(), they.bea.person).open("/introductions")
    assert not bea.page.select(f"[data-introduction='{made.id}']")
    file = json.loads(ana.client.get("/me/export").text)["introductions_you_made"]
    assert [one["state"] for one in file] == ["asked"]
    with time_machine.travel(clock.now() + LAPSES_AFTER):
        ana.open("/introductions")
        assert ana.one("#made [data-introduction]")["data-state"] == "lapsed"


@pytest.mark.parametrize("why", REASONS)
def test_the_other_is_not_told_their_name_and_line_either(
    make: Make, browser: Browsers, they: Three, why: Callable[[Make, Three], None]
) -> None:
    why(make, they)
    they.post(make.signed_in(browser(), they.ana.person))
    assert not make.mails(they.carla.person.email)
    (made,) = make.rows(Introduction, introducer_id=they.ana.person_id)
    carla = make.signed_in(browser(), they.carla.person).open("/introductions")
    assert not carla.page.select(f"[data-introduction='{made.id}']")


@pytest.mark.parametrize("why", REASONS)
def test_asking_nobody_takes_the_same_steps(
    make: Make, they: Three, why: Callable[[Make, Three], None]
) -> None:
    """So that how long the form takes tells nothing: neither is mailed before the worker does."""
    dora, eva = (make.rsvp(they.ana.event, name) for name in ("Dora Paz", "Eva Mir"))
    for other in (dora, eva):
        met(make, they.ana, other)
    why(make, they)
    silent = steps_of(make, they.ana, they.bea, they.carla)
    assert steps_of(make, they.ana, dora, eva) == silent
    assert not make.rows(OutboxMail)
    assert make.due(ask_by_mail) == 2
    assert {mail.to_email for mail in make.rows(OutboxMail)} == {
        dora.person.email, eva.person.email
    }  # fmt: skip


def steps_of(make: Make, by: Rsvp, one: Rsvp, other: Rsvp) -> list[str]:
    """What is looked up while somebody introduces two."""
    with make.act():
        person = db.session.get_one(Person, by.person_id)
        known = queries.introducible(person)
        first, second = (queries.introducible_with(known, rsvp.id) for rsvp in (one, other))
        assert first
        assert second
        with asked() as statements:
            introduce(person, Asked(first, second, REASON), at=clock.now())
    return [statement for statement, _ in statements]


def test_the_same_two_are_not_introduced_twice_by_one_person(
    make: Make, browser: Browsers, they: Three
) -> None:
    page = they.post(make.signed_in(browser(), they.ana.person))
    again = {"one": str(they.carla.id), "other": str(they.bea.id)}
    they.post(page, **again)
    assert (page.status, page.codes()) == (409, ["introduced_before"])
    page.open("/introductions").press("Withdraw: Bea Gil and Carla Sanz")
    they.post(page, **again)
    assert (page.status, page.codes()) == (409, ["introduced_before"])
    with time_machine.travel(clock.now() + PAIR_KEPT + timedelta(days=1)):
        make.signed_in(page, they.ana.person)
        they.post(page, **again)
    assert page.status == 200
    assert len(make.rows(Introduction)) == 2


def test_a_week_of_introductions_is_limited(make: Make, browser: Browsers, they: Three) -> None:
    for number in range(INTRODUCTIONS_A_WEEK_MOST):
        other = make.rsvp(they.ana.event, f"Guest {number}")
        introduced(make, they.ana.person, they.bea, other, at=clock.now() - timedelta(days=6))
    page = they.post(make.signed_in(browser(), they.ana.person))
    assert (page.status, page.codes()) == (409, ["too_many_introductions"])
    with time_machine.travel(clock.now() + timedelta(days=2)):
        they.post(page)
    assert page.status == 200


def test_whom_one_blocked_or_who_has_not_confirmed_is_no_contact_to_introduce(
    make: Make, browser: Browsers, they: Three
) -> None:
    """Likewise for somebody who blocked them: to all of them it is as if nobody had that number."""
    dora = make.rsvp(they.ana.event, "Dora Paz")
    noted(make, they.ana, dora)
    blocks(make, they.bea, they.ana)
    eva = make.rsvp(they.ana.event, "Eva Mir")
    met(make, they.ana, eva)
    page = make.signed_in(browser(), they.ana.person)
    texts = []
    for one in (dora.id, they.bea.id, 10**6):
        page.open("/introductions")
        page.press("Ask them both", one=str(one), other=str(they.carla.id), reason=REASON)
        assert (page.status, page.codes()) == (422, ["contact"])
        texts.append(page.text)
    assert texts[0] == texts[1] == texts[2]


@pytest.mark.parametrize("is_deleted", [False, True])
def test_who_blocks_or_goes_while_the_form_is_read_is_no_contact(
    make: Make, they: Three, is_deleted: bool
) -> None:
    with make.act():
        known = queries.introducible(db.session.get_one(Person, they.ana.person_id))
        bea, carla = (queries.introducible_with(known, one.id) for one in (they.bea, they.carla))
        assert bea
        assert carla
    if is_deleted:
        with make.act():
            delete_person(db.session.get_one(Person, they.bea.person_id), at=clock.now())
    else:
        blocks(make, they.bea, they.ana)
    with make.act():
        person = db.session.get_one(Person, they.ana.person_id)
        with pytest.raises(Refusal) as refused:
            introduce(person, Asked(bea, carla, REASON), at=clock.now())
    assert refused.value.code == "contact"
    assert not make.rows(Introduction)


@pytest.mark.parametrize("pair", ["bea carla", "carla bea", "bea ana", "ana bea"])
def test_blocked_between_asking_and_accepting_nothing_crosses(
    make: Make, browser: Browsers, they: Three, pair: str
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    (made,) = make.rows(Introduction)
    accepts(make, made, they.bea)
    blocks(make, *(getattr(they, name) for name in pair.split()))
    for mail in make.rows(OutboxMail, to_email=they.bea.person.email):
        with make.act():
            assert says_now(mail, clock.now()) is None
    accepts(make, made, they.carla)
    assert make.row(Introduction).joined_at is None
    for reader, other in ((they.bea, they.carla), (they.carla, they.bea)):
        page = make.signed_in(browser(), reader.person).open("/contacts")
        assert not page.page.select(f"[data-contact='{other.name}']")
    assert len(make.rows(OutboxMail)) == 2


@pytest.mark.parametrize("who", ["ana", "bea"])
def test_a_block_after_they_are_joined_hides_and_stops_waiting_mails(
    make: Make, browser: Browsers, they: Three, who: str
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    (made,) = make.rows(Introduction)
    accepts(make, made, they.bea, they.carla)
    blocks(make, getattr(they, who), they.carla)
    page = make.signed_in(browser(), they.bea.person).open("/contacts")
    is_there = bool(page.page.select("[data-contact='Carla Sanz']"))
    assert is_there == (who == "ana"), "Bea and Carla know each other by now"
    carla = make.signed_in(browser(), they.carla.person)
    for path in ("/contacts", "/introductions", "/me", "/me/card", "/contacts.vcf", "/me/export"):
        text = carla.client.get(path).text
        assert getattr(they, who).name not in text, path
        assert REASON[:20] not in text, "words of somebody who is apart, too"
    told = {rsvp.name: says_to(make, rsvp) for rsvp in (they.ana, they.bea, they.carla)}
    assert getattr(they, who).name not in told["Carla Sanz"]
    assert "Carla Sanz" not in told[getattr(they, who).name]


def says_to(make: Make, rsvp: Rsvp) -> str:
    """What the mails to somebody that wait would say now."""
    with make.act():
        mails = db.session.query(OutboxMail).filter_by(to_email=rsvp.person.email)
        return json.dumps([says_now(mail, clock.now()) for mail in mails])


@pytest.mark.parametrize("who", ["bea", "carla"])
def test_deleted_between_asking_and_accepting_everything_of_it_goes(
    make: Make, browser: Browsers, they: Three, who: str
) -> None:
    page = they.post(make.signed_in(browser(), they.ana.person))
    (made,) = make.rows(Introduction)
    accepts(make, made, they.bea)
    gone, left = getattr(they, who), they.carla if who == "bea" else they.bea
    with make.act():
        delete_person(db.session.get_one(Person, gone.person_id), at=clock.now())
    assert not make.rows(Introduction)
    assert not make.rows(IntroductionSide)
    assert not make.rows(OutboxMail)
    for reader in (page, make.signed_in(browser(), left.person)):
        assert gone.name not in reader.open("/introductions").text


def test_two_who_are_joined_stay_so_when_whoever_introduced_them_is_deleted(
    make: Make, browser: Browsers, they: Three
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    accepts(make, make.row(Introduction), they.bea, they.carla)
    with make.act():
        delete_person(db.session.get_one(Person, they.ana.person_id), at=clock.now())
    page = make.signed_in(browser(), they.bea.person).open("/contacts")
    shown = page.one("[data-contact='Carla Sanz']").get_text()
    assert "Introduced to you" in shown
    assert "Ana Ruiz" not in page.text
    assert REASON not in page.open("/introductions").text
    assert not make.rows(OutboxMail)


def test_it_goes_with_what_is_kept_of_the_event(make: Make, browser: Browsers, they: Three) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    accepts(make, make.row(Introduction), they.bea, they.carla)
    with make.act():
        anonymise(db.session.get_one(Rsvp, they.bea.id))
    assert not make.rows(Introduction)
    page = make.signed_in(browser(), they.carla.person).open("/contacts")
    assert not page.page.select("[data-contact]") or "Bea Gil" not in page.text


def test_what_came_to_nothing_is_forgotten_after_half_a_year_however_it_was_answered(
    make: Make, they: Three
) -> None:
    old = clock.now() - PAIR_KEPT - timedelta(hours=1)
    dora = make.rsvp(they.ana.event, "Dora Paz")
    silent = introduced(make, they.ana.person, they.bea, dora, at=old)
    declined = introduced(make, they.ana.person, they.carla, dora, at=old)
    joined = introduced(make, they.ana.person, they.bea, they.carla, at=old, joined_at=old)
    with make.act():
        for side in db.session.query(IntroductionSide).filter_by(introduction_id=declined.id):
            side.declined_at = old
    assert make.due(forget_old_introductions) == 2
    assert [row.id for row in make.rows(Introduction)] == [joined.id]
    assert silent.id != joined.id


def test_no_mail_asks_somebody_who_wants_none_or_has_answered(
    make: Make, browser: Browsers, they: Three
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    accepts(make, make.row(Introduction), they.carla)
    wants_none(make, they)
    with make.act():
        assert [says_now(mail, clock.now()) for mail in db.session.query(OutboxMail)] == [None] * 2


def test_introductions_end_by_one_tap_on_any_page_and_by_a_mail_program(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    page = make.signed_in(browser(htmx=htmx), they.bea.person).open("/me")
    page.press("Don't ask me for introductions")
    assert make.row(Person, id=they.bea.person_id).introductions_ended_at
    assert page.sees("You aren't asked for introductions.")
    page.press("Ask me again")
    assert make.row(Person, id=they.bea.person_id).introductions_ended_at is None
    (mail,) = [row for row, _ in make.mails(they.bea.person.email)]
    by_program = browser().client.post(
        urlsplit(mail.values["unsubscribe_url"]).path,
        data={"List-Unsubscribe": "One-Click"},
    )
    assert by_program.status_code == 200
    assert make.row(Person, id=they.bea.person_id).introductions_ended_at
    again = browser(htmx=htmx).open(mail.values["unsubscribe_url"]).press("Ask me again")
    assert again.sees("gets an email when somebody")


def test_somebody_is_blocked_where_they_were_introduced(
    make: Make, browser: Browsers, they: Three, htmx: bool
) -> None:
    they.post(make.signed_in(browser(), they.ana.person))
    accepts(make, make.row(Introduction), they.bea, they.carla)
    page = make.signed_in(browser(htmx=htmx), they.bea.person).open("/introductions")
    page.press("Block Carla Sanz")
    assert not page.page.select("#got [data-introduction]")
    (row,) = make.rows(Block)
    assert (row.blocked_id, row.name, row.event_id) == (they.carla.person_id, "Carla Sanz", None)
    assert (
        page.open("/me")
        .press("Unblock Carla Sanz")
        .open("/contacts")
        .one("[data-contact='Carla Sanz']")
    )


@pytest.mark.parametrize("stays", ["Bea", "the other"])
def test_hosts_who_make_one_guest_of_two_introduce_nobody_else(
    make: Make, browser: Browsers, they: Three, stays: str
) -> None:
    """What Bea accepted is hers, whichever of the two stays on the list, and never the other's."""
    they.post(make.signed_in(browser(), they.ana.person))
    (made,) = make.rows(Introduction)
    accepts(make, made, they.bea, they.carla)
    twin = make.rsvp(they.bea.event, "Bea Gill")
    merge(make, *((they.bea, twin) if stays == "Bea" else (twin, they.bea)))
    carla = make.signed_in(browser(), they.carla.person).open("/contacts")
    assert carla.one("[data-contact='Bea Gil']")
    assert they.bea.person.email in carla.text
    assert twin.person.email not in carla.text
    assert make.signed_in(browser(), they.bea.person).open("/contacts").sees("Carla Sanz")
    other = make.signed_in(browser(), twin.person)
    for path in ("/contacts", "/introductions"):
        assert "Carla Sanz" not in other.open(path).text

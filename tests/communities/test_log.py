"""/o/<community>/log: what organisers did, by whom and when, and nothing that was deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from eventapp.communities.log import PAGE_ROWS
from eventapp.conduct.actions import Said, report
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.door.links import open_door
from eventapp.guests import whom
from eventapp.model import (
    Audience,
    AuditEntry,
    Community,
    ConductReport,
    DoorPass,
    Event,
    EventPicture,
    FloorQuestion,
    GuestImport,
    ImportedGuest,
    Impression,
    Organiser,
    Quote,
    Rsvp,
    Status,
    Talk,
)
from eventapp.rsvp.actions import set_status
from tests.browser import Browser
from tests.communities.logged import log, post
from tests.events.organising import TYPED, may_event, save
from tests.guests.bringing import a_list_handed_in
from tests.mails.failing import fail, mailed
from tests.make import Make
from tests.met.evening import hours_ago, let_in
from tests.rounds.evening import announced, there

Browsers = Callable[..., Browser]
SETTINGS = {
    "name": "Beers",
    "language": "en",
    "tz": "Europe/Madrid",
    "data_controller": "Us",
    "contact_email": "us@example.org",
    "keep_months": "6",
}
ROUNDS = {"minutes": "5", "table_size": "2", "count": "3", "pause_minutes": "1"}
# Each POST below /o/, as an evening of organising has them: its endpoint, its address, what is
# sent, and the verb that the log has afterwards.
ACTS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("communities.change_settings", "/o/beers/settings", SETTINGS, "settings_changed"),
    (
        "communities.add_organiser",
        "/o/beers/organisers",
        {"email": "bo@example.org"},
        "organiser_added",
    ),
    ("communities.be_named", "/o/beers/organisers/named", {"named": "yes"}, "organiser_named"),
    (
        "communities.keep_portrait",
        "/o/beers/organisers/picture",
        {"picture": "me.jpg"},
        "portrait_uploaded",
    ),
    (
        "communities.take_portrait_away",
        "/o/beers/organisers/picture/remove",
        {},
        "portrait_removed",
    ),
    ("communities.be_named", "/o/beers/organisers/named", {"named": "no"}, "organiser_unnamed"),
    ("communities.remove_organiser", "/o/beers/organisers/{bo}/remove", {}, "organiser_removed"),
    ("communities.keep_logo", "/o/beers/logo", {"picture": "logo.png"}, "logo_uploaded"),
    ("communities.take_logo_away", "/o/beers/logo/remove", {}, "logo_removed"),
    ("events.schedule", "/o/beers/events/new", {**TYPED, "slug": "june"}, "event_scheduled"),
    ("events.publish", "/o/e/june/publish", {}, "event_published"),
    ("events.unpublish", "/o/e/june/unpublish", {}, "event_unpublished"),
    ("events.discard", "/o/e/june/discard", {}, "event_discarded"),
    ("rounds.announce", "/o/e/may/rounds", ROUNDS, "rounds_announced"),
    ("rounds.start", "/o/e/may/rounds/start", {"number": "1"}, "round_started"),
    ("rounds.wait", "/o/e/may/rounds/wait", {}, "rounds_held_up"),
    ("rounds.stop", "/o/e/may/rounds/stop", {"number": "1"}, "round_stopped"),
    ("rounds.end", "/o/e/may/rounds/end", {}, "rounds_ended"),
    ("floor.take_questions", "/o/e/may/floor", {}, "floor_opened"),
    ("floor.choose_talk", "/o/e/may/floor/wall", {"talk": "talk"}, "floor_wall_changed"),
    ("floor.show", "/o/e/may/floor/{asked}/show", {}, "floor_question_shown"),
    ("floor.answered", "/o/e/may/floor/{asked}/answered", {}, "floor_question_answered"),
    ("floor.reopen", "/o/e/may/floor/{asked}/reopen", {}, "floor_question_reopened"),
    ("floor.hide", "/o/e/may/floor/{asked}/hide", {}, "floor_question_hidden"),
    ("floor.close", "/o/e/may/floor/close", {}, "floor_closed"),
    ("events.change", "/o/e/may", {**TYPED, "title": "Cider"}, "event_changed"),
    ("rsvp.keep_change_quiet", "/o/e/may/change/keep-quiet", {}, "change_kept_quiet"),
    ("rsvp.tell_change", "/o/e/may/change/tell", {}, "change_told"),
    (
        "events.keep_cover",
        "/o/e/may/cover",
        {"picture": "cellar.jpg", "alt": "A cellar", "focus": "top"},
        "cover_uploaded",
    ),
    ("events.take_cover_away", "/o/e/may/cover/remove", {}, "cover_removed"),
    (
        "rsvp.change_questions",
        "/o/e/may/questions",
        {"rows-0-label": "Diet", "rows-0-kind": "short"},
        "questions_changed",
    ),
    ("events.copy", "/o/e/may/copy", {}, "event_copied"),
    ("rsvp.places", "/o/e/may/places", {"capacity": "40"}, "capacity_changed"),
    ("door.change_settings", "/o/e/may/doors/settings", {"notes_leaving": "y"}, "door_changed"),
    ("door.add_link", "/o/e/may/doors", {"name": "Back", "role": "helper"}, "door_link_made"),
    (
        "door.withdraw_phone",
        "/o/e/may/doors/{link}/phones/{phone}/withdraw",
        {},
        "phone_withdrawn",
    ),
    ("door.withdraw_link", "/o/e/may/doors/{link}/withdraw", {}, "door_link_withdrawn"),
    ("kiosk.put_up_poster", "/o/e/may/poster", {}, "poster_put_up"),
    ("kiosk.take_down_poster", "/o/e/may/poster/take-down", {}, "poster_taken_down"),
    (
        "guests.confirm_list",
        "/o/e/may/guests/import/{list}",
        {"then": "import"},
        "guests_imported",
    ),
    ("guests.send_tickets", "/o/e/may/guests/send-tickets", {}, "tickets_sent"),
    (
        "guests.take_back_list",
        "/o/e/may/guests/import/{list}/take-back",
        {},
        "import_taken_back",
    ),
    (
        "guests.clear_calendars",
        "/o/e/may/guests/import/{told}/calendars",
        {},
        "guests_mailed",
    ),
    ("guests.ask_for_approval", "/o/e/may/approval/ask", {}, "approval_asked"),
    ("guests.mail_requests", "/o/e/may/approval/mail", {"tells": "no"}, "event_changed"),
    ("guests.approve", "/o/e/may/guests/{pia}/approve", {}, "guest_approved"),
    ("guests.decline", "/o/e/may/guests/{pol}/decline", {}, "guest_declined"),
    ("guests.change_guest", "/o/e/may/guests/{pia}", {"name": "Pía"}, "guest_changed"),
    ("guests.undo_change", "/o/e/may/guests/{pia}/undo/{entry}", {}, "guest_change_undone"),
    ("guests.add_guest", "/o/e/may/guests/new", {"name": "Zoe", "answer": "going"}, "guest_added"),
    ("guests.mail_guest", "/o/e/may/guests/{una}/mail", {"form_id": "1"}, "guest_mailed"),
    ("guests.give_place", "/o/e/may/guests/{wes}/place", {}, "guest_given_place"),
    ("guests.remove_guest", "/o/e/may/guests/{wes}/remove", {}, "guest_removed"),
    ("guests.undo_change", "/o/e/may/guests/{wes}/undo/{entry}", {}, "guest_put_back"),
    ("guests.merge", "/o/e/may/guests/{wes}/merge", {"other": "wim"}, "guests_merged"),
    ("guests.reconsider", "/o/e/may/guests/{pol}/reconsider", {}, "guest_reconsidered"),
    (
        "guests.do_act",
        "/o/e/may/guests/approve",
        {"whom": "wait", "mails_seen": "wait"},
        "guests_approved",
    ),
    ("guests.do_act", "/o/e/may/guests/mail-again", {"whom": "una"}, "guests_mailed"),
    (
        "guests.send_message",
        "/o/e/may/guests/write",
        {"whom": "pia", "subject": "Hi", "words": "All", "form_id": "1"},
        "guests_written_to",
    ),
    ("guests.do_act", "/o/e/may/guests/remove", {"whom": "una"}, "guest_removed"),
    ("guests.do_act", "/o/e/may/guests/put-back", {"whom": "una"}, "guest_put_back"),
    ("guests.stop_asking", "/o/e/may/approval/stop", {}, "approval_stopped"),
    ("guests.export", "/o/e/may/guests.csv", {}, "guests_exported"),
    ("badges.make", "/o/e/may/badges/sheets", {}, "badges_made"),
    ("mails.send_again", "/o/e/may/mail/{mail}/again", {}, "mail_sent_again"),
    ("mails.send_all_again", "/o/e/may/mail/again", {}, "mails_sent_again"),
    (
        "mails.correct_address",
        "/o/e/may/guests/{una}/address",
        {"email": "una@example.net"},
        "address_corrected",
    ),
    ("conduct.answer", "/o/beers/conduct/{report}/answer", {"words": "Oh"}, "report_answered"),
    ("conduct.close", "/o/beers/conduct/{report}/close", {}, "report_closed"),
    ("impressions.hide", "/o/e/may/impressions/{taken}/hide", {}, "impression_hidden"),
    ("impressions.show", "/o/e/may/impressions/{taken}/show", {}, "impression_shown"),
    ("impressions.quote", "/o/e/may/impressions/{taken}/quote", {}, "impression_quoted"),
    ("impressions.move", "/o/e/may/recap/quotes/{taken}/up", {}, "quote_moved"),
    (
        "impressions.drop_quote",
        "/o/e/may/impressions/{taken}/drop-quote",
        {},
        "impression_not_quoted",
    ),
    ("impressions.show_picture", "/o/e/may/pictures/{picture}/show", {}, "picture_shown"),
    ("impressions.hide_picture", "/o/e/may/pictures/{picture}/hide", {}, "picture_hidden"),
    ("impressions.delete_picture", "/o/e/may/pictures/{picture}/delete", {}, "picture_removed"),
    ("impressions.keep_recap", "/o/e/may/recap", {"words": "Cosy"}, "recap_changed"),
    (
        "impressions.keep_recap",
        "/o/e/past/recap",
        {"then": "publish", "shows_numbers": "y"},
        "recap_published",
    ),
    ("impressions.mail_recap", "/o/e/past/recap/mail", {}, "recap_mailed"),
    ("impressions.take_back_recap", "/o/e/past/recap/take-back", {}, "recap_taken_back"),
    ("rsvp.call_off", "/o/e/may/call-off", {}, "event_called_off"),
    ("rsvp.take_back", "/o/e/may/call-off/take-back", {}, "call_off_taken_back"),
)
NOT_LOGGED = {
    # A rehearsal is a copy to try the door on; it touches nobody's own row, and is wiped.
    "door.rehearse",
    "door.start_over",
    "door.wipe",
    # A list that is handed in changes nobody's row until it is confirmed.
    "guests.import_list",
    "guests.give_up_list",
}


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers")


@pytest.fixture
def olga(make: Make, browser: Browsers, beers: Community) -> Browser:
    page: Browser = make.signed_in(browser(), make.organiser(beers, "olga@example.org"))
    return page.open("/me")


def test_every_post_of_organisers_is_logged_or_said_not_to_be(app: Flask) -> None:
    posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/o/") and "POST" in (rule.methods or ())
    }
    assert posts == {endpoint for endpoint, *_ in ACTS} | NOT_LOGGED


def evening(make: Make, beers: Community) -> dict[str, Any]:
    """An event with something to do for every act; its ids for their addresses."""
    event = make.event(beers, slug="may", poster_secret="p")
    make.cover(event)
    pia, pol, pau = (make.rsvp(event, name, status="pending") for name in ("Pia", "Pol", "Pau"))
    una = mailed(make, event, "Una", confirmed_at=None)
    mailed(make, event, "Ula")
    mail, _ = fail(make, "Una"), fail(make, "Ula")
    link = make.door_link(event)
    with make.act():
        open_door(db.session.merge(link), phone_secret="p", at=clock.now())
    wes = make.rsvp(event, "Wes", status="maybe", person=None)
    wim = make.rsvp(event, "Wim", status="maybe", person=None)
    guests: dict[str, Any] = {
        "wes": wes.id,
        "wim": wim.id,
        "pia": pia.id,
        "pol": pol.id,
        "una": una.id,
    }
    announced(make, event)
    there(make, event, "Rosa", "Rafa", person=None, confirmed_at=clock.now())
    rows_of_floor = asked_there(make, event)
    kept = a_list_handed_in(make, event, b"name,email\nLia,lia@example.org\n")
    guests["wait"] = whom.written([pol.id, pau.id])
    rows = {"mail": mail.id, "link": link.id, "list": kept.id, "report": reported(make, una).id}
    past = make.event(beers, slug="past", starts_at=hours_ago(9))
    let_in(make, make.rsvp(past, "Leo"))
    rows["taken"], first = (
        written(make, make.rsvp(event, name, status="not_going")).id for name in ("Tea", "Tom")
    )
    with make.act():
        db.session.add(Quote(impression_id=first, place=1))
    rows["picture"] = uploaded(make, event, una)
    rows["told"] = no_more_coming(make, make.rsvp(event, "Lou", in_calendar_since=clock.now()))
    return {**guests, **rows, **rows_of_floor, "phone": make.row(DoorPass).id}


def asked_there(make: Make, event: Event) -> dict[str, int]:
    """A talk, and a question of which nothing says by whom it is."""
    with make.act():
        talk = Talk(event_id=event.id, title="Yeast")
        said = {"is_anonymous": True, "words": "Why rye?", "created_at": clock.now()}
        asked = FloorQuestion(event_id=event.id, **said)
        db.session.add_all([talk, asked])
        db.session.flush()
        return {"talk": talk.id, "asked": asked.id}


def no_more_coming(make: Make, rsvp: Rsvp) -> int:
    """The id of an import that says so of a guest."""
    kept = a_list_handed_in(make, rsvp.event, b"name,email\n")
    with make.act():
        there = db.session.get_one(GuestImport, kept.id)
        there.confirmed_at = there.finished_at = clock.now()
        set_status(db.session.get_one(Rsvp, rsvp.id), Status.NOT_GOING)
        row = ImportedGuest(import_id=there.id, rsvp_id=rsvp.id, after={}, before={})
        db.session.add(row)
        return there.id


def written(make: Make, by: Rsvp) -> Impression:
    """What this guest, who came, took with them."""
    let_in(make, by)
    said = {"words": "Good bread", "audience": Audience.ATTENDEES, "created_at": clock.now()}
    row = Impression(event_id=by.event_id, person_id=by.person_id, **said)
    with make.act():
        db.session.add(row)
    return row


def uploaded(make: Make, event: Event, by: Rsvp) -> int:
    said = {"digest": "d", "width": 480, "height": 320, "alt": "A flag", "created_at": clock.now()}
    row = EventPicture(event_id=event.id, person_id=by.person_id, **said)
    with make.act():
        db.session.add(row)
    return row.id


def reported(make: Make, by: Rsvp) -> ConductReport:
    with make.act():
        there = db.session.get_one(Rsvp, by.id)
        said = Said("It was loud", names_reporter=False)
        return report(there.event, said, by=there.person, about=None, at=clock.now())


def test_each_act_of_an_evening_is_logged_as_it_is_done(
    make: Make, beers: Community, olga: Browser
) -> None:
    ids = evening(make, beers)
    for endpoint, address, sent, verb in ACTS:
        ids["bo"] = make.rows(Organiser)[-1].id
        ids["entry"] = max((row.id for row in make.rows(AuditEntry)), default=0)
        named = {name: ids.get(str(value), value) for name, value in sent.items()}
        assert post(olga, address.format(**ids), **named) in (200, 303), endpoint
        assert make.rows(AuditEntry)[-1].verb == verb
    assert [row.verb for row in make.rows(AuditEntry)] == [verb for *_, verb in ACTS]
    assert log(olga) == [verb for *_, verb in ACTS][-PAGE_ROWS:]
    told = olga.text + olga.follow("Show older").text
    for words in (
        "Olga Organiser changed the event: Title",
        "made bo an organiser",
        "told nobody what changed",
        "told 4 guests what changed",
        "approved Pia",
        "declined Pol",
        "took back the no to Pol",
        "approved 2 guests",
        "withdrew the door link “Main door”",
        "imported a guest list: 1 guest added or changed",
        "emailed 1 ticket",
        "took an import back: 1 guest left the list or is as before",
        "sent Una an email again",
        "sent 1 email again",
        "corrected the address of Una",
    ):
        assert words in told, words


# Those of ACTS that find done what they would do, when they come a second time.
DONE_ALREADY = (
    "communities.keep_logo",
    "communities.take_logo_away",
    "events.publish",
    "events.unpublish",
    "events.change",
    "rsvp.keep_change_quiet",
    "rsvp.tell_change",
    "events.take_cover_away",
    "rsvp.places",
    "door.change_settings",
    "door.withdraw_link",
    "conduct.close",
    "impressions.hide",
    "impressions.show",
    "rounds.announce",
    "rounds.start",
    "rounds.stop",
    "rounds.end",
    "impressions.quote",
    "impressions.drop_quote",
    "impressions.show_picture",
    "impressions.hide_picture",
    "impressions.keep_recap",
    "impressions.take_back_recap",
    "kiosk.take_down_poster",
    "communities.change_settings",
    "communities.add_organiser",
    "guests.confirm_list",
    "guests.take_back_list",
    "guests.clear_calendars",
    "guests.send_tickets",
    "guests.approve",
    "guests.give_place",
    "guests.mail_guest",
    "guests.remove_guest",
    "guests.decline",
    "mails.send_again",
    "mails.send_all_again",
    "mails.correct_address",
    "rsvp.call_off",
    "rsvp.take_back",
)


def test_what_was_done_already_is_not_logged_again(
    make: Make, beers: Community, olga: Browser
) -> None:
    ids = evening(make, beers)
    make.event(beers, slug="june", published_at=None)
    for endpoint, address, sent, verb in ACTS:
        if endpoint not in DONE_ALREADY:
            continue
        for _ in range(2):
            assert post(olga, address.format(**ids), **sent) in (200, 303), endpoint
        assert [row.verb for row in make.rows(AuditEntry)].count(verb) == 1, endpoint


def test_what_changes_nothing_is_not_logged(make: Make, beers: Community, olga: Browser) -> None:
    going = make.rsvp(may_event(make, beers, slug="may"))
    save(olga.open("/o/e/may"))
    assert post(olga, f"/o/e/may/guests/{going.id}/approve") == 303
    assert post(olga, "/o/e/may/guests/import", file="list.csv", dry_run="1") == 200
    assert post(olga, "/o/beers/organisers", email="olga@example.org") == 303
    assert make.rows(AuditEntry) == []


def test_a_refused_act_is_not_logged(make: Make, beers: Community, olga: Browser) -> None:
    make.rsvp(make.event(beers, slug="may"))
    assert post(olga, "/o/e/may/unpublish") == 409
    assert make.rows(AuditEntry) == []

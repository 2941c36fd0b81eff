"""What is kept, by whom, for how long."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from eventapp.core.db import db
from eventapp.model import Community
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]


def test_page_of_a_community_says_who_and_how_long(make: Make, browser: Browsers) -> None:
    make.community(
        slug="beers", data_controller="Asociación X", contact_email="x@example.org", keep_months=7
    )
    make.community(data_controller="Somebody else")
    page = browser().open("/privacy?community=beers")
    assert page.sees("Asociación X")
    assert page.sees("Kept for 7 months after each event")
    assert page.page.select("a[href='mailto:x@example.org']")
    assert not page.sees("Somebody else")


def test_page_of_all_has_a_line_for_each(make: Make, browser: Browsers) -> None:
    make.community(name="Beers", keep_months=1)
    make.community(name="Cider", keep_months=24)
    page = browser().open("/").follow("What is kept, and how long")
    sections = [h3.get_text() for h3 in page.page.select("[data-community] h3")]
    assert sections == ["Beers", "Cider"]
    assert page.sees("Kept for 1 month after each event")
    assert page.sees("Kept for 24 months after each event")


def test_it_says_what_is_kept_for_less_long(make: Make, browser: Browsers) -> None:
    make.community(keep_months=6, keep_impressions_months=3, keep_pictures_months=1)
    make.community(keep_months=9, keep_introductions_months=2, keep_passed_months=4)
    page = browser().open("/privacy")
    assert page.sees("What guests take with them, and ask about the talks: 3 months at most.")
    assert page.sees("Pictures of an event: 1 month.")
    assert page.sees("Introductions: 2 months after both said yes.")
    assert page.sees("Contacts passed on to somebody outside: 4 months after their last day.")
    with make.act():
        db.session.query(Community).update({"keep_months": 1})
    for what in ("ask about the talks:", "after both said yes", "after their last day"):
        assert not page.open("/privacy").sees(what)


def test_rights_are_one_link_away(browser: Browsers, app: Flask) -> None:
    page = browser().open("/privacy")
    assert page.page.select("#rights a[href='/me/export']")
    assert page.page.select("#rights a[href='/me']")


def test_unknown_community_is_not_found(browser: Browsers, app: Flask) -> None:
    assert browser().open("/privacy?community=nobody").status == 404


# Each table with rows of a person's, and the words of /privacy that tell of it.
TOLD = {
    "rsvp": "Your answer to an event",
    "guest_change": "What the hosts changed by hand",
    "ticket_code": "The code on a ticket from another tool",
    "check_in": "When you came in",
    "door_log": "When you came in",
    "name_word": "Your name",
    "encounter": "Who you met",
    "noted_name": "Who you met",
    "follow_up_feed": "The days on which you want to get in touch",
    "personal_feed": "Which events your calendar shows",
    "card": "Your contact card",
    "card_share": "Your contact card",
    "card_withdrawal": "Your contact card",
    "passed_contact": "Contacts passed on to somebody outside",
    "impression": "What you take with you from an event",
    "event_picture": "Pictures you add of an event",
    "rounds_tick": "That you take part in rounds at small tables",
    "round_seat": "That you take part in rounds at small tables",
    "floor_question": "What you ask about the talks",
    "floor_vote": "What you ask about the talks",
    "introduction": "Introductions you make, and get",
    "introduction_side": "Introductions you make, and get",
    "block": "Whom you blocked",
    "suggestion": "People to meet",
    "conduct_report": "What you tell the hosts",
    "organiser_message": "What the hosts wrote to you",
    "follow": "The communities you follow",
    "organiser": "What organisers do with your data",
    "audit_entry": "What organisers do with your data",
    "guest_import": "Lists of guests that organisers import",
    "imported_guest": "Lists of guests that organisers import",
    "merged_guest": "Your answer to an event",
    "merged_ref": "Lists of guests that organisers import",
    "session": "the browsers you signed in with",
    "mailed_code": "Sign-in codes",
    "notice": "you were sent something once",
    "outbox_mail": "What an email said",
}
OF_A_PERSON = ("person", "rsvp")


def test_it_tells_of_every_table_with_rows_of_a_person(browser: Browsers, app: Flask) -> None:
    personal = {
        table.name
        for table in db.metadata.sorted_tables
        if any(key.column.table.name in OF_A_PERSON for key in table.foreign_keys)
    }
    assert personal == set(TOLD)
    page = browser().open("/privacy")
    assert [words for words in TOLD.values() if not page.sees(words)] == []


def test_it_tells_of_the_wish_for_no_mail_about_people_met(browser: Browsers, app: Flask) -> None:
    assert browser().open("/privacy").sees("That you want no emails about people you met")

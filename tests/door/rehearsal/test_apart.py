"""A rehearsal has no page, no mail, and counts for nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import OutboxMail, Rsvp
from eventapp.worker import EACH_HOUR, EACH_MINUTE, EACH_ROUND, do_what_is_due
from tests.door.helpers import at_door, post
from tests.door.rehearsal.copies import everything, rehearse

PUBLIC = ["", "/calendar.ics", "/people", "/met", "/rsvp"]


@pytest.mark.parametrize("page", PUBLIC)
def test_it_has_no_page(make, browser, event, olga, page):
    copy = rehearse(make, event)
    for somebody in (browser(), olga):
        somebody.open("/")
        token = somebody.page.find(attrs={"name": "csrf_token"})["value"]
        path = f"/e/{copy.slug}{page}"
        by = somebody.client
        answer = by.post(path, data={"csrf_token": token}) if page == "/rsvp" else by.get(path)
        assert answer.status_code == 404 or "/sign-in" in answer.headers["Location"]


ORGANISERS = [
    "", "/edit", "/publish", "/unpublish", "/call-off", "/discard", "/copy", "/guests",
    "/guests/import", "/rehearsal", "/rehearsal/wipe", "/rehearsal/start-over",
]  # fmt: skip


@pytest.mark.parametrize("page", ORGANISERS)
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_organisers_do_nothing_with_it_but_at_its_doors(make, event, olga, page, verb):
    copy = rehearse(make, event)
    before = everything(make)
    olga.open(f"/o/e/{copy.slug}/doors")
    token = olga.page.find(attrs={"name": "csrf_token"})["value"]
    answer = olga.client.open(
        f"/o/e/{copy.slug}{page}", method=verb, data={"csrf_token": token} if verb == "POST" else {}
    )
    assert answer.status_code in (404, 405)
    assert everything(make) == before


@pytest.mark.parametrize("page", ["/", "/c/{community}", "/o/{community}", "/me", "/contacts"])
def test_no_list_has_it(make, event, community, olga, page):
    path = page.format(community=community.slug)
    before = olga.open(path).text
    rehearse(make, event)
    assert olga.open(path).text == before
    assert "rehearsal" not in olga.response.text


def test_the_events_own_list_stays_its_own(make, event, olga):
    before = olga.open(f"/o/e/{event.slug}/guests").text
    export = olga.press("Export as CSV").response.data
    copy = rehearse(make, event)
    (carla,) = make.rows(Rsvp, event_id=copy.id, name="Carla Sanz")
    assert olga.open(f"/o/e/{event.slug}/guests").text == before
    assert olga.press("Export as CSV").response.data == export
    assert carla


@pytest.mark.parametrize("words", [["export"], ["import", "--dry-run"], ["import"]])
def test_no_list_is_brought_to_it_or_taken_from_it(make, event, tmp_path, words):
    copy = rehearse(make, event)
    (tmp_path / "list.csv").write_text("name,email\nEva,eva@example.org\n")
    before = everything(make)
    file = [str(tmp_path / "list.csv")] if words[0] == "import" else []
    run = make.app.test_cli_runner().invoke(args=["guests", words[0], copy.slug, *file, *words[1:]])
    assert (run.exit_code, run.stdout) == (1, "")
    assert everything(make) == before


def test_nobody_is_mailed(make, browser, event):
    copy = rehearse(make, event)
    mails = len(make.rows(OutboxMail))
    door = at_door(make, browser(), copy)
    for name in ("Ana Ruiz", "Bo Ek"):
        rsvp = make.row(Rsvp, event_id=copy.id, name=name)
        post(door, f"/e/{copy.slug}/door/{rsvp.id}/check-in")
    post(door, f"/e/{copy.slug}/door/walk-in", name="Eva", email="eva@example.org")
    for hours in (13, 24, 60):
        with time_machine.travel(clock.now() + timedelta(hours=hours)), make.app.app_context():
            do_what_is_due([*EACH_ROUND, *EACH_MINUTE, *EACH_HOUR])
            db.session.remove()
    assert len(make.rows(OutboxMail)) == mails

"""The codes on other tools' tickets come in with a list, go out with an export, and are told of
where they do not tell two guests apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eventapp.core.db import db
from eventapp.guests.reading.own_export import OWN
from eventapp.model import Rsvp, TicketCode
from tests.door.helpers import at_door, post

pytestmark = pytest.mark.both_databases
HEADER = "name,email,barcode\n"
ANA, BO = "Ana Ruiz,ana@example.org,77914401\n", "Bo Ek,bo@example.org,77914402\n"


@pytest.fixture
def event(make: Any) -> Any:
    return make.event()


@pytest.fixture
def imports(app: Any, event: Any, tmp_path: Path) -> Any:
    def run(text: str, *options: str) -> str:
        (tmp_path / "list.csv").write_text(text)
        args = ["guests", "import", event.slug, str(tmp_path / "list.csv"), *options]
        told: str = app.test_cli_runner().invoke(args=args).stdout
        return told

    return run


def codes(make: Any) -> dict[str, set[str]]:
    """The codes of each guest, by name."""
    names = {rsvp.id: rsvp.name for rsvp in make.rows(Rsvp)}
    found: dict[str, set[str]] = {}
    for row in make.rows(TicketCode):
        found.setdefault(names[row.rsvp_id], set()).add(row.code)
    return found


def test_a_list_brings_codes_and_brings_them_once(make, imports):
    assert "added 2, updated 0" in imports(HEADER + ANA + BO)
    assert codes(make) == {"Ana Ruiz": {"77914401"}, "Bo Ek": {"77914402"}}
    assert "added 0, updated 0" in imports(HEADER + ANA + BO)
    assert codes(make) == {"Ana Ruiz": {"77914401"}, "Bo Ek": {"77914402"}}


def test_a_dry_run_keeps_none(make, imports):
    imports(HEADER + ANA, "--dry-run")
    assert make.rows(TicketCode) == []


def test_a_code_that_comes_later_updates_its_guest(make, imports):
    imports("name,email\nAna Ruiz,ana@example.org\n")
    assert "added 0, updated 1" in imports(HEADER + ANA)
    assert codes(make) == {"Ana Ruiz": {"77914401"}}


def test_who_answered_here_gets_the_code_as_well(make, event, imports):
    make.rsvp(event, "Ana", person=make.person("ana@example.org"))
    imports(HEADER + ANA)
    assert codes(make) == {"Ana": {"77914401"}}


def test_lists_of_two_tools_leave_a_guest_both_codes(make, imports):
    imports(HEADER + ANA)
    imports("name,email,qr code url\nAna Ruiz,ana@example.org,https://lu.ma/c/e?pk=g-1\n")
    assert codes(make) == {"Ana Ruiz": {"77914401", "https://lu.ma/c/e?pk=g-1"}}


def test_a_party_has_the_codes_of_all_its_tickets(make, imports):
    again = ANA.replace("77914401", "77914409")
    imports("name,email,barcode,order\n" + ANA.strip() + ",1\n" + again.strip() + ",1\n")
    assert codes(make) == {"Ana Ruiz": {"77914401", "77914409"}}
    assert make.row(Rsvp).companions == 1


def test_two_guests_with_one_code_are_told_of_and_the_first_has_it(make, imports):
    told = imports(HEADER + ANA + BO.replace("77914402", "77914401"))
    assert "Ana Ruiz has the same ticket code" in told
    assert codes(make) == {"Ana Ruiz": {"77914401"}}


def test_a_code_that_is_anothers_in_a_newer_list_moves_and_is_told_of(make, imports):
    imports(HEADER + ANA)
    told = imports(HEADER + BO.replace("77914402", "77914401"))
    assert "was Ana Ruiz's until now" in told
    assert codes(make) == {"Bo Ek": {"77914401"}}
    assert "until now" not in imports(HEADER + BO.replace("77914402", "77914401"))


def test_a_ticket_that_was_passed_on_no_longer_lets_in_by_its_old_code(make, imports):
    header = "guest_id,name,barcode\n"
    imports(header + "T-000001,Ana Ruiz,77914401\n")
    imports(header + "T-000001,Bo Ek,77914402\n")
    assert codes(make) == {"Bo Ek": {"77914402"}}


def test_the_phones_at_the_door_hear_of_it(make, browser, event, imports):
    imports("name,email\nAna Ruiz,ana@example.org\n")
    door = at_door(make, browser(), event)
    where = f"/e/{event.slug}/door/roster"
    before = door.client.get(where).headers["ETag"]
    imports(HEADER + ANA)
    assert door.client.get(where, headers={"If-None-Match": before}).status_code == 200
    scanned = post(door, f"/e/{event.slug}/door/scan", code="77914401").json
    assert (scanned["outcome"], scanned["guest"]) == ("admitted", "Ana Ruiz")


def test_an_export_has_them_and_brings_them_back(app, make, event, imports):
    imports("name,email,barcode,qr\nAna Ruiz,a@example.org,77914401,https://lu.ma/c/e?pk=g-1\n")
    before = codes(make)
    exported = app.test_cli_runner().invoke(args=["guests", "export", event.slug]).stdout
    assert '"77914401, https://lu.ma/c/e?pk=g-1"' in exported
    with make.act():
        db.session.delete(db.session.get_one(Rsvp, make.row(Rsvp).id))
    assert make.rows(TicketCode) == []
    imports(exported)
    assert codes(make) == before


def test_an_export_of_before_there_were_codes_is_read_as_ours(make, imports):
    imports(",".join(list(OWN)[:-3]) + ",Job\n" + f"Ana,a@example.org,going,3,2{',' * 9},Chef\n")
    ana = make.row(Rsvp)
    assert (ana.companions, ana.answers) == (2, {"Job": "Chef"})

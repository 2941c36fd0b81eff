"""The files of contacts: vCards, and tables for Google, Outlook and people."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import vobject
from python_calamine import load_workbook

from eventapp.core import clock
from tests.contacts.evening import card, met, noted
from tests.make import Make

GOOGLE_BEGINS = ["First Name", "Middle Name", "Last Name", "Phonetic First Name"]

OUTLOOK_HAS = {"First Name", "Last Name", "Mobile Phone", "E-mail Address", "Web Page", "Notes"}


def cards_in(answer: bytes) -> dict[str, Any]:
    found = list(vobject.readComponents(answer.decode()))
    return {one.fn.value: one for one in found}


def rows_in(answer: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.decode("utf-8-sig"))))


def test_the_vcard_of_everybody_is_read_by_another_program(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    answer = make.signed_in(browser(), evening["ana"].person).open("/contacts.vcf").response
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''contacts.vcf"
    found = cards_in(answer.data)
    assert set(found) == {"Bea Núñez", "Carla Gil"}
    bea, carla = found["Bea Núñez"], found["Carla Gil"]
    assert bea.tel.value == "+34600000001"
    assert bea.email.value == evening["bea"].person.email
    assert "knows Rust" in bea.note.value
    assert not {"tel", "email", "org", "url", "title"} & set(carla.contents)
    assert "likes stout" in carla.note.value


def test_one_contact_goes_to_the_phone_alone(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    link = page.one("[data-guest='Bea Núñez'] a[href$='.vcf']")
    assert list(cards_in(page.open(link["href"]).response.data)) == ["Bea Núñez"]


def test_a_contact_keeps_its_uid_over_downloads_and_events(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    ana, bea = evening["ana"].person, evening["bea"].person
    page = make.signed_in(browser(), ana)
    first = cards_in(page.open("/contacts.vcf").response.data)
    later = make.event(starts_at=clock.now() - timedelta(hours=2))
    noted(make, make.rsvp(later, "Ana", person=ana), make.rsvp(later, "Bea Núñez", person=bea))
    again = cards_in(page.open("/contacts.vcf").response.data)
    uids = {name: one.uid.value for name, one in first.items()}
    assert uids == {name: one.uid.value for name, one in again.items()}
    assert len(set(uids.values())) == 2
    assert all(uid.startswith("urn:uuid:") for uid in uids.values())


def test_the_table_has_a_row_a_contact(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    answer = make.signed_in(browser(), evening["ana"].person).open("/contacts.csv").response
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    bea, carla = sorted(rows_in(answer.data), key=lambda row: row["Name"])
    assert bea["Email"] == evening["bea"].person.email
    assert bea["Phone"] == "+34 600 00 00 01"
    assert bea["Event"] == "PyDay"
    assert carla["Email"] == carla["Phone"] == ""


def test_the_spreadsheet_has_what_the_table_has(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person)
    answer = page.open("/contacts.xlsx").response
    assert answer.headers["Content-Disposition"].endswith("contacts.xlsx")
    header, *rows = load_workbook(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    said = [
        {str(title): str(cell) for title, cell in zip(header, row, strict=True)} for row in rows
    ]
    assert said == rows_in(page.open("/contacts.csv").response.data)
    assert "+34 600 00 00 01" in {row["Phone"] for row in said}


def test_google_and_outlook_get_the_columns_they_know(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person)
    google = rows_in(page.open("/contacts.csv?for=google").response.data)
    assert list(google[0])[:4] == GOOGLE_BEGINS
    assert "+34 600 00 00 01" in {row["Phone 1 - Value"] for row in google}
    outlook = rows_in(page.open("/contacts.csv?for=outlook").response.data)
    assert set(outlook[0]) >= OUTLOOK_HAS
    assert "+34 600 00 00 01" in {row["Mobile Phone"] for row in outlook}


def test_address_books_get_the_name_parted_as_its_owner_says(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    her = make.signed_in(browser(), evening["bea"].person).open("/me/card")
    her.press("Save my card", given_name="Bea Núñez")
    page = make.signed_in(browser(), evening["ana"].person)
    name = cards_in(page.open("/contacts.vcf").response.data)["Bea Núñez"].n.value
    assert (name.given, name.family) == ("Bea Núñez", "")
    for purpose in ("google", "outlook"):
        rows = rows_in(page.open(f"/contacts.csv?for={purpose}").response.data)
        assert {"First Name": "Bea Núñez", "Last Name": ""}.items() <= rows[0].items()
    her.open("/me/card").press(her.one("[data-holder] button")["aria-label"])
    name = cards_in(page.open("/contacts.vcf").response.data)["Bea Núñez"].n.value
    assert (name.given, name.family) == ("Bea", "Núñez")


def test_what_somebody_is_called_never_runs_as_a_formula(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    evil = make.rsvp(evening["event"], '=HYPERLINK("http://evil.example")', person=None)
    noted(make, evening["ana"], evil, note="@SUM(1)")
    page = make.signed_in(browser(), evening["ana"].person)
    for purpose in ("plain", "google", "outlook"):
        rows = rows_in(page.open(f"/contacts.csv?for={purpose}").response.data)
        cells = [cell for row in rows for cell in row.values()]
        assert not [cell for cell in cells if cell[:1] in ("=", "@")]


def test_an_unknown_format_is_refused(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    page = make.signed_in(browser(), evening["ana"].person)
    assert page.open("/contacts.csv?for=evil").status == 400


FILES = (
    ("Add to my phone", "/contacts.vcf"),
    ("Google", "/contacts.csv?for=google"),
    ("Outlook", "/contacts.csv?for=outlook"),
    ("CSV", "/contacts.csv"),
)


def links_of(page: Any) -> dict[str, str]:
    """The first link of each label: those of whom the person met and who say so too."""
    links = page.page.select("#take-along a")
    return {label: next(a["href"] for a in links if label in a.get_text()) for label, _ in FILES}


def test_one_tap_takes_those_who_say_so_too(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    for label, address in links_of(page).items():
        answer = page.client.get(address).text
        assert "Núñez" in answer, label
        assert "Carla" not in answer, label


def test_everybody_is_a_choice(make: Make, browser: Any, evening: dict[str, Any]) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    links = [str(a["href"]) for a in page.one("#take-along details").select("a")]
    tables = [address for _, address in FILES]
    assert links == [*tables, "/contacts.xlsx"]
    for address in tables:
        assert "Carla" in page.client.get(address).text


def test_the_page_says_what_a_file_has_before_it_is_taken(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts")
    counted = page.one("[data-inside]")
    assert (counted["data-inside"], counted["data-with-email"]) == ("1", "1")
    card(make, evening["bea"].person, shared=["company"])
    counted = page.open("/contacts").one("[data-inside]")
    assert (counted["data-inside"], counted["data-with-email"]) == ("1", "0")
    assert page.sees("With one more who hasn't confirmed")
    hers = make.signed_in(browser(), evening["carla"].person).open("/contacts")
    assert not hers.page.select("#take-along")


def test_those_of_one_event_are_taken_along(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    later = make.event(slug="rust", starts_at=clock.now() - timedelta(hours=2))
    ana = make.rsvp(later, "Ana", person=evening["ana"].person)
    met(make, ana, make.rsvp(later, "Dani Gil"))
    page = make.signed_in(browser(), evening["ana"].person).open("/contacts?event=rust")
    assert page.one("[data-inside]")["data-inside"] == "1"
    for address in links_of(page).values():
        answer = page.client.get(address).text
        assert "Dani" in answer
        assert "Bea" not in answer


def test_an_iphone_opens_the_vcard_instead_of_saving_it(
    make: Make, browser: Any, evening: dict[str, Any]
) -> None:
    page = make.signed_in(browser(), evening["ana"].person)
    phone = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1"}
    for path in ("/contacts.vcf", f"/contacts/{evening['bea'].id}.vcf"):
        shown = page.client.get(path, headers=phone).headers["Content-Disposition"]
        assert shown.startswith("inline; filename*=UTF-8''contact")
        saved = page.client.get(path).headers["Content-Disposition"]
        assert saved.startswith("attachment;")

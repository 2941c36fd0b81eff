"""What a community says of itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventapp.model import Community
from tests.browser import Browser
from tests.make import Make

Browsers = Callable[..., Browser]

TYPED = {
    "name": "Cañas y charlas",
    "about": "Two **talks**, then impressions.",
    "synonyms": "k8s = kubernetes\nbirra = beer",
    "language": "es",
    "tz": "Atlantic/Canary",
    "data_controller": "Asociación Cañas",
    "contact_email": "hola@example.org",
    "keep_months": "6",
    "keep_impressions_months": "3",
    "keep_pictures_months": "2",
    "keep_introductions_months": "1",
    "keep_passed_months": "2",
    "met_mail_hour": "18",
}


def settings_page(make: Make, browser: Browsers, **more: bool) -> Browser:
    community = make.community(slug="beers")
    page: Browser = make.signed_in(browser(**more), make.organiser(community))
    return page.open("/o/beers").follow("Settings")


def value_of(page: Browser, field: str) -> str:
    control = page.one(f"#settings [name={field}]")
    if control.name == "textarea":
        return control.get_text().strip("\r\n")
    if control.name == "select":
        return str(control.select("[selected]")[0]["value"])
    return str(control["value"])


def test_settings_can_be_changed(make: Make, browser: Browsers, htmx: bool) -> None:
    page = settings_page(make, browser, htmx=htmx).press("Save", **TYPED)
    assert page.sees("Saved.")
    assert {field: value_of(page, field) for field in TYPED} == TYPED
    assert browser().open("/c/beers").sees("Cañas y charlas")
    assert make.row(Community).slug == "beers"


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("name", "", "required"),
        ("name", "x" * 81, "too_long"),
        ("name", "Beers\x1b", "control_characters"),
        ("about", "x" * 2001, "too_long"),
        ("synonyms", "k8s = kubernetes\nbirra", "synonyms"),
        ("synonyms", "= birra = -", "synonyms"),
        ("synonyms", "\n".join(["one = another"] * 1000), "too_long"),
        ("language", "fr", "language"),
        ("tz", "Mars/Olympus", "unknown_zone"),
        ("data_controller", "", "required"),
        ("contact_email", "nobody", "email"),
        ("contact_email", "", "required"),
        ("keep_months", "0", "number"),
        ("keep_months", "121", "number"),
        ("keep_months", "for ever", "number"),
        ("keep_impressions_months", "0", "number"),
        ("keep_pictures_months", "121", "number"),
        ("keep_introductions_months", "0", "number"),
        ("keep_passed_months", "0", "number"),
        ("met_mail_hour", "5", "met_mail_hour"),
        ("met_mail_hour", "at noon", "met_mail_hour"),
    ],
)
def test_bad_input_is_said_and_kept(
    make: Make, browser: Browsers, htmx: bool, field: str, typed: str, code: str
) -> None:
    page = settings_page(make, browser, htmx=htmx)
    page.press("Save", **{**TYPED, field: typed})
    assert page.status == 422
    assert page.codes() == [code]
    other = "about" if field != "about" else "name"
    assert value_of(page, other) == TYPED[other]
    if field not in ("language", "met_mail_hour"):
        assert value_of(page, field) == typed
    assert make.row(Community).about == ""


def test_the_mail_of_the_morning_after_can_be_turned_off(make, browser):
    page = settings_page(make, browser)
    assert value_of(page, "met_mail_hour") == "10"
    page.press("Save", met_mail_hour="")
    assert make.row(Community).met_mail_hour is None
    assert value_of(page, "met_mail_hour") == ""


@pytest.mark.parametrize("address", ["/o/beers/settings", "/o/beers/organisers"])
def test_only_its_organisers_come_near(make: Make, browser: Browsers, address: str) -> None:
    community = make.community(slug="beers")
    attendee = make.person()
    make.rsvp(make.event(community), person=attendee)
    other = make.organiser(make.community())
    assert browser().open(address).url.startswith("/sign-in?next=")
    for person in (attendee, other):
        page = make.signed_in(browser(), person)
        assert page.open(address).status == 404
        token = str(page.open("/me").page.select("[name=csrf_token]")[0]["value"])
        data = {**TYPED, "email": "me@example.org", "csrf_token": token}
        assert page.client.post(address, data=data).status_code == 404
    assert make.row(Community, slug="beers").data_controller == "The Association"

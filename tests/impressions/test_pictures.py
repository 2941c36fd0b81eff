"""Who was there adds pictures, everybody sees one once a host says yes, and anybody has one taken
down: at once, for good, from its address as well.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from bs4 import Tag
from flask import json
from PIL import Image

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.impressions.actions import forget_old_pictures
from eventapp.model import AuditEntry, Community, Event, EventPicture, EventPictureFile, Recap, Rsvp
from eventapp.model.limits import PICTURES_MOST
from tests.browser import Browser, form_data
from tests.make import Make
from tests.met.evening import let_in
from tests.pictures import HEIC, as_file, lying_photo, photo

Browsers = Callable[..., Browser]
PLACE, ALL = "/e/may/pictures", "/o/e/may/pictures"


def of(make: Make, browser: Browser, rsvp: Rsvp) -> Browser:
    page: Browser = make.signed_in(browser, rsvp.person)
    return page.open(PLACE)


def add(page: Browser, data: bytes | None = None, alt: str = "A flag") -> Browser:
    file = BytesIO(as_file(photo()) if data is None else data), "photo.jpg"
    return page.press("Add it", alt=alt, picture=file)


def files_on(page: Browser) -> list[str]:
    """The addresses of all pictures on the page."""
    images = page.page.select("img.photo")
    sources = page.page.select("source")
    sets = [one.split()[0] for each in sources for one in str(each["srcset"]).split(", ")]
    return [str(image["src"]) for image in images] + sets


def status(page: Browser, address: str) -> int:
    return int(page.client.get(address).status_code)


def shown(make: Make, browser: Browsers, olga: Browser, ana: Rsvp) -> Browser:
    """A stranger before a picture of Ana's that a host let everybody see."""
    add(of(make, browser(), ana))
    olga.open(ALL).press("Yes, show it")
    return browser().open(PLACE)


def test_everybody_sees_it_once_a_host_says_yes_and_not_before(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, htmx: bool
) -> None:
    own = add(of(make, browser(htmx=htmx), ana))
    assert not own.open(PLACE).sees("No pictures yet")
    files = files_on(own)
    assert files
    stranger = browser()
    assert not files_on(stranger.open(PLACE))
    assert {status(stranger, file) for file in files} == {404}
    assert {status(own, file) for file in files} == {200}
    olga.open(ALL)
    assert olga.sees("by Ana Ruiz")
    assert {status(olga, file) for file in files_on(olga)} == {200}
    olga.press("Yes, show it")
    assert sorted(files_on(stranger.open(PLACE))) == sorted(files)
    assert {status(stranger, file) for file in files} == {200}
    assert not stranger.sees("Ana Ruiz")
    olga.open(ALL).press("Hide")
    assert {status(stranger, file) for file in files} == {404}


def test_anybody_has_it_taken_down_at_once_and_for_good(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, htmx: bool
) -> None:
    stranger = shown(make, browser, olga, ana)
    files = files_on(stranger)
    page = browser(htmx=htmx).open(PLACE).follow("Take it down for good")
    assert not files_on(page.press("Delete it now"))
    for one in (browser(), olga, of(make, browser(), ana)):
        assert {status(one, file) for file in files} == {404}
    assert not make.rows(EventPictureFile)
    assert [row.alt for row in make.rows(EventPicture)] == [""]
    assert olga.open(ALL).sees("Somebody took it down for good")
    assert olga.sees("One was taken down")
    assert not olga.page.select("[data-picture] form")
    own = of(make, browser(), ana)
    assert own.sees("Somebody took it down for good")
    assert add(own).codes() == ["was_taken_down"]
    (told,) = olga.open("/o/beers/log").page.select("[data-verb=picture_taken_down]")
    assert "Somebody had a picture taken down for good" in " ".join(told.get_text().split())


def test_the_log_does_not_say_who_had_it_taken_down(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, bea: Rsvp
) -> None:
    shown(make, browser, olga, ana)
    of(make, browser(), bea).follow("Take it down for good").press("Delete it now")
    (entry,) = make.rows(AuditEntry, verb="picture_taken_down")
    assert entry.actor == "anybody"
    assert {entry.actor_id, entry.person_id, entry.rsvp_id} == {None}
    assert "Bea" not in olga.open("/o/beers/log").text


def test_it_stays_down_once_who_added_it_is_deleted(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp, bea: Rsvp
) -> None:
    stranger = shown(make, browser, olga, ana)
    stranger.follow("Take it down for good").press("Delete it now")
    own = make.signed_in(browser(), ana.person)
    own.open("/me/delete").press("Delete me for good", sure="yes")
    assert [row.person_id for row in make.rows(EventPicture)] == [None]
    assert add(of(make, browser(), bea)).codes() == ["was_taken_down"]
    assert olga.open(ALL).sees("Somebody took it down for good")


def test_nothing_keeps_it(make: Make, browser: Browsers, olga: Browser, ana: Rsvp) -> None:
    stranger = shown(make, browser, olga, ana)
    for file in files_on(stranger):
        answer = stranger.client.get(file)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_link_that_was_opened_before_still_takes_it_down_once(
    make: Make, browser: Browsers, olga: Browser, ana: Rsvp
) -> None:
    stranger = shown(make, browser, olga, ana).follow("Take it down for good")
    form = stranger.one("#take-down form")
    stranger.press("Delete it now")
    assert stranger.submit(form, form_data(form)).response.status_code == 404


def test_only_its_pixels_are_kept(make: Make, browser: Browsers, ana: Rsvp) -> None:
    add(of(make, browser(), ana), lying_photo())
    for row in make.rows(EventPictureFile):
        picture = Image.open(BytesIO(row.data))
        assert not picture.getexif()
        assert "comment" not in picture.info
        assert picture.height > picture.width  # upright
    (kept,) = make.rows(EventPicture)
    assert (kept.width, kept.height) == (800, 1200)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n1 0 obj", "not_a_picture"),
        (b"GIF89a", "not_a_picture"),
        (b"", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "not_a_picture"),
        (as_file(photo())[:9000], "broken_picture"),
        (as_file(Image.new("1", (12_000, 12_000)), "PNG"), "too_many_pixels"),
        (as_file(photo(90, 60)), "too_few_pixels"),
        (b"x" * (10 * 1024 * 1024 + 1), "picture_too_big"),
    ],
    ids=["pdf", "gif", "empty", "svg", "cut", "bomb", "small", "big"],
)
def test_what_is_no_picture_is_refused_in_words(
    make: Make, browser: Browsers, ana: Rsvp, data: bytes, code: str, htmx: bool
) -> None:
    page = add(of(make, browser(htmx=htmx), ana), data)
    assert page.codes() in ([code], ["required"] if not data else [code])
    assert page.page.select("#add-picture .error span")
    assert not make.rows(EventPicture)


def test_it_needs_words_and_a_phones_own_format_will_do(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    page = of(make, browser(), ana)
    assert add(page, alt=" ").codes() == ["required"]
    add(page.open(PLACE), HEIC.read_bytes())
    assert [row.alt for row in make.rows(EventPicture)] == ["A flag"]


def test_who_was_not_there_adds_none(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    form = of(make, browser(), ana).one("#add-picture form")
    page = of(make, browser(), make.rsvp(event, "Nil Mas"))
    assert not page.page.select("#add-picture")
    assert submit(page, form).codes() == ["not_there"]
    assert submit(page, form, b"no picture").codes() == ["not_there"]  # before it is decoded
    stranger = browser().open(PLACE)
    assert submit(stranger, form).url.startswith("/sign-in")
    assert not make.rows(EventPicture)


def submit(page: Browser, form: Tag, data: bytes | None = None) -> Browser:
    token = str(page.page.select("[name=csrf_token]")[0]["value"])
    file = BytesIO(as_file(photo()) if data is None else data), "photo.jpg"
    return page.submit(form, {"csrf_token": token, "alt": "A flag", "picture": file})


def test_it_is_added_by_the_link_of_a_mail_and_once(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    page = browser().open(f"/r/{ana.key}/pictures")
    for _ in range(2):
        add(page.open(f"/r/{ana.key}/pictures"))
    assert len(make.rows(EventPicture)) == 1
    page.open(f"/r/{ana.key}/pictures")
    assert {status(page, file) for file in files_on(page)} == {200}
    page.press("Delete")
    assert not make.rows(EventPicture)


def test_all_that_is_missing_is_said_at_once(make: Make, browser: Browsers, ana: Rsvp) -> None:
    page = of(make, browser(), ana).press("Add it", alt="")
    assert page.codes() == ["required", "required"]
    assert page.sees("Choose a picture first.")


def test_a_person_adds_so_many_at_most(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    said = {"width": 480, "height": 320, "alt": "", "created_at": clock.now()}
    with make.act():
        for number in range(PICTURES_MOST):
            row = EventPicture(event_id=event.id, person_id=ana.person_id, digest=f"d{number}")
            for name, value in said.items():
                setattr(row, name, value)
            db.session.add(row)
    assert add(of(make, browser(), ana)).codes() == ["too_many_pictures"]


def test_a_hosts_own_is_shown_at_once_and_logged(
    make: Make, browser: Browsers, olga: Browser
) -> None:
    add(olga.open(PLACE))
    assert files_on(browser().open("/e/may").follow("Pictures"))
    assert olga.open("/o/beers/log").sees("let everyone see a picture")


def test_the_recap_shows_them_until_they_are_taken_down(
    make: Make, browser: Browsers, event: Event, olga: Browser, ana: Rsvp
) -> None:
    shown(make, browser, olga, ana)
    with make.act():
        db.session.add(Recap(event_id=event.id, words="Good", published_at=clock.now()))
    page = browser().open("/e/may/recap")
    assert files_on(page)
    page.follow("Take it down for good").press("Delete it now")
    assert not files_on(page.open("/e/may/recap"))


def test_nobody_deletes_what_another_added(
    make: Make, browser: Browsers, event: Event, ana: Rsvp
) -> None:
    own = add(of(make, browser(), ana)).open(PLACE)
    form = own.one("[data-own-picture] form")
    bea = make.rsvp(event, "Bea Gil")
    let_in(make, bea)
    page = of(make, browser(), bea)
    token = str(page.page.select("[name=csrf_token]")[0]["value"])
    assert page.submit(form, {"csrf_token": token}).response.status_code == 404
    assert make.rows(EventPicture)


def test_it_is_on_the_own_page_in_the_export_and_goes_with_who_added_it(
    make: Make, browser: Browsers, ana: Rsvp
) -> None:
    page = add(of(make, browser(), ana))
    (said,) = exported(page)
    assert said["alt"] == "A flag"
    assert said["picture"].startswith("data:image/jpeg;base64,")
    assert page.open("/me").sees("waits for a host's yes")
    page.open("/me/delete").press("Delete me for good", sure="yes")
    assert not make.rows(EventPicture)
    assert not make.rows(EventPictureFile)


def exported(page: Browser) -> list[dict[str, Any]]:
    told = json.loads(page.open("/me/export").response.data)
    pictures: list[dict[str, Any]] = told["pictures_you_added"]
    return pictures


def test_it_is_kept_as_long_as_its_community_says(
    make: Make, browser: Browsers, beers: Community, ana: Rsvp
) -> None:
    with make.act():
        db.session.get_one(Community, beers.id).keep_pictures_months = 2
    add(of(make, browser(), ana))
    with time_machine.travel(clock.now() + timedelta(days=56)):
        assert make.due(forget_old_pictures) == 0
    with time_machine.travel(clock.now() + timedelta(days=62)):
        assert make.due(forget_old_pictures) == 1
    assert not make.rows(EventPictureFile)


@pytest.mark.parametrize("months", [1, None])
def test_a_fingerprint_of_one_taken_down_stays_while_pictures_can_be_added(
    make: Make, browser: Browsers, beers: Community, olga: Browser, ana: Rsvp, months: int | None
) -> None:
    with make.act():
        db.session.get_one(Community, beers.id).keep_pictures_months = months
    shown(make, browser, olga, ana).follow("Take it down for good").press("Delete it now")
    with time_machine.travel(clock.now() + timedelta(days=33)):
        assert make.due(forget_old_pictures) == 0
        assert add(of(make, browser(), ana)).codes() == ["was_taken_down"]
    with time_machine.travel(clock.now() + timedelta(days=61)):
        assert make.due(forget_old_pictures) == 1
    assert not make.rows(EventPicture)

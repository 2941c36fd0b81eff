"""An organiser uploads a cover, describes it, replaces and removes it; its files are public once
the event is.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from config import DEFAULTS
from eventapp.core.pictures import BYTES_MOST
from eventapp.door.rehearsal import rehearse
from eventapp.events.cover import NoCover, describe_cover
from eventapp.events.queries import event_at
from eventapp.model import AuditEntry, Cover, CoverFile, Event
from tests.browser import Browser, form_data
from tests.events.organising import may_event, organiser_of
from tests.html import words_of
from tests.make import Make
from tests.pictures import RED, as_file, bomb, lying_photo, photo

Browsers = Callable[..., Browser]


@pytest.fixture
def upload(tmp_path: Path) -> Callable[..., Path]:
    """A file to choose in the form."""

    def made(data: bytes, name: str = "cellar.jpg") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return made


def at_the_form(make: Make, browser: Browsers, event: Event, **more: Any) -> Browser:
    page = organiser_of(make, browser, event, **more).open(f"/o/e/{event.slug}")
    return page.follow("Add a cover")


def addresses(page: Browser) -> list[str]:
    """Of every file that the first picture of the page offers."""
    picture = page.page.select("picture")[0]
    offered = str(picture.select_one("source")["srcset"]).split(", ")
    return [one.split(" ")[0] for one in offered] + [str(picture.select_one("img")["src"])]


def picture_at(page: Browser, address: str) -> Image.Image:
    answer = page.client.get(address)
    assert answer.status_code == 200
    return Image.open(BytesIO(answer.data))


def test_an_organiser_uploads_a_cover(
    make: Make, browser: Browsers, upload: Any, htmx: bool
) -> None:
    event = may_event(make)
    page = at_the_form(make, browser, event, htmx=htmx)
    big = upload(as_file(photo(4000, 3000)))
    page.press("Save the cover", picture=big, alt="A cellar", focus="bottom-right")
    assert page.sees("Saved.")
    image = page.page.select("picture img")[0]
    assert image["alt"] == "A cellar"
    assert (image["width"], image["height"]) == ("1600", "1200")
    assert image["class"] == ["focus-bottom-right"]
    assert page.one("[name=focus][checked]")["value"] == "bottom-right"
    found = [picture_at(browser(), one) for one in addresses(page)]
    assert [(one.format, one.width) for one in found] == [
        ("WEBP", 480),
        ("WEBP", 960),
        ("WEBP", 1600),
        ("JPEG", 960),
    ]
    assert page.open(f"/o/e/{event.slug}").sees("Change the cover")


def test_a_photo_is_upright_and_says_nothing_of_where_it_was_taken(
    make: Make, browser: Browsers, upload: Any
) -> None:
    event = may_event(make)
    page = at_the_form(make, browser, event)
    page.press("Save the cover", picture=upload(lying_photo()), alt="A flag")
    for address in addresses(page):
        picture = picture_at(browser(), address)
        assert picture.height > picture.width
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)
        reddish = picture.convert("RGB").getpixel((9, 9))
        assert isinstance(reddish, tuple)
        assert abs(reddish[0] - RED[0]) < 20


def test_a_small_picture_is_kept_as_large_as_it_is(make: Make) -> None:
    cover = make.cover(may_event(make), as_file(photo(600, 400)))
    assert cover.widths == [480, 600]
    assert cover.jpeg_width == 600
    kept = [(file.format, file.width) for file in make.rows(CoverFile)]
    assert kept == [("webp", 480), ("webp", 600), ("jpg", 600)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(30_000, 30_000), "too_many_pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (as_file(photo(1, 1), "PNG"), "too_few_pixels"),
        (as_file(photo())[:2000], "broken_picture"),
        (bytes(BYTES_MOST + 1), "picture_too_big"),
        (b"", "not_a_picture"),
    ],
)
def test_what_is_no_cover_is_refused_in_words_and_the_form_shown_again(
    make: Make, browser: Browsers, upload: Any, htmx: bool, data: bytes, code: str
) -> None:
    event = may_event(make)
    page = at_the_form(make, browser, event, htmx=htmx)
    page.press("Save the cover", picture=upload(data), alt="A cellar", focus="top")
    assert (page.status, page.codes()) == (422, [code])
    assert page.one("[name=alt]")["value"] == "A cellar"
    assert page.one("[name=focus][checked]")["value"] == "top"
    assert make.rows(Cover) == make.rows(AuditEntry) == []


def test_a_file_of_30_mb_is_answered_in_words(
    make: Make, browser: Browsers, upload: Any, htmx: bool
) -> None:
    event = may_event(make)
    page = at_the_form(make, browser, event, htmx=htmx)
    page.press("Save the cover", picture=upload(bytes(30 * 1024 * 1024)), alt="A cellar")
    assert (page.status, page.codes()) == (413, ["picture_too_big"])
    assert page.sees("the limit is 10 MB")
    page.press("Save the cover", picture=upload(as_file(photo())), alt="A cellar")
    assert page.sees("Saved.")
    assert DEFAULTS["MAX_CONTENT_LENGTH"] > BYTES_MOST


def test_a_stranger_s_file_of_30_mb_is_refused_as_elsewhere(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    client = browser().client
    for path in (f"/o/e/{event.slug}/cover", "/o/e/none/cover", f"/o/e/{event.slug}"):
        file = {"picture": (BytesIO(bytes(30 * 1024 * 1024)), "big.jpg")}
        assert client.post(path, data=file).status_code == 413


def test_a_cover_needs_a_picture_and_words(make: Make, browser: Browsers, upload: Any) -> None:
    event = may_event(make)
    page = at_the_form(make, browser, event)
    page.press("Save the cover", picture=upload(as_file(photo())), alt=" ")
    assert (page.status, page.codes()) == (422, ["required"])
    page.press("Save the cover", alt="A cellar")
    assert (page.status, page.codes()) == (422, ["required"])


def test_words_and_focus_are_changed_without_sending_the_picture_again(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = may_event(make)
    before = make.cover(event).digest
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}/cover")
    page.press("Save the cover", alt="A red and blue flag", focus="left")
    cover = make.row(Cover)
    assert (cover.alt, cover.focus, cover.digest) == ("A red and blue flag", "left", before)
    page.press("Save the cover")
    entry = make.row(AuditEntry)
    assert (entry.verb, entry.fields) == ("cover_changed", ["alt", "focus"])


def test_a_form_older_than_the_saved_words_is_shown_both(
    make: Make, browser: Browsers, htmx: bool
) -> None:
    event = may_event(make)
    make.cover(event)
    here, there = (
        organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}/cover")
        for _ in range(2)
    )
    there.press("Save the cover", alt="A red flag", focus="left")
    here.press("Save the cover", alt="A blue flag")
    assert (here.status, here.codes()) == (409, ["edited_meanwhile"])
    assert "A red flag" in words_of(here.one("[data-differs=alt] [data-saved]"))
    assert make.row(Cover).alt == "A red flag"
    here.press("Save the cover")
    assert (make.row(Cover).alt, make.row(Cover).focus) == ("A blue flag", "centre")


def test_words_about_a_picture_replaced_meanwhile_are_not_saved(
    make: Make, browser: Browsers, upload: Any, htmx: bool
) -> None:
    event = may_event(make)
    make.cover(event)
    here, there = (
        organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}/cover")
        for _ in range(2)
    )
    there.press("Save the cover", picture=upload(as_file(photo(800, 600))), alt="A cellar")
    digest = make.row(Cover).digest
    here.press("Save the cover", picture=upload(as_file(photo(900, 600))))
    assert (here.status, here.codes()) == (409, ["edited_meanwhile", "choose_again"])
    assert (make.row(Cover).digest, make.row(Cover).alt) == (digest, "A cellar")


def test_an_upload_sent_twice_is_saved_once(
    make: Make, browser: Browsers, upload: Any, htmx: bool
) -> None:
    event = may_event(make)
    page = at_the_form(make, browser, event, htmx=htmx)
    form = page.one("#cover-form form")
    for _ in range(2):
        picture = upload(as_file(photo(800, 600)))
        data = {**form_data(form), "picture": picture, "alt": "A cellar"}
        assert page.submit(form, data).sees("Saved.")
    make.row(Cover)


def test_words_for_a_cover_removed_meanwhile_are_refused(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    make.cover(event)
    here, there = (
        organiser_of(make, browser, event).open(f"/o/e/{event.slug}/cover") for _ in range(2)
    )
    there.press("Remove the cover")
    here.press("Save the cover", alt="A blue flag")
    assert (here.status, here.codes()) == (422, ["required"])
    with make.act(), pytest.raises(NoCover):  # as when it goes between the check and the lock
        describe_cover(event_at(event.slug), alt="A blue flag", focus="top")
    assert not make.rows(Cover)


def test_a_replaced_cover_is_gone_and_its_address_with_it(
    make: Make, browser: Browsers, upload: Any
) -> None:
    event = may_event(make)
    make.cover(event)
    page = organiser_of(make, browser, event).open(f"/o/e/{event.slug}/cover")
    before = addresses(page)
    page.press("Save the cover", picture=upload(as_file(photo(800, 600))))
    assert not set(before) & set(addresses(page))
    assert [page.client.get(one).status_code for one in before] == [404] * len(before)
    assert len(make.rows(CoverFile)) == 3


def test_a_removed_cover_is_gone(make: Make, browser: Browsers, htmx: bool) -> None:
    event = may_event(make)
    make.cover(event)
    page = organiser_of(make, browser, event, htmx=htmx).open(f"/o/e/{event.slug}/cover")
    file = addresses(page)[0]
    page.press("Remove the cover")
    assert page.sees("The cover is gone.")
    assert make.rows(Cover) == make.rows(CoverFile) == []
    assert browser().client.get(file).status_code == 404


def test_a_file_is_kept_by_caches_for_ever(make: Make, browser: Browsers) -> None:
    event = may_event(make)
    digest = make.cover(event).digest
    answer = browser().client.get(f"/e/{event.slug}/cover/{digest}.webp")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "image/webp"
    assert "Set-Cookie" not in answer.headers
    assert Image.open(BytesIO(answer.data)).width == 1200
    narrow = browser().client.get(f"/e/{event.slug}/cover/{digest}.webp?w=480")
    assert Image.open(BytesIO(narrow.data)).width == 480
    none = (f"{digest}.webp?w=481", f"{digest}.gif", f"{'0' * 32}.webp", f"{digest}.jpg?w=1")
    for other in none:
        assert browser().client.get(f"/e/{event.slug}/cover/{other}").status_code == 404
    no_number = browser().client.get(f"/e/{event.slug}/cover/{digest}.webp?w={10**20}")
    assert Image.open(BytesIO(no_number.data)).width == 1200


def test_the_cover_of_a_draft_is_for_its_organisers(make: Make, browser: Browsers) -> None:
    draft = may_event(make, published_at=None)
    address = f"/e/{draft.slug}/cover/{make.cover(draft).digest}.webp"
    mine = organiser_of(make, browser, draft).client.get(address)
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "no-store")
    assert browser().client.get(address).status_code == 303
    others = organiser_of(make, browser, make.community()).client.get(address)
    assert others.status_code == 404


def test_a_copy_has_the_cover_and_keeps_it_when_the_draft_goes(
    make: Make, browser: Browsers
) -> None:
    event = may_event(make, slug="may")
    make.cover(event, focus="top")
    page = organiser_of(make, browser, event).open("/o/e/may").press("Copy as a new draft")
    assert [(one.focus, one.alt) for one in make.rows(Cover)] == [("top", "A flag")] * 2
    page.follow("Discard the draft").press("Yes, discard it")
    assert make.row(Cover).event_id == event.id
    assert len(make.rows(CoverFile)) == 4


def test_a_rehearsal_has_no_cover(make: Make) -> None:
    event = may_event(make)
    make.cover(event)
    with make.act():
        rehearse(event_at(event.slug), at=event.created_at)
    assert make.row(Cover).event_id == event.id

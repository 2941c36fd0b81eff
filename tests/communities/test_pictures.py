"""The logo of a community, and the picture of a host: uploaded, shown, removed, taken along."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from eventapp.core.pictures import BYTES_MOST
from eventapp.model import AuditEntry, Community, Logo, Person, Portrait
from tests.browser import Browser
from tests.make import Make
from tests.pictures import as_file, bomb, lying_photo, photo

Browsers = Callable[..., Browser]
PAGES = (("/o/beers/logo", "Save the logo"), ("/o/beers/organisers/picture", "Show my picture"))
SMALL_MOST = 4000  # bytes of a picture that the page of an event shows


@pytest.fixture
def upload(tmp_path: Path) -> Callable[[bytes], Path]:
    """A file to choose in the form."""

    def made(data: bytes) -> Path:
        path = tmp_path / "picture.jpg"
        path.write_bytes(data)
        return path

    return made


@pytest.fixture
def beers(make: Make) -> Community:
    return make.community(slug="beers", name="Beers")


def host_of(make: Make, browser: Browsers, community: Community, *, htmx: bool = False) -> Browser:
    """An organiser who lets their name stand on public pages."""
    olga = make.organiser(community, "olga@example.org")
    page: Browser = make.signed_in(browser(htmx=htmx), olga)
    return page.open("/o/beers/organisers").press("Name me on our pages")


def shown(page: Browser, where: str) -> list[str]:
    return [str(image["src"]) for image in page.page.select(f"{where} img.avatar")]


def picture_at(page: Browser, address: str) -> Image.Image:
    answer = page.client.get(address)
    assert answer.status_code == 200, address
    return Image.open(BytesIO(answer.data))


def test_a_logo_is_shown_wherever_its_community_is_named(
    make: Make, browser: Browsers, beers: Community, upload: Any, htmx: bool
) -> None:
    event = make.event(beers)
    page = host_of(make, browser, beers, htmx=htmx).open("/o/beers/settings").follow("Add a logo")
    page.press("Save the logo", picture=upload(as_file(photo(800, 200), "PNG")))
    assert page.sees("Saved.")
    for path in (f"/e/{event.slug}", "/c/beers", "/c/beers/follow", "/"):
        (address,) = shown(browser().open(path), "main")
        picture = picture_at(browser(), address)
        assert (picture.format, picture.width, picture.height) in (
            ("WEBP", 96, 96),
            ("WEBP", 256, 256),
        )
        corner = picture.convert("RGB").getpixel((2, 2))
        assert isinstance(corner, tuple)
        assert min(corner) > 240, "the whole of it, with white above and below"


def test_without_a_logo_there_is_a_mark_of_the_name(
    make: Make, browser: Browsers, beers: Community
) -> None:
    event = make.event(beers)
    for path in (f"/e/{event.slug}", "/c/beers", "/c/beers/follow", "/"):
        page = browser().open(path)
        assert shown(page, "main") == []
        assert page.page.select("main .avatar")[0].get_text() == "B"


@pytest.mark.parametrize(("path", "button"), PAGES)
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(30_000, 30_000), "too_many_pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (as_file(photo(1, 1), "PNG"), "too_few_pixels"),
        (as_file(photo(1000, 130)), "too_narrow"),
        (as_file(photo())[:2000], "broken_picture"),
        (bytes(BYTES_MOST + 1), "picture_too_big"),
        (b"", "not_a_picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(
    make: Make,
    browser: Browsers,
    beers: Community,
    upload: Any,
    path: str,
    button: str,
    data: bytes,
    code: str,
) -> None:
    page = host_of(make, browser, beers).open(path)
    page.press(button, picture=upload(data))
    assert (page.status, page.codes()) == (422, [code])
    assert make.rows(Logo) == make.rows(Portrait) == []


@pytest.mark.parametrize(("path", "button"), PAGES)
def test_a_file_of_30_mb_is_answered_in_words(
    make: Make,
    browser: Browsers,
    beers: Community,
    upload: Any,
    htmx: bool,
    path: str,
    button: str,
) -> None:
    page = host_of(make, browser, beers, htmx=htmx).open(path)
    page.press(button, picture=upload(bytes(30 * 1024 * 1024)))
    assert (page.status, page.codes()) == (413, ["picture_too_big"])
    page.press(button)
    assert (page.status, page.codes()) == (422, ["required"])
    page.press(button, picture=upload(as_file(photo())))
    assert page.sees("Saved.")


def test_what_is_kept_of_a_host_is_upright_and_says_nothing_of_where_it_was_taken(
    make: Make, browser: Browsers, beers: Community, upload: Any, htmx: bool
) -> None:
    event = make.event(beers)
    page = host_of(make, browser, beers, htmx=htmx).follow("Your picture beside it")
    page.press("Show my picture", picture=upload(lying_photo()))
    for path in (f"/e/{event.slug}", "/c/beers"):
        (address,) = shown(browser().open(path), "#hosts")
        answer = browser().client.get(address)
        assert answer.headers["Cache-Control"] == "private, max-age=86400"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        picture = Image.open(BytesIO(answer.data))
        assert picture.size == (96, 96)
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)


def test_nobody_but_who_is_named_has_a_picture(
    make: Make, browser: Browsers, beers: Community, upload: Any, htmx: bool
) -> None:
    page = host_of(make, browser, beers, htmx=htmx).open("/o/beers/organisers/picture")
    there = make.signed_in(browser(), make.row(Person)).open("/o/beers/organisers")
    there.press("Take my name off our pages")
    page.press("Show my picture", picture=upload(as_file(photo())))
    assert (page.status, page.codes()) == (409, ["not_named"])
    assert make.rows(Portrait) == []
    assert page.open("/o/beers/organisers/picture").sees("Show your name on")


def test_a_portrait_is_kept_by_no_shared_cache_and_shown_by_no_other_site(
    make: Make, browser: Browsers, beers: Community
) -> None:
    portrait = make.portrait(make.organiser(beers, "bo@example.org"))
    logo = make.logo(beers)
    seen = {}
    for path in (f"hosts/{portrait.digest}.jpg", f"logo/{logo.digest}.jpg"):
        headers = browser().client.get(f"/c/beers/{path}").headers
        seen[path[:4]] = headers["Cache-Control"], headers["Cross-Origin-Resource-Policy"]
    assert seen == {
        "host": ("private, max-age=86400", "same-origin"),
        "logo": ("public, max-age=31536000, immutable", "cross-origin"),
    }


@pytest.mark.parametrize("how", ["Remove my picture", "Take my name off our pages"])
def test_a_picture_is_gone_at_once(
    make: Make, browser: Browsers, beers: Community, htmx: bool, how: str
) -> None:
    event = make.event(beers)
    page = host_of(make, browser, beers, htmx=htmx)
    make.portrait(make.row(Person))
    (address,) = shown(browser().open(f"/e/{event.slug}"), "#hosts")
    pages = {"Remove my picture": "/o/beers/organisers/picture"}
    page.open(pages.get(how, "/o/beers/organisers")).press(how)
    assert make.rows(Portrait) == []
    assert browser().client.get(address).status_code == 404
    assert shown(browser().open(f"/e/{event.slug}"), "#hosts") == []


def test_an_organiser_gives_and_removes_nobody_elses_picture(
    make: Make, browser: Browsers, beers: Community, upload: Any
) -> None:
    bo = make.organiser(beers, "bo@example.org")
    digest = make.portrait(bo).digest
    page = host_of(make, browser, beers).open("/o/beers/organisers/picture")
    page.press("Show my picture", picture=upload(as_file(photo(300, 300))))
    assert len(make.rows(Portrait)) == 2
    page.press("Remove my picture")
    assert make.row(Portrait).digest == digest


def test_a_picture_goes_with_its_organiser(make: Make, browser: Browsers, beers: Community) -> None:
    bo = make.organiser(beers, "bo@example.org")
    make.portrait(bo)
    page = host_of(make, browser, beers).open("/o/beers/organisers")
    page.press("Remove")
    assert make.rows(Portrait) == []


def test_a_picture_is_in_the_file_of_everything_and_gone_with_the_person(
    make: Make, browser: Browsers, beers: Community
) -> None:
    host_of(make, browser, beers)
    bo = make.organiser(beers, "bo@example.org")
    make.portrait(bo)
    page = make.signed_in(browser(), bo).open("/me")
    (one,) = page.client.get("/me/export").json["organises"]
    kind, _, data = one["picture"]["data_url"].partition(",")
    assert kind == "data:image/jpeg;base64"
    assert Image.open(BytesIO(b64decode(data))).size == (256, 256)
    assert one["picture"]["uploaded_at"]
    page.open("/me/delete").press("Delete me for good")
    assert make.rows(Portrait) == []


def test_a_picture_sent_twice_is_logged_once(
    make: Make, browser: Browsers, beers: Community, upload: Any
) -> None:
    page = host_of(make, browser, beers)
    for path, button in PAGES:
        for _ in range(2):
            page.open(path).press(button, picture=upload(as_file(photo())))
    verbs = [entry.verb for entry in make.rows(AuditEntry)]
    assert verbs == ["organiser_named", "logo_uploaded", "portrait_uploaded"]


def test_a_replaced_logo_is_gone_and_its_address_with_it(
    make: Make, browser: Browsers, beers: Community, upload: Any
) -> None:
    before = make.logo(beers).digest
    page = host_of(make, browser, beers).open("/o/beers/logo")
    page.press("Save the logo", picture=upload(as_file(photo(300, 300))))
    after = make.row(Logo).digest
    client = browser().client
    assert client.get(f"/c/beers/logo/{before}.webp").status_code == 404
    for file, status in (
        (f"{after}.webp?w=96", 200),
        (f"{after}.webp?w=97", 404),
        (f"{after}.jpg", 200),
        (f"{after}.jpg?w=96", 404),
        (f"{after}.gif", 404),
    ):
        assert client.get(f"/c/beers/logo/{file}").status_code == status, file
    answer = client.get(f"/c/beers/logo/{after}.webp")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    page.open("/o/beers/logo").press("Remove the logo")
    assert client.get(f"/c/beers/logo/{after}.webp").status_code == 404


def test_pictures_cost_the_page_of_an_event_little(
    make: Make, browser: Browsers, beers: Community
) -> None:
    """They are small, and loaded only once they come into sight."""
    noise = Image.effect_noise((600, 600), 90).convert("RGB")
    make.logo(beers, as_file(noise))
    make.portrait(make.organiser(beers), as_file(noise))
    page = browser().open(f"/e/{make.event(beers).slug}")
    images = page.page.select("#hosts img")
    assert [image["loading"] for image in images] == ["lazy"] * 2
    for image in images:
        assert len(page.client.get(str(image["src"])).data) <= SMALL_MOST

"""What is compressed, how, and what must not be."""

from __future__ import annotations

import gzip
import re
from typing import Any

import brotli
import pytest
from flask import Flask

from tests.make import Make

pytestmark = pytest.mark.one_database

BR, GZIP = {"Accept-Encoding": "gzip, deflate, br"}, {"Accept-Encoding": "gzip"}
READ = {"br": brotli.decompress, "gzip": gzip.decompress}
PAGE_MOST = 45_000  # bytes of an event's page and all it loads at once, beside its pictures
REQUESTS_MOST = 8


def static_addresses(page: str) -> list[str]:
    """What a browser loads for a page at once: styles, scripts, fonts, icons and their sprite."""
    found = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
    later = re.compile(r"apple-touch-icon|icon-180|share\.png")
    return [one for one in dict.fromkeys(found) if not later.search(one)]


@pytest.mark.parametrize(("accepts", "encoding"), [(BR, "br"), (GZIP, "gzip")])
def test_static_files_are_compressed_and_kept_for_ever(
    app: Flask, accepts: dict[str, str], encoding: str
) -> None:
    client = app.test_client()
    address = static_addresses(client.get("/").text)
    (script,) = [one for one in address if "/htmx.min.js" in one]
    plain, packed = client.get(script), client.get(script, headers=accepts)
    assert packed.headers["Content-Encoding"] == encoding
    assert READ[encoding](packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    for answer in (plain, packed):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "immutable" in answer.headers["Cache-Control"]
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_style_sheet_leaves_without_its_comments(app: Flask) -> None:
    client = app.test_client()
    plain, packed = (client.get("/static/app.css", headers=how) for how in ({}, BR))
    style = brotli.decompress(packed.data)
    assert b"/*" in plain.data
    assert b"/*" not in style
    assert style.count(b"{") == plain.data.count(b"{")


def test_a_script_leaves_without_its_comments(app: Flask) -> None:
    client = app.test_client()
    plain, packed = (client.get("/static/app.js", headers=how) for how in ({}, BR))
    lines = [line for line in plain.data.splitlines(True) if not line.lstrip().startswith(b"//")]
    assert brotli.decompress(packed.data) == b"".join(line for line in lines if line != b"\n")
    assert len(lines) < len(plain.data.splitlines())


def test_a_copy_is_good_for_its_own_encoding_only(app: Flask) -> None:
    client, address = app.test_client(), "/static/app.css"
    packed = client.get(address, headers=BR)
    asked = {"If-None-Match": packed.headers["ETag"]}
    assert client.get(address, headers={**BR, **asked}).status_code == 304
    assert client.get(address, headers={**GZIP, **asked}).status_code == 200
    assert client.get(address, headers=asked).status_code == 200


@pytest.mark.parametrize("address", ["/static/icon-192.png", "/static/share.png"])
def test_pictures_are_left_as_they_are(app: Flask, address: str) -> None:
    assert "Content-Encoding" not in app.test_client().get(address, headers=BR).headers


def test_part_of_a_file_is_part_of_the_file(app: Flask) -> None:
    part = {"Range": "bytes=0-9", **BR}
    answer = app.test_client().get("/static/app.css", headers=part)
    assert (answer.status_code, len(answer.data)) == (206, 10)
    assert "Content-Encoding" not in answer.headers


def test_public_pages_are_compressed_for_who_brings_no_cookie(app: Flask, make: Make) -> None:
    community = make.community()
    event = make.event(community)
    for path in ("/", f"/e/{event.slug}", f"/c/{community.slug}"):
        answer = app.test_client().get(path, headers=BR)
        assert answer.headers["Content-Encoding"] == "br", path
        assert b"</html>" in brotli.decompress(answer.data)
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_no_page_with_a_lasting_secret_is_compressed(app: Flask, make: Make) -> None:
    """A token of a form stays the same for a cookie; what is personal stands behind a secret."""
    guest = make.rsvp(make.event())
    client = app.test_client()
    first = client.get("/sign-in", headers=BR)
    assert "Content-Encoding" not in first.headers
    assert client.get("/", headers=BR).headers.get("Content-Encoding") is None
    stranger = app.test_client(use_cookies=False)
    for path in (f"/r/{guest.key}", f"/t/{guest.ticket}", "/sign-in", "/me"):
        assert "Content-Encoding" not in stranger.get(path, headers=BR).headers, path


def test_what_is_the_same_for_everybody_is_compressed_for_everybody(app: Flask, make: Make) -> None:
    event = make.event(description="Good words. " * 100)
    client = app.test_client()
    client.get("/")
    answer = client.get(f"/e/{event.slug}/calendar.ics", headers=GZIP)
    assert b"BEGIN:VCALENDAR" in gzip.decompress(answer.data)


def test_each_answer_without_a_cookie_has_a_token_of_its_own(app: Flask, make: Make) -> None:
    """Which is why its length tells nothing."""
    event, client = make.event(), app.test_client(use_cookies=False)
    cookies = {client.get(f"/e/{event.slug}").headers["Set-Cookie"] for _ in range(3)}
    assert len(cookies) == 3


def test_an_events_page_is_light(app: Flask, make: Make) -> None:
    community = make.community()
    make.logo(community)
    make.portrait(make.organiser(community))
    event = make.event(
        community,
        description="Two talks, then **impressions**.\n\n" * 20,
        capacity=40,
        seats_taken=12,
    )
    client = app.test_client(use_cookies=False)
    page = client.get(f"/e/{event.slug}", headers=BR)
    addresses = static_addresses(brotli.decompress(page.data).decode())
    sizes: dict[str, int] = {event.slug: len(page.data)}
    for address in addresses:
        sizes[address] = len(client.get(address, headers=BR).data)
    assert sum(sizes.values()) <= PAGE_MOST, sizes
    assert len(sizes) <= REQUESTS_MOST, sizes


def test_a_client_that_understands_nothing_gets_it_plain(app: Flask) -> None:
    refused: Any = {"Accept-Encoding": "br;q=0, gzip;q=0"}
    assert b"<html" in app.test_client().get("/", headers=refused).data

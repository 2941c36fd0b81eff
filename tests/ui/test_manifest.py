"""A pass may be kept on a phone's home screen, with name and picture, and opens as that pass."""

from __future__ import annotations


def test_the_manifest_names_pictures_and_no_other_page(make, browser):
    page = browser().open(f"/r/{make.rsvp(make.event()).key}")
    answer = page.client.get(page.one("link[rel=manifest]")["href"])
    assert answer.mimetype == "application/manifest+json"
    manifest = answer.get_json()
    assert manifest["name"]
    assert "start_url" not in manifest
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    for icon in manifest["icons"]:
        assert page.client.get(icon["src"]).mimetype == icon["type"]

"""Search engines find public events, and nothing that is for one person only."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from config import BadSetting, from_environment
from eventapp.core import clock
from tests.core.test_security import addresses, app_with

PUBLIC = [
    "/",
    "/.well-known/security.txt",
    "/art/<name>.svg",
    "/c/<slug>",
    "/c/<slug>/calendar.ics",
    "/c/<slug>/logo/<digest>.<format>",
    "/e/<slug>",
    "/e/<slug>/calendar.ics",
    "/e/<slug>/card.png",
    "/e/<slug>/cover/<digest>.<format>",
    "/privacy",
    "/robots.txt",
    "/sitemap.xml",
    "/static/<path:filename>",
    *(f"/static/{feature}/<path:filename>" for feature in ("badges", "door", "events", "kiosk")),
]


def listed(client) -> list[str]:
    """The paths in the sitemap."""
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    tree = ElementTree.fromstring(answer.data)
    whole = [str(place.text) for place in tree.findall(".//{*}loc")]
    assert all(address.startswith("http://localhost/") for address in whole)
    return [address.removeprefix("http://localhost") for address in whole]


def test_the_sitemap_lists_public_events_and_their_communities(app, make):
    first, second = make.community(), make.community()
    coming = make.event(first)
    past = make.event(second, starts_at=clock.now() - timedelta(days=400))
    draft = make.event(published_at=None)
    called_off = make.event(called_off_at=clock.now())
    rehearsal = make.event(rehearsal_of_id=coming.id)
    found = listed(app.test_client())
    assert found[0] == "/"
    assert found[1:] == [
        *(f"/c/{community.slug}" for community in (first, second)),
        *(f"/e/{event.slug}" for event in (coming, past)),
    ]
    for hidden in (draft, called_off, rehearsal):
        assert f"/e/{hidden.slug}" not in found


def test_only_public_pages_may_be_listed(app, make):
    """The addresses made of a route have secrets that are nobody's: the answer is 404, and still
    says so, as it does for the secrets that are somebody's.
    """
    event = make.event()
    rsvp = make.rsvp(event)
    client = app.test_client()
    hidden = [*addresses(app, "GET"), f"/r/{rsvp.key}", f"/t/{rsvp.ticket}", f"/m/{rsvp.badge}"]
    routes = app.url_map.bind("localhost")
    for address in hidden:
        rule, _ = routes.match(address, "GET", return_rule=True)
        with client.get(address) as answer:
            says_no = answer.headers.get("X-Robots-Tag") == "noindex, nofollow"
        assert says_no is (rule.rule not in PUBLIC), rule.rule
    assert "X-Robots-Tag" not in client.get(f"/e/{event.slug}").headers
    assert "noindex" in client.get("/no/such/page").headers["X-Robots-Tag"]
    assert "noindex" in client.post(f"/e/{event.slug}/rsvp").headers["X-Robots-Tag"]


def test_robots_txt_names_the_sitemap_and_no_secret(app, make):
    rsvp = make.rsvp(make.event(poster_secret="p" * 22))
    answer = app.test_client().get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    parsed = RobotFileParser()
    parsed.parse(answer.text.splitlines())
    assert parsed.site_maps() == ["http://localhost/sitemap.xml"]
    assert parsed.can_fetch("*", "/e/beers")
    assert not parsed.can_fetch("*", "/o/los-jueves")
    # Else a crawler would not see that they are not to be listed.
    assert parsed.can_fetch("*", f"/r/{rsvp.key}")
    for secret in (rsvp.key, rsvp.ticket, rsvp.badge, "p" * 22):
        assert secret not in answer.text


def test_security_txt_says_whom_to_tell(app):
    contacts = from_environment(
        {"SECURITY_CONTACT": "mailto:sec@example.org, https://example.org/s"}
    )
    served = app_with(app, SECURITY_CONTACT=contacts["SECURITY_CONTACT"])
    answer = served.test_client().get("/.well-known/security.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert re.findall("^Contact: (.*)$", answer.text, re.M) == [
        "mailto:sec@example.org",
        "https://example.org/s",
    ]
    [expires] = re.findall(r"^Expires: (\d{4}-\d\d-\d\dT00:00:00Z)$", answer.text, re.M)
    assert clock.now().isoformat() < expires < (clock.now() + timedelta(days=365)).isoformat()
    assert "Canonical: http://localhost/.well-known/security.txt\n" in answer.text


def test_without_a_contact_there_is_no_security_txt(app):
    assert app.test_client().get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    "contact", ["nobody", "sec@example.org", "http://example.org", "mailto:a@b\nExpires: never"]
)
def test_a_contact_that_is_none_does_not_start(contact):
    with pytest.raises(BadSetting, match="SECURITY_CONTACT"):
        from_environment({"SECURITY_CONTACT": contact})

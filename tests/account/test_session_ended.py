"""Whose session has ended comes back, by signing in, to the page they were on."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from eventapp.model import Event
from tests.browser import Browser
from tests.make import Make

BY_HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
SITE = "http://localhost"


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.mark.parametrize("of", ["questions", "rounds"])
def test_a_page_that_asks_for_news(browser: Callable[..., Browser], event: Event, of: str) -> None:
    page = f"/e/{event.slug}/{of}"
    headers = {**BY_HTMX, "HX-Current-URL": f"{SITE}{page}?refresh=1#ask"}
    answer = browser().client.get(f"{page}/now?rev=1", headers=headers)
    go_to = quote(f"{page}?refresh=1", safe="/?")
    assert answer.headers["HX-Redirect"] == f"/sign-in?next={go_to}"


def test_hosts_whose_page_asks_for_news(browser: Callable[..., Browser], event: Event) -> None:
    page = f"/o/e/{event.slug}/floor"
    headers = {**BY_HTMX, "HX-Current-URL": f"{SITE}{page}"}
    answer = browser().client.get(f"{page}?rev=1", headers=headers)
    assert answer.headers["HX-Redirect"] == f"/sign-in?next={page}"


def test_a_form_that_htmx_sends(browser: Callable[..., Browser], event: Event) -> None:
    page = browser().open("/sign-in")
    token = str(page.one("main [name=csrf_token]")["value"])
    headers = {**BY_HTMX, "HX-Current-URL": f"{SITE}/e/{event.slug}/questions"}
    address = f"/e/{event.slug}/questions"
    answer = page.client.post(address, data={"csrf_token": token}, headers=headers)
    assert answer.headers["HX-Redirect"] == f"/sign-in?next=/e/{event.slug}/questions"


def test_a_page_elsewhere_is_not_gone_back_to(
    browser: Callable[..., Browser], event: Event
) -> None:
    for there in ("https://elsewhere.example/me", f"{SITE}//elsewhere.example", "javascript:1"):
        headers = {**BY_HTMX, "HX-Current-URL": there}
        answer = browser().client.get(f"/e/{event.slug}/questions/now", headers=headers)
        assert "elsewhere" not in answer.headers["HX-Redirect"], there
        assert "javascript" not in answer.headers["HX-Redirect"], there


MALFORMED = (
    *("http://[x", "http://[::1", "http://x]", "//[", "http://[v1.x", "http://[127.0.0.1]"),
    *("https://[", "http://[::1%]x", "http://[]", "https://[fe80::g]"),
)


@pytest.mark.parametrize("there", MALFORMED)
def test_an_address_that_is_none_is_left_alone(
    browser: Callable[..., Browser], event: Event, there: str
) -> None:
    page = f"/e/{event.slug}/questions"
    headers = {**BY_HTMX, "HX-Current-URL": there}
    answer = browser().client.get(page, headers=headers)
    assert answer.headers["HX-Redirect"] == f"/sign-in?next={page}"


@pytest.mark.parametrize("headers", [{}, BY_HTMX])
def test_an_address_typed_or_asked_for_without_its_page(
    browser: Callable[..., Browser], event: Event, headers: dict[str, str]
) -> None:
    page = f"/e/{event.slug}/questions"
    answer = browser().client.get(page, headers=headers)
    leads_to = answer.headers.get("HX-Redirect") or answer.headers["Location"]
    assert leads_to == f"/sign-in?next={page}"

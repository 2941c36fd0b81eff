"""The page of a guest: what others asked first, then the form; it keeps itself up to date."""

from __future__ import annotations

from eventapp.model import Event, Rsvp
from tests.browser import Browser
from tests.floor.evening import WORDS, ask, guest
from tests.make import Make


def test_a_page_that_loads_itself_again_has_nothing_to_type_into(page: Browser) -> None:
    """It would be lost."""
    page.open(f"{page.url}?refresh=1")
    assert "Refresh" in page.response.headers
    assert not page.page.select("textarea")
    assert page.follow("I have a question").one("#ask textarea")


def test_a_poll_says_nothing_while_nothing_changes(
    make: Make, event: Event, ana: Rsvp, page: Browser
) -> None:
    poll = str(page.one("#questions")["hx-get"])
    assert page.client.get(poll).status_code == 204
    ask(make, ana)
    answer = page.client.get(poll, headers={"HX-Request": "true"})
    assert WORDS in answer.text
    assert "textarea" not in answer.text, "what somebody types is left alone"


def test_what_others_asked_comes_before_the_form_which_is_folded(
    make: Make, event: Event, page: Browser
) -> None:
    assert page.one("#ask").has_attr("open"), "there's nothing else yet"
    ask(make, guest(make, event, "Bea"))
    assert not page.open(page.url).one("#ask").has_attr("open")
    assert page.sees("Tap “Me too”. Tap again to take it back.")
    page.open(str(page.one("[data-talk='Yeast'] a[href*='talk=']")["href"]))
    assert page.one("#ask").has_attr("open")
    assert page.one("#ask option[selected]").get_text() == "Yeast"


def test_the_form_stays_open_where_something_is_wrong(
    make: Make, event: Event, page: Browser
) -> None:
    ask(make, guest(make, event, "Bea"))
    assert page.open(page.url).press("Ask", words="a").codes() == ["too_short"]
    assert page.one("#ask").has_attr("open")


def test_how_to_vote_is_said_only_where_there_is_anything_to_vote_for(
    make: Make, event: Event, ana: Rsvp, page: Browser
) -> None:
    ask(make, ana)
    assert not page.open(page.url).sees("Tap again")
